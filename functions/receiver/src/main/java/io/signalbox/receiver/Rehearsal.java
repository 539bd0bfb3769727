/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.queue.SqsEventQueue;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.AwsJsonCall;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.JsonLine;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.LoopbackHttp;
import io.signalbox.runtime.MemoryHttp;
import io.signalbox.runtime.Metrics;
import io.signalbox.runtime.Priming;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.samples.VendorSamples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.warmup.SdkWarmUp;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Runs the whole function before its snapshot: requests of every vendor, signed and tampered with, through the real
 * parser, the real parameter store's and queue's adapters and the real SDK, down to a wire that answers from memory, and
 * once down to a socket of this machine. On AWS the SDK then warms its HTTP client up for TLS too. Nothing of it can
 * reach a queue.
 */
final class Rehearsal implements Priming.Step {

    private static final ConnectionId CONNECTION = new ConnectionId("rehearsal");
    private static final Env NOWHERE = new Env(Map.of(
            "AWS_ENDPOINT_URL", "http://localhost:9",
            "AWS_REGION", "us-east-1",
            "PUBLIC_URL", "https://rehearsal.invalid",
            "EVENTS_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/000000000000/events",
            "REJECTIONS_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/000000000000/rejections"));

    /** So often that what an HTTP call does most is compiled. */
    private static final int WIRE_ROUNDS = 20;

    /** Where Lambda's runtime leaves the trace of the invocation; the SDK then sends it on, by code of its own. */
    private static final String TRACE = "com.amazonaws.xray.traceHeader";

    private final Env env;

    Rehearsal(Env env) {
        this.env = env;
    }

    @Override
    public void run() throws Exception {
        for (var vendor : Vendors.all()) {
            rehearse(vendor);
        }
        rehearseWire(Vendors.all().iterator().next());
        if (env.find("AWS_ENDPOINT_URL").isEmpty()) {
            SdkWarmUp.warmUp(SqsClient.class);
        }
    }

    private static void rehearse(Vendor vendor) throws Exception {
        var clock = Clock.systemUTC();
        var random = new SecureRandom();
        var samples = vendor.samples();
        var connection = connection(vendor, samples.newSecret(random), clock);
        var body = samples.life(random, clock.instant()).bodies().getFirst();
        var signed = samples.sign(body, connection, clock.instant());
        var handler = handler(connection, clock);

        expect(200, handler, event(vendor, "rehearsal", signed));
        expect(401, handler, event(vendor, "rehearsal", samples.tampered(signed)));
        expect(503, handler, event(vendor, "other", signed));
    }

    /** Once more with the HTTP client, over a socket of this machine: its first use costs as much as all the rest. */
    private static void rehearseWire(Vendor vendor) throws Exception {
        var clock = Clock.systemUTC();
        var random = new SecureRandom();
        var samples = vendor.samples();
        var connection = connection(vendor, samples.newSecret(random), clock);
        var body = samples.life(random, clock.instant()).bodies().getFirst();
        var signed = samples.sign(body, connection, clock.instant());
        try (var services = new LoopbackHttp(new RehearsalServices(parameter(connection, clock)))) {
            var variables = new HashMap<>(NOWHERE.variables());
            variables.put("AWS_ENDPOINT_URL", services.endpoint().toString());
            variables.put("PARAMETER_PREFIX", "/rehearsal");
            var here = new Env(variables);
            System.setProperty(TRACE, "Root=1-00000000-000000000000000000000000");
            try (var sqs = Aws.client(SqsClient.builder(), here)) {
                for (var round = 0; round < WIRE_ROUNDS; round++) {
                    var handler = handler(SsmParameters.of(here), sqs, here, clock);
                    expect(200, handler, event(vendor, "rehearsal", signed));
                }
            } finally {
                System.clearProperty(TRACE);
            }
        }
    }

    private static Connection connection(Vendor vendor, String secret, Clock clock) {
        var now = clock.instant();
        return new Connection(
                CONNECTION,
                vendor.id(),
                URI.create("https://rehearsal.invalid/hooks/v1/" + vendor.id() + "/rehearsal"),
                List.of(new Connection.Secret("rehearsal", secret, now, Optional.empty())),
                vendor.samples().options(),
                now);
    }

    private static ReceiverHandler handler(Connection connection, Clock clock) throws Exception {
        var http = new MemoryHttp(new RehearsalServices(parameter(connection, clock)));
        var sqs = SqsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
                .httpClient(http)
                .build();
        var parameters = new SsmParameters(new AwsJsonCall(NOWHERE, http, "ssm", "AmazonSSM"), "/rehearsal");
        return handler(parameters, sqs, NOWHERE, clock);
    }

    private static ReceiverHandler handler(Parameters parameters, SqsClient sqs, Env env, Clock clock) {
        var receiver =
                new Receiver(env, new ConnectionParameters(parameters, clock), new SqsEventQueue(sqs, env), clock);
        var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new ReceiverHandler(
                receiver, new Log("receiver", clock, silence), new Metrics("receiver", clock, silence));
    }

    /** The connection as the parameter store holds it. */
    private static String parameter(Connection connection, Clock clock) throws Exception {
        var stored = new MemoryParameters();
        new ConnectionParameters(stored, clock).save(connection);
        return stored.get(ConnectionParameters.name(CONNECTION)).orElseThrow();
    }

    private static byte[] event(Vendor vendor, String connection, VendorSamples.Signed signed) {
        var event = new JsonLine(4_096)
                .with("version", "2.0")
                .with("rawQueryString", signed.query())
                .object("headers");
        signed.headers().forEach(event::with);
        return event.with("x-amzn-trace-id", "Root=1-00000000-000000000000000000000000")
                .end()
                .object("requestContext")
                .with("requestId", "rehearsal")
                .object("http")
                .with("method", signed.method())
                .with("sourceIp", "127.0.0.1")
                .end()
                .end()
                .object("pathParameters")
                .with("vendor", vendor.id().value())
                .with("connection", connection)
                .end()
                .with("body", new String(signed.body(), StandardCharsets.UTF_8))
                .with("isBase64Encoded", false)
                .close()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void expect(int status, ReceiverHandler handler, byte[] event) throws Exception {
        var answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event), answer, null);
        if (!answer.toString(StandardCharsets.UTF_8).startsWith("{\"statusCode\":" + status + ",")) {
            throw new IllegalStateException("the rehearsal was not answered " + status);
        }
    }
}
