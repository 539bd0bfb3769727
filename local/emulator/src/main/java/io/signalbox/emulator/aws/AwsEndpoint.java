/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.emulator.sqs.Queues;
import io.signalbox.emulator.template.Template;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One address on the loopback device that answers AWS SDKs as DynamoDB, DynamoDB Streams, SQS and Parameter Store do.
 * Give it to a client as its endpoint, with any region and any credentials.
 *
 * <p>It starts in about a second, most of it DynamoDB Local's. Whoever can reach the port has everything behind it, for
 * nobody's signature is checked: hence the loopback device alone.
 */
public final class AwsEndpoint implements AutoCloseable {

    private static final int BACKLOG = 512;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String url;
    private final DynamoDb dynamoDb;
    private final Queues queues;
    private final SqsProtocol sqs;
    private final SsmProtocol ssm;
    private final UsageCounter usage = new UsageCounter();
    private volatile FaultPlan faults = FaultPlan.none();

    /**
     * Where and how to listen.
     *
     * @param port 0 for any free one
     * @param directory what is kept there outlives the process; null keeps everything in memory
     * @param clock moves the timeouts of queues; receives that wait do so in real time
     */
    public record Options(int port, Path directory, InstantSource clock) {
        public Options {
            requireNonNull(clock, "clock is null");
        }

        /** In memory, on any free port, with the system's clock. */
        public static Options inMemory() {
            return new Options(0, null, InstantSource.system());
        }
    }

    private AwsEndpoint(
            HttpServer server, Queues queues, ParameterStore parameters, DynamoDb dynamoDb, InstantSource clock) {
        this.server = server;
        this.queues = queues;
        this.dynamoDb = dynamoDb;
        this.url = "http://127.0.0.1:" + server.getAddress().getPort();
        this.sqs = new SqsProtocol(queues, usage::sqs, url);
        this.ssm = new SsmProtocol(parameters, clock);
        queues.meter(usage::sqs);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** @throws IOException when the port is taken, or the directory in use or damaged */
    public static AwsEndpoint start(Options options) throws IOException {
        // Without it each answer waits for the acknowledgement of its own headers, 40 ms on Linux.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var directory = options.directory();
        var clock = options.clock();
        var opened = new ArrayDeque<Closeable>();
        try {
            var server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), BACKLOG);
            opened.push(() -> server.stop(0));
            var queues = directory == null ? Queues.inMemory(clock) : Queues.open(directory.resolve("sqs"), clock);
            opened.push(queues::close);
            var parameters = directory == null
                    ? ParameterStore.inMemory()
                    : ParameterStore.open(directory.resolve("parameters.json"));
            var dynamoDb = new DynamoDb(directory == null ? null : directory.resolve("dynamodb"));
            return new AwsEndpoint(server, queues, parameters, dynamoDb, clock);
        } catch (IOException e) {
            for (var each : opened) {
                each.close();
            }
            throw e;
        }
    }

    public String url() {
        return url;
    }

    /** The queues, without HTTP between: for an event source mapping in this process. Requests count all the same. */
    public Queues queues() {
        return queues;
    }

    /** The URL by which SDKs name a queue, whether it exists or not. */
    public String queueUrl(String name) {
        return sqs.url(name);
    }

    /**
     * Makes the tables and queues that a template names. A queue that is there gets the template's attributes; a table
     * that is there stays as it is.
     */
    public void create(Template template) throws IOException {
        Provisioning.queues(queues, template);
        Provisioning.tables(dynamoDb, template);
    }

    /** What was consumed since the start. */
    public Usage usage() {
        return usage.snapshot();
    }

    /** From now on calls fail by this plan; {@link FaultPlan#none} ends it. */
    public void faults(FaultPlan plan) {
        faults = requireNonNull(plan, "plan is null");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var call = Call.of(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            if (call == null) {
                send(exchange, new Answer(404, Map.of(), new byte[0]));
                return;
            }
            // Closing without an answer drops the connection.
            switch (faults.decide(call)) {
                case NONE -> send(exchange, answer(call, exchange, body));
                case THROTTLE -> send(exchange, Refusals.throttled(call));
                case INTERNAL_ERROR -> send(exchange, Refusals.internalError(call));
                case ANSWER_LOST -> answer(call, exchange, body);
                case CRASH -> {}
            }
        }
    }

    private Answer answer(Call call, HttpExchange exchange, byte[] body) throws IOException {
        return switch (call.service()) {
            case SQS -> sqs.call(call.action(), body);
            case SSM -> {
                usage.ssm(call.action());
                yield ssm.call(call.action(), body);
            }
            case DYNAMODB, DYNAMODB_STREAMS -> {
                var answer = dynamoDb.call(
                        call.target(), exchange.getRequestHeaders().getFirst("Authorization"), body);
                usage.dynamoDb(call.action(), body, answer);
                yield answer;
            }
        };
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        answer.headers().forEach(headers::set);
        headers.set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        if (answer.body().length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    /** Drops open connections; what was answered is kept. */
    @Override
    public void close() throws IOException {
        server.stop(0);
        queues.close();
        threads.shutdownNow();
        dynamoDb.close();
    }
}
