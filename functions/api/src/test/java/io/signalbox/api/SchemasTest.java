/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.core.Pipeline;
import io.signalbox.core.catalog.FieldJobs;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Scope;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.store.Definitions;
import io.signalbox.store.SchemaCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemasTest {

    private static final String FIELDS = "/api/v4/schemas/contact/fields";
    private static final String TIER =
            "{\"name\":\"tier\",\"type\":\"enum\",\"options\":[\"gold\",\"silver\"],\"label\":\"Tier\"}";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private TestApi.Answer patch(String path, String json) throws Exception {
        return api.send("PATCH", path, json).go();
    }

    private void define(String field) throws Exception {
        api.post(FIELDS, field).go().is(201);
    }

    /** What the clock does once all have seen a change. */
    private void catchUp() {
        api.clock.advance(SchemaCache.SEEN_BY_ALL);
        new FieldJobs(new Definitions(api.documents), api.records, api.index, api.jobs, api.clock)
                .runOpen(10, () -> true);
        api.clock.advance(SchemaCache.KEPT);
    }

    private static String id(TestApi.Answer answer) {
        return answer.json().path("id").asText();
    }

    private TestApi.Answer contact(String custom) throws Exception {
        return api.post("/api/v4/contacts", "{\"first_name\":\"Ann\",\"custom\":" + custom + "}")
                .go();
    }

    @Test
    void every_standard_object_and_field_is_described() throws Exception {
        var all = api.get("/api/v4/schemas").go().is(200).json().path("results");
        assertThat(all.valueStream().map(schema -> schema.path("object").asText()))
                .containsExactly("contact", "lead", "company", "deal", "activity", "ticket", "raw_event");

        var answer = api.get("/api/v4/schemas/contacts/fields/email").go().is(200);
        assertThat(answer.header("etag")).isEqualTo("\"v0\"");
        var email = answer.json();
        assertThat(email.path("type").asText()).isEqualTo("email");
        assertThat(email.path("custom").asBoolean()).isFalse();
        assertThat(email.path("unique_state").asText()).isEqualTo("ready");
        assertThat(email.path("filterable").asBoolean()).isTrue();
        assertThat(email.path("pii").asBoolean()).isTrue();
        api.get("/api/v4/schemas/contact")
                .header("if-none-match", "\"v0\"")
                .go()
                .is(304);
        api.get("/api/v4/schemas/kontact").go().isProblem(404, "NOT_FOUND");
        api.get(FIELDS + "/tier").go().isProblem(404, "NOT_FOUND");
    }

    @Test
    void a_field_that_was_added_is_typed_at_once() throws Exception {
        var made = api.post(FIELDS, TIER).go().is(201);
        assertThat(made.header("location")).isEqualTo(TestApi.BASE + FIELDS + "/tier");
        assertThat(made.header("etag")).isEqualTo("\"v1\"");
        assertThat(made.json().path("shown_as").asText()).isEqualTo("custom.tier");

        var contact = contact("{\"tier\":\"gold\",\"shoe_size\":38}").is(201).json();
        assertThat(contact.path("custom").path("tier").asText()).isEqualTo("gold");
        assertThat(contact.path("custom").path("shoe_size").asInt()).isEqualTo(38);
        var wrong = contact("{\"tier\":\"lead\"}").isProblem(422, "VALIDATION_FAILED");
        assertThat(wrong.details()).containsExactly("/custom/tier INVALID_ENUM");
        assertThat(wrong.json().path("message").asText()).contains("gold, silver");
        var path = "/api/v4/contacts/" + contact.path("id").asText();
        assertThat(patch(path, "{\"custom\":{\"tier\":7}}").is(422).details())
                .containsExactly("/custom/tier INVALID_ENUM");
        assertThat(patch(path, "{\"custom\":{\"tier\":null}}")
                        .is(200)
                        .json()
                        .path("custom")
                        .has("tier"))
                .isFalse();
        api.post(FIELDS, TIER).go().isProblem(409, "DUPLICATE_RECORD");
    }

    @Test
    void what_a_vendor_sends_is_shown_in_the_fields_form_or_as_it_came() throws Exception {
        define("{\"name\":\"seats\",\"type\":\"integer\"}");
        define(TIER);
        vendor("1", Map.of("seats", Value.of("12"), "tier", Value.of("gold")));
        vendor("2", Map.of("seats", Value.of("a dozen"), "tier", Value.of("platinum")));

        var good = vendors("1");
        assertThat(good.path("custom").path("seats").isInt()).isTrue();
        var bad = vendors("2");
        assertThat(bad.path("custom").path("seats").asText()).isEqualTo("a dozen");
        assertThat(bad.path("custom").path("tier").asText()).isEqualTo("platinum");
    }

    private JsonNode vendors(String id) throws Exception {
        return api.get("/api/v4/contacts/by/external_id/crm:" + id).go().is(200).json();
    }

    private void vendor(String id, Map<String, Value> properties) {
        var connection = new ConnectionId("crm");
        new Pipeline(api.records, api.control, api.clock, new Random(1))
                .apply(List.of(new CanonicalEvent(
                        EventId.of("crm", id),
                        "contact.created",
                        "contact.created",
                        new VendorId("standard"),
                        connection,
                        ObjectType.CONTACT,
                        new Subject.External(new ExternalId(connection, id)),
                        api.clock.instant(),
                        properties,
                        List.of(),
                        Map.of())));
    }

    @Test
    void a_unique_field_finds_its_record_and_is_enforced() throws Exception {
        define("{\"name\":\"member_no\",\"type\":\"integer\",\"unique\":true}");
        catchUp();
        var by = "/api/v4/contacts/by/custom.member_no/";
        var first = id(contact("{\"member_no\":70}").is(201));

        assertThat(id(api.get(by + "70").go().is(200))).isEqualTo(first);
        var taken = contact("{\"member_no\":70}").isProblem(409, "DUPLICATE_RECORD");
        assertThat(taken.details()).containsExactly("/custom/member_no NOT_UNIQUE");
        assertThat(taken.header("location")).endsWith("/api/v4/contacts/" + first);
        var made = api.send("PUT", by + "71", "{\"first_name\":\"Bob\"}").go().is(201);
        assertThat(made.json().path("custom").path("member_no").asInt()).isEqualTo(71);
        assertThat(id(api.send("PUT", by + "71", "{\"first_name\":\"Rob\"}")
                        .go()
                        .is(200)))
                .isEqualTo(id(made));
        assertThat(api.send("PUT", by + "x", "{\"first_name\":\"Rob\"}")
                        .go()
                        .isProblem(422, "VALIDATION_FAILED")
                        .details())
                .containsExactly("/custom/member_no INVALID_INTEGER");
        assertThat(api.send("PUT", by + "71", "{\"custom\":{\"member_no\":72}}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/custom/member_no CONFLICTING_KEY");
        api.send("DELETE", "/api/v4/contacts/" + first, "").go().is(204);
        contact("{\"member_no\":70}").is(201);
    }

    @Test
    void a_field_is_not_looked_up_before_the_records_there_are_have_their_keys() throws Exception {
        var before = id(contact("{\"member_no\":\"A-1\"}").is(201));
        define("{\"name\":\"member_no\",\"type\":\"string\",\"unique\":true}");

        var early = api.get("/api/v4/contacts/by/custom.member_no/A-1").go().isProblem(409, "CONFLICT");
        assertThat(early.header("retry-after")).isEqualTo("60");
        assertThat(early.details()).containsExactly("custom.member_no BUILDING");
        var job = api.get(FIELDS + "/member_no").go().json().path("job_id").asText();
        assertThat(api.get("/api/v4/jobs/" + job)
                        .go()
                        .is(200)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("queued");
        catchUp();
        assertThat(api.get("/api/v4/jobs/" + job).go().json().path("state").asText())
                .isEqualTo("succeeded");
        assertThat(id(api.get("/api/v4/contacts/by/custom.member_no/A-1").go().is(200)))
                .isEqualTo(before);
    }

    @Test
    void two_records_of_one_value_are_named_and_the_field_can_be_made_unique_once_they_differ() throws Exception {
        contact("{\"member_no\":\"A-1\"}").is(201);
        api.clock.advance(Duration.ofMillis(5));
        var second = id(contact("{\"member_no\":\"A-1\"}").is(201));
        define("{\"name\":\"member_no\",\"type\":\"string\",\"unique\":true}");
        catchUp();

        assertThat(api.get("/api/v4/contacts/by/custom.member_no/A-1")
                        .go()
                        .is(409)
                        .details())
                .containsExactly("custom.member_no NOT_UNIQUE");
        assertThat(api.get(FIELDS + "/member_no")
                        .go()
                        .json()
                        .path("unique_state")
                        .asText())
                .isEqualTo("failed");
        patch("/api/v4/contacts/" + second, "{\"custom\":{\"member_no\":\"A-2\"}}")
                .is(200);
        patch(FIELDS + "/member_no", "{\"unique\":true}").is(200);
        catchUp();
        assertThat(id(api.get("/api/v4/contacts/by/custom.member_no/A-2").go().is(200)))
                .isEqualTo(second);
        assertThat(patch(FIELDS + "/member_no", "{\"unique\":false}").is(422).details())
                .containsExactly("/unique READ_ONLY");
    }

    @Test
    void a_filter_waits_for_the_index_and_then_has_the_records_from_before() throws Exception {
        var before = id(contact("{\"tier\":\"gold\"}").is(201));
        define(TIER.replace("\"label\"", "\"filterable\":true,\"label\""));
        var filter = "/api/v4/contacts?filter%5Bcustom.tier%5D=gold";

        assertThat(api.get(filter).go().isProblem(409, "CONFLICT").details()).containsExactly("custom.tier BUILDING");
        catchUp();
        var after = id(contact("{\"tier\":\"gold\"}").is(201));
        contact("{\"tier\":\"silver\"}").is(201);
        assertThat(ids(api.get(filter).go().is(200))).containsExactlyInAnyOrder(before, after);
        assertThat(ids(api.post(
                                "/api/v4/contacts/search",
                                "{\"filter\":{\"field\":\"custom.tier\",\"op\":\"eq\",\"value\":\"gold\"},"
                                        + "\"sort\":\"-custom.tier\"}")
                        .go()
                        .is(200)))
                .containsExactlyInAnyOrder(before, after);
        assertThat(api.get("/api/v4/contacts?filter%5Bcustom.tier%5D%5Bstarts_with%5D=g")
                        .go()
                        .is(200)
                        .json()
                        .path("results"))
                .hasSize(2);
        patch(FIELDS + "/tier", "{\"filterable\":false}").is(200);
        api.get(filter).go().isProblem(400, "FIELD_NOT_FILTERABLE");
        catchUp();
        assertThat(api.index.all()).noneMatch(entry -> entry.field().equals("custom.tier"));
    }

    private static List<String> ids(TestApi.Answer answer) {
        return answer.json()
                .path("results")
                .valueStream()
                .map(record -> record.path("id").asText())
                .toList();
    }

    @Test
    void a_standard_field_can_be_made_filterable_as_the_refusal_says() throws Exception {
        var ann = id(api.post("/api/v4/contacts", "{\"city\":\"Graz\"}").go().is(201));
        var filter = "/api/v4/contacts?filter%5Bcity%5D=graz";
        var fix = api.get(filter)
                .go()
                .isProblem(400, "FIELD_NOT_FILTERABLE")
                .json()
                .path("details")
                .path(0)
                .path("message")
                .asText();
        assertThat(fix).contains("PATCH /api/v4/schemas/contact/fields/city {\"filterable\": true}");

        patch("/api/v4/schemas/contact/fields/city", "{\"filterable\":true}").is(200);
        catchUp();
        assertThat(ids(api.get(filter).go().is(200))).containsExactly(ann);
        assertThat(patch("/api/v4/schemas/contact/fields/city", "{\"label\":\"Town\"}")
                        .is(422)
                        .details())
                .containsExactly("/label READ_ONLY");
        assertThat(contact("{\"city\":\"Graz\"}").is(422).details()).containsExactly("/custom/city STANDARD_FIELD");
    }

    @Test
    void who_writes_a_deprecated_field_hears_of_it_and_only_then_it_can_go() throws Exception {
        define(TIER);
        assertThat(contact("{\"tier\":\"gold\"}").is(201).header("api-warnings"))
                .isNull();
        assertThat(api.send("DELETE", FIELDS + "/tier", "")
                        .go()
                        .isProblem(409, "CONFLICT")
                        .details())
                .containsExactly("deprecated IN_USE");
        patch(FIELDS + "/tier", "{\"deprecated\":true}").is(200);

        var warned = contact("{\"tier\":\"gold\"}").is(201);
        assertThat(warned.header("api-warnings")).isEqualTo("deprecated-field;name=\"custom.tier\"");
        assertThat(contact("{\"shoe_size\":38}").is(201).header("api-warnings")).isNull();
        assertThat(api.post(
                                "/api/v4/contacts/batch/create",
                                "{\"inputs\":[{\"record\":{\"custom\":{\"tier\":\"gold\"}}}]}")
                        .go()
                        .is(201)
                        .header("api-warnings"))
                .isEqualTo("deprecated-field;name=\"custom.tier\"");
        api.send("DELETE", FIELDS + "/custom.tier", "").go().is(204);
        contact("{\"tier\":\"anything\"}").is(201);
        assertThat(api.get("/api/v4/contacts/" + id(warned))
                        .go()
                        .json()
                        .path("custom")
                        .path("tier")
                        .asText())
                .isEqualTo("gold");
    }

    @Test
    void what_cannot_be_a_field_is_refused_with_every_reason() throws Exception {
        assertThat(api.post(FIELDS, "{\"name\":\"Tier\",\"type\":\"text\",\"colour\":1}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/colour UNKNOWN_FIELD", "/name INVALID_NAME", "/type INVALID_TYPE");
        assertThat(api.post(FIELDS, "{\"name\":\"email\",\"type\":\"email\"}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/name STANDARD_FIELD");
        assertThat(api.post(FIELDS, "{\"name\":\"score\",\"type\":\"number\"}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/name RESERVED");
        assertThat(api.post(FIELDS, "{\"name\":\"vip\",\"type\":\"boolean\",\"unique\":true}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/unique INVALID_TYPE");
        assertThat(api.post(FIELDS, "{\"name\":\"tier\",\"type\":\"enum\"}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/options INVALID_OPTIONS");
        define(TIER);
        assertThat(patch(FIELDS + "/tier", "{\"type\":\"string\"}").is(422).details())
                .containsExactly("/type READ_ONLY");
        api.post("/api/v4/schemas/raw_event/fields", TIER).go().isProblem(409, "CONFLICT");
        assertThat(api.post(FIELDS, TIER).go().text()).doesNotContain("gold");
    }

    @Test
    void there_are_as_many_filterable_fields_as_an_object_may_have() throws Exception {
        for (var i = 0; i < Definitions.MOST_FILTERABLE; i++) {
            define("{\"name\":\"f" + i + "\",\"type\":\"string\",\"filterable\":true}");
        }
        assertThat(api.post(FIELDS, "{\"name\":\"more\",\"type\":\"string\",\"filterable\":true}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly(" TOO_MANY");
    }

    @Test
    void a_change_on_another_version_is_refused() throws Exception {
        define(TIER);
        var stale = api.send("PATCH", FIELDS + "/tier", "{\"label\":\"T\"}")
                .header("if-match", "\"v0\"")
                .go()
                .isProblem(412, "PRECONDITION_FAILED");
        assertThat(stale.header("etag")).isEqualTo("\"v1\"");
        api.send("PATCH", FIELDS + "/tier", "{\"label\":\"T\"}")
                .header("if-match", "\"v1\"")
                .go()
                .is(200);
    }

    @Test
    void reading_and_defining_take_a_scope_each() throws Exception {
        api.bare("GET", "/api/v4/schemas").allowed(Scope.SCHEMAS_WRITE).go().isProblem(403, "INSUFFICIENT_SCOPE");
        api.bare("POST", FIELDS)
                .allowed(Scope.SCHEMAS_READ, Scope.CONTACTS_WRITE)
                .header("content-type", "application/json")
                .body(TIER)
                .go()
                .isProblem(403, "INSUFFICIENT_SCOPE");
        api.bare("GET", "/api/v4/openapi.json").allowed().go().isProblem(403, "INSUFFICIENT_SCOPE");
    }

    @Test
    void the_description_of_the_api_has_what_was_defined_for_who_may_know() throws Exception {
        define(TIER);
        var own = api.get("/api/v4/openapi.json").go().is(200).json();
        var custom = own.path("components")
                .path("schemas")
                .path("Contact")
                .path("properties")
                .path("custom");
        assertThat(custom.path("properties")
                        .path("tier")
                        .path("x-options")
                        .path(0)
                        .asText())
                .isEqualTo("gold");
        assertThat(api.bare("GET", "/openapi.json").go().is(200).text()).doesNotContain("x-options");
    }
}
