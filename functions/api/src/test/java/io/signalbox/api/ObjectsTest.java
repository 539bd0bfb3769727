/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Scope;
import io.signalbox.store.Definition;
import io.signalbox.store.Definitions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectsTest {

    private static final String VEHICLES = "/api/v4/objects/vehicle";
    private static final String DEFINED = "{\"object\":\"vehicle\",\"fields\":["
            + "{\"name\":\"plate\",\"type\":\"string\",\"unique\":true,\"filterable\":true},"
            + "{\"name\":\"driver\",\"type\":\"string\",\"pii\":true},"
            + "{\"name\":\"fuel\",\"type\":\"enum\",\"options\":[\"diesel\",\"electric\"],\"filterable\":true}]}";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private TestApi.Answer define() throws Exception {
        return api.post("/api/v4/schemas", DEFINED).go().is(201);
    }

    private static String id(TestApi.Answer answer) {
        return answer.json().path("id").asText();
    }

    private TestApi.Answer vehicle(String plate, String fuel) throws Exception {
        return api.post(VEHICLES, "{\"plate\":\"" + plate + "\",\"fuel\":\"" + fuel + "\"}")
                .go();
    }

    @Test
    void an_object_of_ones_own_is_used_at_once_like_any_other() throws Exception {
        api.get(VEHICLES).go().isProblem(404, "NOT_FOUND");
        assertThat(define().header("location")).isEqualTo(TestApi.BASE + "/api/v4/schemas/vehicle");
        var made = vehicle("B-AB 1", "diesel").is(201);
        var path = VEHICLES + "/" + id(made);

        assertThat(made.header("location")).isEqualTo(TestApi.BASE + path);
        assertThat(made.json().path("object").asText()).isEqualTo("vehicle");
        assertThat(api.get(path).go().is(200).json()).isEqualTo(made.json());
        assertThat(id(api.get(VEHICLES + "/by/plate/B-AB%201").go().is(200))).isEqualTo(id(made));
        vehicle("B-AB 1", "diesel").isProblem(409, "DUPLICATE_RECORD");
        assertThat(vehicle("B-AB 2", "coal").isProblem(422, "VALIDATION_FAILED").details())
                .containsExactly("/fuel INVALID_ENUM");
        assertThat(api.post(VEHICLES, "{\"plat\":\"x\"}").go().is(422).details())
                .containsExactly("/plat UNKNOWN_FIELD");
        assertThat(api.send("PATCH", path, "{\"fuel\":\"electric\"}")
                        .header("if-match", "\"v1\"")
                        .go()
                        .is(200)
                        .header("etag"))
                .isEqualTo("\"v2\"");
        assertThat(api.get(path + "/history").go().is(200).json().path("results"))
                .hasSize(2);
        api.send("DELETE", path, "").go().is(204);
        api.get(path).go().isProblem(410, "RECORD_DELETED");
        api.post(path + "/restore", "{}").go().is(200);
    }

    @Test
    void its_records_are_listed_searched_changed_in_batches_and_followed() throws Exception {
        define();
        var batch = api.post(
                        VEHICLES + "/batch/create",
                        "{\"inputs\":[{\"record\":{\"plate\":\"A\",\"fuel\":\"diesel\"}},"
                                + "{\"record\":{\"plate\":\"B\",\"fuel\":\"electric\"}}]}")
                .go()
                .is(201);
        assertThat(batch.json().path("results")).hasSize(2);
        api.clock.advance(Duration.ofSeconds(1));

        assertThat(api.get(VEHICLES).go().is(200).json().path("results")).hasSize(2);
        var found =
                api.get(VEHICLES + "?filter%5Bfuel%5D=electric&sort=plate").go().is(200);
        assertThat(found.json().path("results")).hasSize(1);
        assertThat(found.json().path("results").path(0).path("plate").asText()).isEqualTo("B");
        api.get(VEHICLES + "?filter%5Bdriver%5D=Ann").go().isProblem(400, "FIELD_NOT_FILTERABLE");
        api.send("PUT", VEHICLES + "/by/plate/C", "{\"fuel\":\"diesel\"}").go().is(201);
        assertThat(api.get(VEHICLES + "/changes?sync=initial")
                        .go()
                        .is(200)
                        .json()
                        .path("changes"))
                .hasSize(3);
    }

    @Test
    void its_records_are_linked_with_others_and_erased() throws Exception {
        define();
        var vehicle = id(vehicle("A", "diesel").is(201));
        var contact =
                id(api.post("/api/v4/contacts", "{\"first_name\":\"Ann\"}").go().is(201));
        api.send("PUT", VEHICLES + "/" + vehicle + "/associations/contacts/" + contact, "")
                .go()
                .is(201);

        var seen = api.get("/api/v4/contacts/" + contact + "/associations/vehicle")
                .go()
                .is(200);
        assertThat(seen.json().path("results").path(0).path("id").asText()).isEqualTo(vehicle);
        api.bare("GET", "/api/v4/contacts/" + contact + "/associations/vehicle")
                .allowed(Scope.CONTACTS_READ)
                .go()
                .isProblem(403, "INSUFFICIENT_SCOPE");
        api.post(VEHICLES + "/" + vehicle + "/erase", "").go().is(202);
        api.get(VEHICLES + "/" + vehicle).go().isProblem(410, "RECORD_DELETED");
        vehicle("A", "diesel").is(201);
    }

    @Test
    void standard_objects_answer_under_objects_too_with_their_own_scope() throws Exception {
        var ann = id(api.post("/api/v4/objects/contacts", "{\"first_name\":\"Ann\"}")
                .go()
                .is(201));
        assertThat(id(api.get("/api/v4/objects/contacts/" + ann).go().is(200))).isEqualTo(ann);
        api.bare("GET", "/api/v4/objects/contacts/" + ann)
                .allowed(Scope.OBJECTS_READ)
                .go()
                .isProblem(403, "INSUFFICIENT_SCOPE");
        api.bare("GET", "/api/v4/objects/contacts/" + ann)
                .allowed(Scope.CONTACTS_READ)
                .go()
                .is(200);
        api.get("/api/v4/objects/contact/" + ann).go().isProblem(404, "NOT_FOUND");
    }

    @Test
    void reading_writing_and_deleting_take_a_scope_each() throws Exception {
        define();
        var id = id(vehicle("A", "diesel").is(201));
        api.bare("GET", VEHICLES)
                .allowed(Scope.OBJECTS_WRITE, Scope.SCHEMAS_READ)
                .go()
                .isProblem(403, "INSUFFICIENT_SCOPE");
        api.bare("POST", VEHICLES).allowed(Scope.OBJECTS_READ).go().isProblem(403, "INSUFFICIENT_SCOPE");
        api.bare("DELETE", VEHICLES + "/" + id)
                .allowed(Scope.OBJECTS_WRITE)
                .go()
                .isProblem(403, "INSUFFICIENT_SCOPE");
    }

    @Test
    void a_cursor_is_good_for_its_own_object_and_client() throws Exception {
        define();
        api.post("/api/v4/schemas", "{\"object\":\"house\"}").go().is(201);
        for (var plate : List.of("A", "B")) {
            vehicle(plate, "diesel").is(201);
            api.clock.advance(Duration.ofMillis(2));
        }
        var next = api.get(VEHICLES + "?limit=1")
                .go()
                .json()
                .path("paging")
                .path("next")
                .path("after")
                .asText();

        api.get(VEHICLES + "?limit=1&after=" + next).go().is(200);
        api.get("/api/v4/objects/house?limit=1&after=" + next).go().isProblem(400, "CURSOR_INVALID");
        api.bare("GET", VEHICLES + "?limit=1&after=" + next).by("client-2").go().isProblem(400, "CURSOR_INVALID");
    }

    @Test
    void an_object_goes_when_it_has_no_records() throws Exception {
        define();
        var id = id(vehicle("A", "diesel").is(201));
        assertThat(api.send("DELETE", "/api/v4/schemas/vehicle", "")
                        .go()
                        .isProblem(409, "CONFLICT")
                        .details())
                .containsExactly("object IN_USE");
        api.send("DELETE", VEHICLES + "/" + id, "").go().is(204);
        api.send("DELETE", "/api/v4/schemas/vehicle", "").go().is(204);
        api.get(VEHICLES).go().isProblem(404, "NOT_FOUND");
        api.send("DELETE", "/api/v4/schemas/contact", "").go().isProblem(409, "CONFLICT");
    }

    @Test
    void a_name_that_means_something_already_is_refused() throws Exception {
        for (var name : List.of("contact", "contacts", "object", "schemas")) {
            assertThat(api.post("/api/v4/schemas", "{\"object\":\"" + name + "\"}")
                            .go()
                            .is(422)
                            .details())
                    .containsExactly("/object RESERVED");
        }
        assertThat(api.post("/api/v4/schemas", "{\"object\":\"Big Thing\"}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/object INVALID_NAME");
        define();
        api.post("/api/v4/schemas", "{\"object\":\"vehicle\"}").go().isProblem(409, "DUPLICATE_RECORD");
    }

    @Test
    void a_schema_that_is_made_again_with_its_key_is_made_once() throws Exception {
        for (var i = 0; i < 2; i++) {
            var answer = api.post("/api/v4/schemas", DEFINED)
                    .header("idempotency-key", "a-key-of-mine")
                    .go()
                    .is(201);
            assertThat(answer.header("idempotency-replayed")).isEqualTo(i == 0 ? null : "true");
        }
        assertThat(api.send("PATCH", "/api/v4/schemas/vehicle", "{\"label\":\"Car\"}")
                        .go()
                        .is(200)
                        .json()
                        .path("label")
                        .asText())
                .isEqualTo("Car");
    }

    @Test
    void another_process_knows_an_object_at_once_and_a_field_within_a_minute() throws Exception {
        define();
        vehicle("A", "diesel").is(201);
        var elsewhere = new Definitions(api.documents);
        var held = elsewhere.all().stream()
                .filter(one -> one.object().name().equals("vehicle"))
                .findFirst()
                .orElseThrow();
        var boat = new Definition(ObjectSchema.custom(new ObjectType("boat"), List.of()), "Boat", "Boats", "", 1);
        elsewhere.put(boat);
        elsewhere.put(held.next(held.schema().own().subList(0, 2)));
        api.clock.advance(Duration.ofSeconds(2));

        api.get("/api/v4/objects/boat").go().is(200);
        api.clock.advance(Duration.ofMinutes(1));
        assertThat(vehicle("B", "diesel").is(422).details()).containsExactly("/fuel UNKNOWN_FIELD");
    }

    @Test
    void the_description_of_the_api_has_the_object_for_who_may_know() throws Exception {
        define();
        var own = api.get("/api/v4/openapi.json").go().is(200).json();
        assertThat(own.path("paths")
                        .path(VEHICLES + "/{id}")
                        .path("get")
                        .path("operationId")
                        .asText())
                .isEqualTo("getVehicleRecord");
        assertThat(own.path("components")
                        .path("schemas")
                        .path("VehicleRecord")
                        .path("properties")
                        .path("driver")
                        .path("x-pii")
                        .asBoolean())
                .isTrue();
        var open = api.bare("GET", "/openapi.json").go().is(200);
        assertThat(open.text()).doesNotContain("ehicleRecord");
        assertThat(open.json()
                        .path("paths")
                        .path("/api/v4/objects/{object}/{id}")
                        .has("get"))
                .isTrue();
    }
}
