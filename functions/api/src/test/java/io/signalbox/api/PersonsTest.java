/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.core.Erasure;
import io.signalbox.core.Pipeline;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.EventId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersonsTest {

    private static final String CONTACTS = "/api/v4/contacts";
    private static final String ANN = "{\"email\":\"ann@example.com\",\"first_name\":\"Ann\"}";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private String made(String body) throws Exception {
        return api.post(CONTACTS, body).go().is(201).header("location").substring(TestApi.BASE.length());
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private RecordKey key(String path) {
        return new RecordKey(ObjectType.CONTACT, RecordId.parse(id(path)).orElseThrow());
    }

    private List<Segment> journal() {
        var all = new ArrayList<Segment>();
        api.records.forEachSegment(Instant.EPOCH, TestApi.NOW.plus(Duration.ofDays(900)), all::add);
        return all;
    }

    @Test
    void erasing_leaves_no_word_anywhere_and_a_receipt() throws Exception {
        var path = made(ANN);
        var company = api.post("/api/v4/companies", "{\"name\":\"Acme\"}").go().header("location");
        api.send("PUT", path + "/associations/companies/" + id(company), "")
                .go()
                .is(201);
        api.send("PATCH", path, "{\"city\":\"Graz\"}").go().is(200);

        var answer = api.send("POST", path + "/erase", "").go().is(202);
        var job = answer.json();
        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(job.path("outcome").path("journal_segments").asInt()).isEqualTo(3);
        assertThat(job.path("outcome").path("erased_at").asText()).isNotBlank();
        assertThat(answer.header("location"))
                .isEqualTo(TestApi.BASE + "/api/v4/jobs/" + job.path("id").asText());
        assertThat(api.get("/api/v4/jobs/" + job.path("id").asText())
                        .go()
                        .is(200)
                        .json())
                .isEqualTo(job);
        assertThat(journal().toString()).doesNotContain("ann@example.com", "Graz");
        assertThat(api.records.get(key(path)).orElseThrow().properties()).isEmpty();
        assertThat(api.get("/api/v4/companies/" + id(company) + "/associations/contacts")
                        .go()
                        .json()
                        .path("results"))
                .isEmpty();
        var gone = api.get(path).go().isProblem(410, "RECORD_DELETED");
        assertThat(gone.json().path("restorable").asBoolean()).isFalse();
        api.send("POST", path + "/restore", "").go().isProblem(410, "RECORD_DELETED");
        api.send("POST", path + "/erase", "").go().is(202);
        made(ANN);
    }

    @Test
    void what_a_crash_left_in_the_journal_is_erased_too() throws Exception {
        var path = made(ANN);
        var other = made("{\"email\":\"bob@example.com\"}");
        var orphan = new Segment(
                SegmentId.create(TestApi.NOW.minus(Duration.ofMinutes(20)), new Random(5)),
                List.of(
                        new Segment.Entry(key(path), event("ann@example.com")),
                        new Segment.Entry(key(other), event("bob@example.com"))),
                Map.of(key(path), Optional.empty(), key(other), Optional.empty()));
        api.records.append(orphan);

        var job = api.send("POST", path + "/erase", "").go().is(202).json();
        assertThat(job.path("outcome").path("orphaned_events").asInt()).isEqualTo(1);
        assertThat(journal().toString()).doesNotContain("ann@example.com").contains("bob@example.com");
    }

    private static CanonicalEvent event(String email) {
        return new CanonicalEvent(
                EventId.of("lost", email),
                "contact.updated",
                "x",
                new VendorId("hubspot"),
                new ConnectionId("hubspot"),
                ObjectType.CONTACT,
                new Subject.Own(new RecordId(1)),
                TestApi.NOW,
                Map.of("email", Value.of(email)),
                List.of(),
                Map.of());
    }

    @Test
    void an_erasure_that_was_cut_short_is_gone_on_with() throws Exception {
        var path = made(ANN);
        var pipeline = new Pipeline(api.records, api.control, api.clock, new Random(1));
        var erasure = new Erasure(pipeline, api.records, api.links, api.jobs, api.clock);
        var job = Erasure.job("erase-1", "client-1", key(path), TestApi.NOW);
        api.jobs.create(job);

        assertThat(erasure.run(job, () -> false).state().isFinished()).isFalse();
        assertThat(api.records.get(key(path)).orElseThrow().properties())
                .as("erased at once")
                .isEmpty();
        assertThat(api.get("/api/v4/jobs/erase-1").go().is(200).header("retry-after"))
                .isEqualTo("15");
        assertThat(erasure.runOpen(10, () -> true)).isEqualTo(1);
        assertThat(api.get("/api/v4/jobs/erase-1").go().json().path("state").asText())
                .isEqualTo("succeeded");
        assertThat(erasure.runOpen(10, () -> true)).isZero();
    }

    @Test
    void a_job_is_seen_by_the_client_that_asked_for_it_alone() throws Exception {
        var job = api.send("POST", made(ANN) + "/erase", "")
                .go()
                .is(202)
                .json()
                .path("id")
                .asText();
        api.get("/api/v4/jobs/" + job).by("client-2").go().isProblem(404, "NOT_FOUND");
        api.get("/api/v4/jobs/nothing").go().isProblem(404, "NOT_FOUND");
        api.send("POST", CONTACTS + "/1/erase", "").go().isProblem(404, "NOT_FOUND");
    }

    @Test
    void consents_are_kept_by_purpose_with_where_they_came_from() throws Exception {
        var path = made(ANN);
        var put = api.send(
                        "PUT",
                        path + "/consents",
                        "{\"consents\":[{\"purpose\":\"marketing_email\",\"status\":\"granted\",\"basis\":\"consent\",\"source\":\"form\","
                                + "\"given_at\":\"2026-02-01T10:00:00Z\"},{\"purpose\":\"profiling\",\"status\":\"denied\"}]}")
                .header("if-match", "\"v1\"")
                .go()
                .is(200);
        var read = api.get(path + "/consents").go().is(200);
        assertThat(read.json()).isEqualTo(put.json());
        assertThat(read.json().path("results").path(0).path("source").asText()).isEqualTo("form");
        assertThat(read.json().path("results").path(1).path("status").asText()).isEqualTo("denied");
        assertThat(api.get(path).go().json().path("custom")).isEmpty();

        api.send("PUT", path + "/consents", "{\"consents\":[{\"purpose\":\"profiling\",\"status\":\"withdrawn\"}]}")
                .go()
                .is(200);
        var results = api.get(path + "/consents").go().json().path("results");
        assertThat(results).hasSize(1);
        assertThat(results.path(0).path("status").asText()).isEqualTo("withdrawn");
        var history =
                api.get(path + "/history?fields=consent.profiling").go().json().path("results");
        assertThat(history).hasSize(2);
        var wrong = api.send(
                        "PUT",
                        path + "/consents",
                        "{\"consents\":[{\"purpose\":\"A\"},{\"purpose\":\"a\",\"status\":\"x\"},1]}")
                .go()
                .isProblem(422, "VALIDATION_FAILED");
        assertThat(wrong.details())
                .containsExactly(
                        "/consents/0/purpose INVALID_NAME",
                        "/consents/1/status INVALID_VALUE",
                        "/consents/2 INVALID_TYPE");
    }

    @Test
    void duplicates_become_part_of_the_primary_with_their_history() throws Exception {
        var primary = made(ANN);
        api.clock.advance(Duration.ofSeconds(1));
        var first = made("{\"email\":\"a@example.com\",\"first_name\":\"Anna\",\"city\":\"Graz\"}");
        var second = made("{\"phone\":\"+4366412345\"}");
        var body = "{\"primary_id\":\"%s\",\"duplicate_ids\":[\"%s\",\"%s\"]%s}";
        var merged = api.post(CONTACTS + "/merge", body.formatted(id(primary), id(first), id(second), ""))
                .header("if-match", "\"v1\"")
                .go()
                .is(200);
        assertThat(merged.json().path("city").asText()).isEqualTo("Graz");
        assertThat(merged.json().path("first_name").asText())
                .as("the later one")
                .isEqualTo("Anna");
        assertThat(merged.json().path("phone").asText()).isEqualTo("+4366412345");
        assertThat(api.get(first).go().is(301).header("location")).isEqualTo(TestApi.BASE + primary);
        assertThat(api.get(CONTACTS + "/by/email/a@example.com")
                        .go()
                        .is(200)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(id(primary));
        assertThat(api.get(primary + "/history").go().json().path("results")).hasSize(4);
        api.post(CONTACTS + "/merge", body.formatted(id(primary), id(first), id(second), ""))
                .go()
                .is(200);
        var refused = api.send("PATCH", first, "{\"city\":\"Linz\"}").go().isProblem(409, "RECORD_MERGED");
        assertThat(refused.header("location")).isEqualTo(TestApi.BASE + primary);
        assertThat(refused.json().path("details").path(0).path("existing_id").asText())
                .isEqualTo(id(primary));
    }

    @Test
    void the_primarys_values_hold_where_that_is_asked_for() throws Exception {
        var primary = made("{\"first_name\":\"Ann\"}");
        api.clock.advance(Duration.ofSeconds(1));
        var other = made("{\"first_name\":\"Anna\",\"city\":\"Graz\"}");
        var merged = api.post(
                        CONTACTS + "/merge",
                        "{\"primary_id\":\"" + id(primary) + "\",\"duplicate_ids\":[\"" + id(other)
                                + "\"],\"field_policy\":\"primary\"}")
                .go()
                .is(200)
                .json();
        assertThat(merged.path("first_name").asText()).isEqualTo("Ann");
        assertThat(merged.path("city").asText()).isEqualTo("Graz");
    }

    @Test
    void a_merge_that_cannot_be_is_refused() throws Exception {
        var primary = made(ANN);
        var body = "{\"primary_id\":\"" + id(primary) + "\",\"duplicate_ids\":[\"%s\"]}";
        api.post(CONTACTS + "/merge", body.formatted("1")).go().isProblem(404, "NOT_FOUND");
        api.post(CONTACTS + "/merge", body.formatted(id(primary))).go().isProblem(422, "VALIDATION_FAILED");
        api.post(CONTACTS + "/merge", "{\"duplicate_ids\":[],\"x\":1}").go().isProblem(422, "VALIDATION_FAILED");
        var dead = made("{\"city\":\"Graz\"}");
        api.bare("DELETE", dead).by("client-1").go().is(204);
        api.post(CONTACTS + "/merge", body.formatted(id(dead))).go().isProblem(410, "RECORD_DELETED");
        var other = made("{\"city\":\"Graz\"}");
        api.post(CONTACTS + "/merge", body.formatted(id(other)))
                .header("if-match", "\"v9\"")
                .go()
                .isProblem(412, "PRECONDITION_FAILED");
    }

    @Test
    void the_history_of_a_field_is_who_set_it_to_what() throws Exception {
        var path = made(ANN);
        api.send("PATCH", path, "{\"city\":\"Graz\"}").go().is(200);
        api.send("PATCH", path, "{\"first_name\":\"Anne\",\"city\":\"Linz\"}")
                .by("client-2")
                .go()
                .is(200);
        var results =
                api.get(path + "/history?fields=first_name").go().is(200).json().path("results");
        assertThat(results).hasSize(2);
        assertThat(results.path(0).path("properties").toString()).isEqualTo("{\"first_name\":\"Anne\"}");
        assertThat(results.path(0).path("data").path("client").asText()).isEqualTo("client-2");
        assertThat(results.path(1).path("properties").path("first_name").asText())
                .isEqualTo("Ann");
    }
}
