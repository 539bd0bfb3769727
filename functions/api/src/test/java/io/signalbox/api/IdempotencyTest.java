/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.store.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final String KEY = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"";
    private static final String CONTACTS = "/api/v4/contacts";
    private static final String NAMELESS = "{\"city\":\"Graz\"}";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private TestApi.Call keyed(String method, String path, String body) {
        return api.send(method, path, body).header("idempotency-key", KEY);
    }

    private int contacts() throws Exception {
        return api.get(CONTACTS).go().json().path("results").size();
    }

    @Test
    void a_repeated_request_is_done_once_and_answered_the_same() throws Exception {
        var first = keyed("POST", CONTACTS, NAMELESS).go().is(201);
        assertThat(first.header("idempotency-replayed")).isNull();
        var again = keyed("POST", CONTACTS, NAMELESS).go().is(201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(again.header("etag")).isEqualTo(first.header("etag"));
        var bare = KEY.replace("\"", "");
        assertThat(api.post(CONTACTS, NAMELESS)
                        .header("idempotency-key", bare)
                        .go()
                        .text())
                .as("with quotes or without, it is one key")
                .isEqualTo(first.text());
        assertThat(contacts()).isEqualTo(1);
    }

    @Test
    void every_kind_of_write_takes_a_key() throws Exception {
        var path = api.post(CONTACTS, NAMELESS).go().header("location").substring(TestApi.BASE.length());
        for (var i = 0; i < 2; i++) {
            api.send("PATCH", path, "{\"city\":\"Linz\"}")
                    .header("if-match", "\"v1\"")
                    .header("idempotency-key", "patch-123")
                    .go()
                    .is(200);
            api.send("PUT", CONTACTS + "/by/email/a@example.com", "{}")
                    .header("if-none-match", "*")
                    .header("idempotency-key", "put-12345")
                    .go()
                    .is(201);
        }
        for (var i = 0; i < 2; i++) {
            api.bare("DELETE", path)
                    .by("client-1")
                    .header("if-match", "\"v2\"")
                    .header("idempotency-key", "delete-123")
                    .go()
                    .is(204);
        }
    }

    @Test
    void the_key_with_another_request_is_422() throws Exception {
        keyed("POST", CONTACTS, NAMELESS).go().is(201);
        keyed("POST", CONTACTS, "{\"city\":\"Linz\"}").go().isProblem(422, "IDEMPOTENCY_KEY_REUSED");
        keyed("POST", "/api/v4/leads", NAMELESS).go().isProblem(422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(contacts()).isEqualTo(1);
    }

    @Test
    void the_key_of_another_client_is_another_key() throws Exception {
        keyed("POST", CONTACTS, NAMELESS).go().is(201);
        var other = keyed("POST", CONTACTS, NAMELESS).by("client-2").go().is(201);
        assertThat(other.header("idempotency-replayed")).isNull();
        assertThat(contacts()).isEqualTo(2);
    }

    @Test
    void while_the_first_is_at_it_the_second_is_409_and_told_to_wait() throws Exception {
        claimed(keyed("POST", CONTACTS, NAMELESS));
        var answer = keyed("POST", CONTACTS, NAMELESS).go().isProblem(409, "IDEMPOTENCY_IN_PROGRESS");
        assertThat(answer.header("retry-after")).matches("[1-9]\\d*");
        assertThat(answer.header("x-should-retry")).isEqualTo("true");
        assertThat(answer.json().path("retryable").asBoolean()).isTrue();
    }

    /** Leaves the key as a function that crashed after its work leaves it: claimed, the work done, no answer. */
    private void claimed(TestApi.Call call) throws Exception {
        call.go().is(201);
        api.idempotency.forget();
    }

    @Test
    void what_a_crashed_request_did_is_found_again_and_not_done_twice() throws Exception {
        claimed(keyed("POST", CONTACTS, NAMELESS));
        api.clock.advance(IdempotencyStore.LEASE);
        var again = keyed("POST", CONTACTS, NAMELESS).go().is(201);
        assertThat(again.header("idempotency-replayed")).isNull();
        assertThat(contacts()).isEqualTo(1);
        assertThat(again.json().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void what_a_crashed_batch_did_is_found_again_and_the_rest_is_done() throws Exception {
        var batch = "{\"inputs\":[{\"record\":{\"city\":\"a\"}},{\"record\":{\"city\":\"b\"}}]}";
        claimed(keyed("POST", CONTACTS + "/batch/create", batch));
        api.clock.advance(IdempotencyStore.LEASE);
        keyed("POST", CONTACTS + "/batch/create", batch).go().is(201);
        assertThat(contacts()).isEqualTo(2);
    }

    @Test
    void an_error_gives_the_key_back() throws Exception {
        api.post(CONTACTS, "{\"email\":\"a@example.com\"}").go().is(201);
        var body = "{\"email\":\"b@example.com\",\"city\":\"Graz\"}";
        keyed("POST", CONTACTS, "{\"email\":7}").go().isProblem(422, "VALIDATION_FAILED");
        keyed("POST", CONTACTS, "{\"email\":7}").go().isProblem(422, "VALIDATION_FAILED");
        keyed("POST", CONTACTS, body).go().isProblem(422, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void after_a_day_the_key_is_new() throws Exception {
        keyed("POST", CONTACTS, NAMELESS).go().is(201);
        api.clock.advance(Duration.ofHours(24));
        assertThat(keyed("POST", CONTACTS, NAMELESS).go().is(201).header("idempotency-replayed"))
                .isNull();
        assertThat(contacts()).isEqualTo(2);
    }

    @Test
    void what_is_no_key_is_refused_before_anything_happens() throws Exception {
        for (var bad : List.of(
                "",
                "short",
                "a b c d e f",
                "\"unfinished",
                "x".repeat(256),
                "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9")) {
            var answer =
                    api.post(CONTACTS, NAMELESS).header("idempotency-key", bad).go();
            assertThat(answer.isProblem(400, "MALFORMED_REQUEST").details())
                    .containsExactly("Idempotency-Key INVALID_FORMAT");
        }
        assertThat(contacts()).isZero();
    }

    @Test
    void reading_ignores_a_key() throws Exception {
        api.get(CONTACTS).header("idempotency-key", "x").go().is(200);
    }

    @Test
    void a_secret_that_is_shown_once_is_not_kept_with_the_answer() throws Exception {
        var body = "{\"vendor\":\"standard\",\"id\":\"shop\"}";
        var first = keyed("POST", "/api/v4/connections", body).go().is(201);
        assertThat(first.json().has("secret")).isTrue();
        var again = keyed("POST", "/api/v4/connections", body).go().is(201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(again.json().has("secret")).isFalse();
        assertThat(again.json().path("id").asText()).isEqualTo("shop");
    }
}
