/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.VendorId;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.RejectionCodec;
import io.signalbox.runtime.Env;
import io.signalbox.testkit.LocalAws;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.samples.VendorSamples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handler as Lambda makes it, against the emulated services. */
class ReceiverHandlerTest {

    private final LocalAws aws = LocalAws.fresh();
    private final VendorSamples samples =
            Vendors.find(new VendorId("standard")).orElseThrow().samples();
    private final Connection connection = new Connection(
            new ConnectionId("acme"),
            new VendorId("standard"),
            URI.create("https://signalbox.test/hooks/v1/standard/acme"),
            List.of(new Connection.Secret("s1", samples.newSecret(new Random(1)), Instant.EPOCH, Optional.empty())),
            Map.of(),
            Instant.EPOCH);

    @BeforeEach
    void connect() throws Exception {
        new ConnectionParameters(SsmParameters.of(aws.env()), Clock.systemUTC()).save(connection);
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void genuine_and_forged_requests_end_on_their_queues() throws Exception {
        var handler = new ReceiverHandler(aws.env(), Clock.systemUTC());
        var body = "{\"type\":\"contact.created\"}".getBytes(UTF_8);
        var event = HttpEvents.post(
                "standard",
                "acme",
                samples.sign(body, connection, Instant.now()).headers(),
                body);

        assertThat(event.to(handler).status()).isEqualTo(200);
        assertThat(event.with("webhook-signature", "v1,AAAA").to(handler).status())
                .isEqualTo(401);

        var delivery = DeliveryCodec.decode(receive("EVENTS_QUEUE_URL"));
        assertThat(delivery.body()).isEqualTo(body);
        assertThat(delivery.headers()).containsOnlyKeys("webhook-id");
        assertThat(RejectionCodec.decode(receive("REJECTIONS_QUEUE_URL")).reason())
                .isEqualTo("SIGNATURE_MISMATCH");
    }

    @Test
    void queue_that_nobody_made_is_503() throws Exception {
        var handler = new ReceiverHandler(
                aws.env("EVENTS_QUEUE_URL", aws.env().require("EVENTS_QUEUE_URL") + "-gone"), Clock.systemUTC());
        var body = "{}".getBytes(UTF_8);
        var event = HttpEvents.post(
                "standard",
                "acme",
                samples.sign(body, connection, Instant.now()).headers(),
                body);

        assertThat(event.to(handler).status()).isEqualTo(503);
    }

    @Test
    void what_is_not_an_event_is_an_error_of_the_invocation() {
        var handler = new ReceiverHandler(aws.env(), Clock.systemUTC());

        assertThatThrownBy(() -> handler.handleRequest(
                        new ByteArrayInputStream("[]".getBytes(UTF_8)), new ByteArrayOutputStream(), null))
                .isInstanceOf(IOException.class);
    }

    @Test
    void rehearsal_runs_through_and_reaches_no_queue() throws Exception {
        new Rehearsal(aws.env()).run();

        assertThat(receive("EVENTS_QUEUE_URL")).isNull();
        assertThat(receive("REJECTIONS_QUEUE_URL")).isNull();
    }

    /** In a JVM of its own that logs the classes it loads: that is what a snapshot would hold, and what not. */
    @Test
    void first_request_after_the_rehearsal_loads_no_class_of_ours() throws Exception {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xlog:class+load:stdout:tags",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FirstRequest.class.getName(),
                connection.secrets().getFirst().value()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(aws.env().variables());
        var process = builder.start();
        process.getOutputStream().close();
        var lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();

        assertThat(process.waitFor()).isZero();
        var start = lines.indexOf(FirstRequest.START);
        var end = lines.indexOf(FirstRequest.END);
        assertThat(start).isPositive().isLessThan(end);
        assertThat(lines.subList(start, end))
                .filteredOn(line -> line.startsWith("[class,load]"))
                .noneMatch(line -> line.contains(" io.signalbox."));
        assertThat(lines.subList(0, start)).anyMatch(line -> line.contains(" io.signalbox.receiver.HookRequest"));
    }

    /** The process of the test above. */
    static final class FirstRequest {
        static final String START = "-- first request";
        static final String END = "-- answered";

        private FirstRequest() {}

        public static void main(String[] args) throws Exception {
            var handler = new ReceiverHandler(Env.process(), Clock.systemUTC());
            new Rehearsal(Env.process()).run();
            var secret = new Connection.Secret("s1", args[0], Instant.EPOCH, Optional.empty());
            var url = URI.create("https://signalbox.test/hooks/v1/standard/acme");
            var connection = new Connection(
                    new ConnectionId("acme"), new VendorId("standard"), url, List.of(secret), Map.of(), Instant.EPOCH);
            var samples = Vendors.find(new VendorId("standard")).orElseThrow().samples();
            var body = "{\"type\":\"contact.created\"}".getBytes(UTF_8);
            var headers = samples.sign(body, connection, Instant.now()).headers();
            var event = new ByteArrayInputStream(
                    HttpEvents.post("standard", "acme", headers, body).json());
            var answer = new ByteArrayOutputStream();
            System.out.println(START);
            handler.handleRequest(event, answer, null);
            System.out.println(END);
            System.exit(answer.toString(UTF_8).contains("\"statusCode\":200") ? 0 : 3);
        }
    }

    private String receive(String queue) {
        var messages = aws.sqs()
                .receiveMessage(request -> request.queueUrl(aws.env().require(queue)))
                .messages();
        return messages.isEmpty() ? null : messages.getFirst().body();
    }
}
