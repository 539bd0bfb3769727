/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.aws.Call;
import io.signalbox.emulator.aws.FaultPlan;
import io.signalbox.emulator.aws.FaultPlan.Fault;
import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.testkit.SettableClock;
import io.signalbox.vendors.signing.Signatures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Fail closed: what is not proven genuine is refused before anything is kept of it, the connection's owner can read why,
 * and neither logs nor answers tell a secret, an address or a word of what was posted.
 */
class FailClosedTest {

    private static final String SIGNATURE = "x-hubspot-signature-v3";
    private static final String TIMESTAMP = "x-hubspot-request-timestamp";
    private static final String OLD_SIGNATURE = "x-hubspot-signature";
    private static final String OLD_VERSION = "x-hubspot-signature-version";
    private static final String EMAIL = "canary.person@canary.example";
    private static final String TEXT = "canary-text-9f31";
    private static final byte[] BODY = """
        [{"eventId":1,"subscriptionId":2,"portalId":3,"appId":4,"occurredAt":1772600000000,"objectId":5,
          "subscriptionType":"contact.propertyChange","propertyName":"email","propertyValue":"%s",
          "attemptNumber":0,"changeSource":"%s"}]\
        """.formatted(EMAIL, TEXT).getBytes(UTF_8);

    private final SettableClock clock = SettableClock.at("2036-03-04T05:06:07Z");
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        // Before anything that logs is made, for a log holds on to the stream it was made with.
        var captured = new PrintStream(output, true, UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        rig = Rig.start(clock);
    }

    @AfterEach
    void stop() throws Exception {
        System.setOut(out);
        System.setErr(err);
        rig.close();
    }

    private Map<String, String> signed(Instant at) {
        return new LinkedHashMap<>(rig.samples.sign(BODY, rig.connection(), at).headers());
    }

    private HttpResponse<String> post(Consumer<Map<String, String>> change) throws Exception {
        var headers = signed(clock.instant());
        change.accept(headers);
        return rig.post(BODY, headers);
    }

    private void save(Connection connection) throws Exception {
        rig.parameters().save(connection);
        clock.advance(Duration.ofSeconds(61));
    }

    private Connection with(List<Connection.Secret> secrets) {
        var is = rig.connection();
        return new Connection(is.id(), is.vendor(), is.publicUrl(), secrets, is.options(), is.createdAt());
    }

    private void assertRefused(HttpResponse<String> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Rig.json(answer).at("error_code")).isEqualTo(Value.of(code));
        assertThat(Rig.json(answer).at("message").asText()).isNotBlank();
        assertThat(Rig.json(answer).at("correlation_id").asText()).isNotBlank();
        assertThat(rig.queue("EventsQueue").depth().total()).as("kept of it").isZero();
        assertTellsNothing(answer.body());
    }

    private void assertTellsNothing(String text) {
        var secret = rig.connection().secrets().getFirst().value();
        assertThat(text).doesNotContain(secret, EMAIL, TEXT, "canary.person");
    }

    /** The last entry of the list of rejected requests. */
    private Value listed(HttpResponse<String> answer) throws Exception {
        rig.instance().drain();
        var list = rig.api("GET", "/api/v4/connections/" + rig.connection().id() + "/rejections", null);
        assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
        assertTellsNothing(list.body());
        var wanted = Rig.json(answer).at("correlation_id");
        if (Rig.json(list).at("results") instanceof Value.Arr(var entries)) {
            return entries.stream()
                    .filter(entry -> entry.at("correlation_id").equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(wanted + " is not in " + list.body()));
        }
        throw new AssertionError(wanted + " is not in " + list.body());
    }

    private void assertRefusedFor(String reason, HttpResponse<String> answer) throws Exception {
        assertRefused(answer, 401, "SIGNATURE_INVALID");
        assertThat(answer.body()).as("the sender learns no more").doesNotContain(reason);
        var entry = listed(answer);
        assertThat(entry.at("reason")).isEqualTo(Value.of(reason));
        assertThat(entry.at("hint").asText()).isNotBlank();
        assertThat(entry.at("body_bytes")).isEqualTo(Value.of(BODY.length));
    }

    @Test
    void nothing_but_a_true_and_timely_signature_is_let_in() throws Exception {
        assertRefusedFor("SIGNATURE_MISSING", post(headers -> headers.remove(SIGNATURE)));
        assertRefusedFor("TIMESTAMP_MISSING", post(headers -> headers.remove(TIMESTAMP)));
        var wrong = Signatures.base64(new byte[32]);
        assertRefusedFor("SIGNATURE_MISMATCH", post(headers -> headers.put(SIGNATURE, wrong)));
        var now = clock.instant();
        assertRefusedFor("TIMESTAMP_TOO_OLD", rig.post(BODY, signed(now.minus(Duration.ofMinutes(6)))));
        assertRefusedFor("TIMESTAMP_IN_FUTURE", rig.post(BODY, signed(now.plus(Duration.ofMinutes(6)))));
        var later = Long.toString(now.plusSeconds(1).toEpochMilli());
        assertRefusedFor("SIGNATURE_MISMATCH", post(headers -> headers.put(TIMESTAMP, later)));

        assertThat(post(headers -> {}).statusCode()).as("the same, signed").isEqualTo(200);
        assertThat(rig.queue("EventsQueue").depth().total()).isEqualTo(1);
    }

    @Test
    void an_older_signature_is_no_way_in_even_if_it_is_true() throws Exception {
        var secret = rig.connection().secrets().getFirst().value();
        var uri = rig.connection().publicUrl().toString();
        var body = new String(BODY, UTF_8);
        var v1 = Signatures.sha256Hex((secret + body).getBytes(UTF_8));
        var v2 = Signatures.sha256Hex((secret + "POST" + uri + body).getBytes(UTF_8));
        for (var older : Map.of("v1", v1, "v2", v2).entrySet()) {
            assertRefusedFor("SCHEME_NOT_ALLOWED", post(headers -> {
                headers.remove(SIGNATURE);
                headers.put(OLD_SIGNATURE, older.getValue());
                headers.put(OLD_VERSION, older.getKey());
            }));
            assertRefusedFor("SIGNATURE_MISMATCH", post(headers -> {
                headers.put(SIGNATURE, Signatures.base64(new byte[32]));
                headers.put(OLD_SIGNATURE, older.getValue());
                headers.put(OLD_VERSION, older.getKey());
            }));
        }
    }

    @Test
    void without_a_live_secret_nothing_is_genuine() throws Exception {
        save(with(List.of()));
        assertRefusedFor("NO_LIVE_SECRET", post(headers -> {}));

        var secret = rig.connection().secrets().getFirst();
        var ended =
                new Connection.Secret(secret.id(), secret.value(), secret.createdAt(), Optional.of(clock.instant()));
        save(with(List.of(ended)));
        assertRefusedFor("NO_LIVE_SECRET", post(headers -> {}));
    }

    @Test
    void without_configuration_nothing_is_let_in() throws Exception {
        var base = rig.instance().baseUrl();
        assertRefused(rig.post(base, "/hooks/v1/hubspot/nobody", BODY, signed(clock.instant())), 404, "NOT_FOUND");
        assertRefused(
                rig.post(base, "/hooks/v1/standard/vendor-account", BODY, signed(clock.instant())), 404, "NOT_FOUND");

        rig.parameters().delete(rig.connection().id());
        clock.advance(Duration.ofSeconds(61));
        assertRefused(post(headers -> {}), 404, "NOT_FOUND");
    }

    @Test
    void a_parameter_store_that_is_away_is_a_reason_to_send_again() throws Exception {
        rig.instance()
                .aws()
                .faults(FaultPlan.random(
                        1, Map.of(Fault.INTERNAL_ERROR, 1.0), call -> call.service() == Call.Service.SSM));
        var away = post(headers -> {});
        assertRefused(away, 503, "UNAVAILABLE");
        assertThat(away.headers().firstValue("Retry-After")).isPresent();

        rig.instance().aws().faults(FaultPlan.none());
        assertThat(post(headers -> {}).statusCode()).as("sent again").isEqualTo(200);
    }

    @Test
    void no_log_line_tells_a_secret_an_address_or_a_word_of_a_body() throws Exception {
        var signature = signed(clock.instant()).get(SIGNATURE);
        assertThat(post(headers -> {}).statusCode()).isEqualTo(200);
        var lead = Value.of(Map.of("email", Value.of(EMAIL), "first_name", Value.of(TEXT), "unknown", Value.of(TEXT)));
        assertThat(rig.api("POST", "/api/v4/leads", lead).statusCode()).isEqualTo(422);
        // Genuine, and yet nothing a processor can read.
        var garbage = ("[{\"" + TEXT + "\":\"" + EMAIL + "\"").getBytes(UTF_8);
        assertThat(rig.post(garbage)).isEqualTo(200);
        post(headers -> headers.put(SIGNATURE, TEXT));
        rig.settle(clock);
        assertThat(rig.queue("EventsDeadLetterQueue").depth().total()).isEqualTo(1);

        var told = output.toString(UTF_8);
        assertThat(told).contains("\"message\":\"request\"", "\"message\":\"batch\"", "dead-letter");
        assertThat(told).doesNotContain(signature);
        assertTellsNothing(told);
    }
}
