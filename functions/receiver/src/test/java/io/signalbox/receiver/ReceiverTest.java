/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.MemoryEventQueue;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Metrics;
import io.signalbox.testkit.SettableClock;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.samples.VendorSamples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {

    private static final VendorId HUBSPOT = new VendorId("hubspot");
    private static final String CANARY = "canary-5f1d";

    private final SettableClock clock = SettableClock.at("2026-03-01T10:00:00Z");
    private final MemoryParameters parameters = new MemoryParameters();
    private final MemoryEventQueue queue = new MemoryEventQueue();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final VendorSamples samples = Vendors.find(HUBSPOT).orElseThrow().samples();
    private final byte[] body = ("[{\"eventId\":1,\"propertyValue\":\"" + CANARY + " é\"}]").getBytes(UTF_8);
    private Connection connection;
    private ReceiverHandler handler;

    @BeforeEach
    void connect() throws Exception {
        connection = connection("acme", "hubspot", samples.newSecret(new Random(1)));
        var connections = new ConnectionParameters(parameters, clock);
        connections.save(connection);
        var env = new Env(Map.of("PUBLIC_URL", "https://signalbox.test"));
        var out = new PrintStream(printed, true, UTF_8);
        handler = new ReceiverHandler(
                new Receiver(env, connections, queue, clock),
                new Log("receiver", clock, out),
                new Metrics("receiver", clock, out));
    }

    private Connection connection(String id, String vendor, String secret) {
        return connection(id, vendor, secret, Map.of());
    }

    private Connection connection(String id, String vendor, String secret, Map<String, Value> options) {
        return new Connection(
                new ConnectionId(id),
                new VendorId(vendor),
                URI.create("https://signalbox.test/hooks/v1/" + vendor + "/" + id),
                List.of(new Connection.Secret("s1", secret, clock.instant(), Optional.empty())),
                options,
                clock.instant());
    }

    private HttpEvents signed(byte[] bytes) {
        return HttpEvents.post(
                "hubspot",
                "acme",
                samples.sign(bytes, connection, clock.instant()).headers(),
                bytes);
    }

    private String output() {
        return printed.toString(UTF_8);
    }

    @Test
    void genuine_request_is_on_the_queue_with_its_bytes_before_it_is_answered() throws Exception {
        var reply = signed(body).with("x-correlation-id", "order.42_a-b").to(handler);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-correlation-id")).isEqualTo("order.42_a-b");
        assertThat(Json.text(reply.body())).isEqualTo("{\"status\":\"accepted\",\"correlation_id\":\"order.42_a-b\"}");
        assertThat(queue.deliveries())
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(new Delivery(
                        HUBSPOT, new ConnectionId("acme"), clock.instant(), "order.42_a-b", Map.of(), body));
        assertThat(queue.rejections()).isEmpty();
    }

    @Test
    void body_in_base64_arrives_as_the_bytes_that_were_sent() throws Exception {
        var bytes = new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '[', ']', 0, (byte) 0xFF};

        assertThat(signed(bytes).inBase64().to(handler).status()).isEqualTo(200);
        assertThat(queue.deliveries().getFirst().body()).isEqualTo(bytes);
    }

    @Test
    void every_vendor_keeps_the_headers_its_normalizer_reads() throws Exception {
        for (var vendor : Vendors.all()) {
            var own = vendor.samples();
            var other = connection("own", vendor.id().value(), own.newSecret(new Random(2)), own.options());
            parameters.delete("connections/own");
            new ConnectionParameters(parameters, clock).save(other);
            clock.advance(Duration.ofMinutes(2));
            for (var bytes : own.life(new Random(3), clock.instant()).bodies()) {
                var event = HttpEvents.of(vendor.id().value(), "own", own.sign(bytes, other, clock.instant()));
                assertThat(event.to(handler).status()).isEqualTo(200);
                var sent = queue.deliveries().getLast();
                // What a connection's options say travels under names with a colon.
                assertThat(sent.headers().keySet().stream().filter(name -> !name.startsWith(":")))
                        .isSubsetOf(vendor.headersToKeep());
                assertThat(vendor.normalize(sent)).hasSize(own.eventsIn(bytes));
            }
        }
    }

    @Test
    void tampered_request_is_refused_noted_and_not_enqueued() throws Exception {
        var event = signed(body).withBody("[]".getBytes(UTF_8)).with("authorization", CANARY);

        var reply = event.to(handler);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("SIGNATURE_INVALID");
        assertThat(Json.text(reply.body())).doesNotContain("MISMATCH").doesNotContain("secret");
        assertThat(queue.deliveries()).isEmpty();
        assertThat(queue.rejections()).singleElement().satisfies(note -> {
            assertThat(note.reason()).isEqualTo("SIGNATURE_MISMATCH");
            assertThat(note.status()).isEqualTo(401);
            assertThat(note.sourceIp()).isEqualTo("203.0.113.9");
            assertThat(note.bodyBytes()).isEqualTo(2);
            assertThat(note.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("x-hubspot-signature-v3", "(44 characters)")
                    .containsEntry("x-hubspot-request-timestamp", Long.toString(clock.millis()))
                    .containsEntry("authorization", "(11 characters)");
        });
    }

    @Test
    void notes_are_twenty_at_once_and_one_a_second_for_each_connection() throws Exception {
        var event = signed(body).with("x-hubspot-signature-v3", "forged");
        for (var i = 0; i < 100; i++) {
            assertThat(event.to(handler).status()).isEqualTo(401);
        }
        assertThat(queue.rejections()).hasSize(20);

        clock.advance(Duration.ofMillis(2_500));
        for (var i = 0; i < 10; i++) {
            event.to(handler);
        }
        assertThat(queue.rejections()).hasSize(22);
        clock.advance(Duration.ofMillis(500));
        event.to(handler);
        assertThat(queue.rejections()).hasSize(23);
    }

    @Test
    void refusal_does_not_depend_on_its_note() throws Exception {
        queue.setAway(true);

        assertThat(signed(body)
                        .with("x-hubspot-signature-v3", "forged")
                        .to(handler)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void absent_queue_is_503_and_never_2xx() throws Exception {
        queue.setAway(true);
        var reply = signed(body).to(handler);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("retry-after")).isEqualTo("10");
        assertThat(reply.code()).isEqualTo("UNAVAILABLE");
        assertThat(output()).contains("\"reason\":\"QUEUE_UNAVAILABLE\"");
    }

    @Test
    void absent_parameter_store_is_503_and_nothing_is_enqueued() throws Exception {
        parameters.setAway(true);
        var reply = signed(body).to(handler);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("retry-after")).isEqualTo("10");
        assertThat(queue.deliveries()).isEmpty();
    }

    @Test
    void queue_that_breaks_in_an_unforeseen_way_is_500() throws Exception {
        var broken = new ReceiverHandler(
                new Receiver(new Env(Map.of()), new ConnectionParameters(parameters, clock), new Broken(), clock),
                new Log("receiver", clock, new PrintStream(printed, true, UTF_8)),
                new Metrics("receiver", clock, new PrintStream(printed, true, UTF_8)));
        var reply = signed(body).to(broken);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("INTERNAL");
        assertThat(output()).contains("\"level\":\"ERROR\"").doesNotContain(CANARY);
    }

    private static final class Broken implements io.signalbox.queue.EventQueue {
        @Override
        public void send(Delivery delivery) {
            throw new IllegalStateException(CANARY);
        }

        @Override
        public void note(Rejection rejection) {
            throw new IllegalStateException(CANARY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hubspot, other",
        "hubspot, ''",
        "hubspot, ACME",
        "standard, acme",
        "nobody, acme",
        "'', acme",
        "hubspot, ../acme"
    })
    void unknown_vendor_or_connection_is_404_and_leaves_no_note(String vendor, String id) throws Exception {
        var reply = signed(body).to(vendor, id).to(handler);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("NOT_FOUND");
        assertThat(queue.deliveries()).isEmpty();
        assertThat(queue.rejections()).isEmpty();
        assertThat(output()).doesNotContain("../acme").doesNotContain("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "HEAD", "DELETE", "OPTIONS"})
    void other_methods_are_405_and_say_what_is_allowed(String method) throws Exception {
        var reply = signed(body).withMethod(method).to(handler);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/json; charset=utf-8, 200",
        "APPLICATION/JSON ;charset=utf-8, 200",
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415",
        "application/jsonp, 415",
        "'', 415"
    })
    void media_type_is_the_vendors(String type, int status) throws Exception {
        assertThat(signed(body).with("content-type", type).to(handler).status()).isEqualTo(status);
        assertThat(queue.rejections()).hasSize(status == 415 ? 1 : 0);
    }

    /** Whoever sets a trigger up there may choose what nobody can prove here. */
    @Test
    void a_get_of_zendesks_is_told_what_to_choose() throws Exception {
        var reply = HttpEvents.post("zendesk", "acme", Map.of(), body)
                .withMethod("GET")
                .to(handler);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("PATCH, POST, PUT");
        assertThat(reply.body().at("message").asText()).contains("choose POST, PUT or PATCH", "does not sign");
    }

    @Test
    void missing_media_type_is_let_pass() throws Exception {
        var event = signed(body);
        var headers = new LinkedHashMap<>(event.headers());
        headers.remove("content-type");

        assertThat(HttpEvents.post("hubspot", "acme", headers, body).to(handler).status())
                .isEqualTo(200);
    }

    @Test
    void largest_body_is_taken_and_one_byte_more_is_413_with_the_limit() throws Exception {
        var largest = new byte[DeliveryCodec.MAX_BODY_BYTES];
        java.util.Arrays.fill(largest, (byte) ' ');
        assertThat(signed(largest).to(handler).status()).isEqualTo(200);

        var reply = signed(java.util.Arrays.copyOf(largest, largest.length + 1)).to(handler);

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body().at("message").asText()).contains(Integer.toString(DeliveryCodec.MAX_BODY_BYTES));
        assertThat(queue.deliveries()).hasSize(1);
    }

    @Test
    void binary_body_that_base64_would_make_too_large_is_413() throws Exception {
        var binary = new byte[DeliveryCodec.MAX_BODY_BYTES / 4 * 3 + 3];

        assertThat(signed(binary).inBase64().to(handler).status()).isEqualTo(413);
        assertThat(queue.deliveries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "short, JKJaXmPLvHcESHA=, unknown-request",
        "has space in it, Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8,"
                + " 1-67891233-abcdef012345678912345678",
        "'a\"b-----------', Self=x;Root=1-67891233-abcdef012345678912345678, 1-67891233-abcdef012345678912345678",
        "given.id_0-9, Root=1-67891233-abcdef012345678912345678, given.id_0-9"
    })
    void correlation_id_is_the_senders_or_the_traces(String given, String trace, String expected) throws Exception {
        var reply = signed(body)
                .with("x-correlation-id", given)
                .with("x-amzn-trace-id", trace)
                .to(handler);

        assertThat(reply.header("x-correlation-id")).isEqualTo(expected);
    }

    @Test
    void one_log_line_a_request_and_a_metric_line_only_when_it_is_not_accepted() throws Exception {
        signed(body).to(handler);
        assertThat(output().lines()).singleElement().satisfies(line -> {
            var json = Json.parse(line);
            assertThat(json.at("outcome").asText()).isEqualTo("accepted");
            assertThat(json.at("bytes").asText()).isEqualTo(Integer.toString(body.length));
            assertThat(json.at("connection").asText()).isEqualTo("acme");
        });

        printed.reset();
        signed(body).with("x-hubspot-signature-v3", CANARY).to(handler);
        assertThat(output().lines()).hasSize(2).anyMatch(line -> line.contains("\"_aws\""));
        assertThat(output()).contains("\"reason\":\"SIGNATURE_MALFORMED\"");
    }

    @Test
    void nothing_of_a_request_or_a_secret_is_printed_or_noted() throws Exception {
        var secret = connection.secrets().getFirst().value();
        signed(body).to(handler);
        signed(body)
                .with("x-hubspot-signature-v3", CANARY)
                .with("cookie", CANARY)
                .to(handler);
        queue.setAway(true);
        signed(body).to(handler);
        parameters.setAway(true);
        clock.advance(Duration.ofMinutes(20));
        signed(body).to(handler);

        assertThat(output()).doesNotContain(CANARY).doesNotContain(secret);
        assertThat(queue.rejections().toString()).doesNotContain(CANARY).doesNotContain(secret);
    }
}
