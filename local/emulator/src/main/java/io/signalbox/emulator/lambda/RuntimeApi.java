/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.template.Function;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's runtime API for one child process (docs.aws.amazon.com, "Using the Lambda runtime API for custom runtimes";
 * {@code restore/next} as AWS's Java client calls it when it starts from a snapshot).
 */
final class RuntimeApi implements AutoCloseable {

    private static final String BASE = "/2018-06-01/runtime/";

    /** An event on its way, and where its outcome is awaited. */
    private record Pending(String requestId, byte[] event, CompletableFuture<Outcome> outcome) {}

    private final Function function;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<Pending> next = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile Pending current;

    RuntimeApi(Function function) throws IOException {
        this.function = function;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(BASE, this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} has them. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Done when the function asks for its first event; failed by {@link Environment.InitFailed}. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    CompletableFuture<Outcome> submit(String requestId, byte[] event) {
        var pending = new Pending(requestId, event, new CompletableFuture<>());
        next.add(pending);
        return pending.outcome;
    }

    /** Whoever waits for anything is told that the process is gone. */
    void exited(Outcome.Failure failure) {
        ready.completeExceptionally(new Environment.InitFailed(failure));
        var waiting = current;
        if (waiting != null) {
            waiting.outcome.complete(failure);
        }
        next.forEach(pending -> pending.outcome.complete(failure));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = exchange.getRequestURI().getPath().substring(BASE.length());
            switch (call) {
                case "restore/next" -> exchange.sendResponseHeaders(200, -1);
                case "invocation/next" -> next(exchange);
                case "init/error", "restore/error" -> {
                    ready.completeExceptionally(new Environment.InitFailed(failure(exchange)));
                    exchange.sendResponseHeaders(202, -1);
                }
                default -> finish(exchange, call);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        ready.complete(null);
        var pending = next.take();
        current = pending;
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", pending.requestId);
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(System.currentTimeMillis() + function.timeout().toMillis()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", LambdaContext.arn(function));
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, pending.event.length);
        exchange.getResponseBody().write(pending.event);
    }

    private void finish(HttpExchange exchange, String call) throws IOException {
        var pending = current;
        if (pending == null || !call.startsWith("invocation/" + pending.requestId + "/")) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var outcome = call.endsWith("/response")
                ? new Outcome.Answer(exchange.getRequestBody().readAllBytes())
                : failure(exchange);
        current = null;
        exchange.sendResponseHeaders(202, -1);
        pending.outcome.complete(outcome);
    }

    private static Outcome.Failure failure(HttpExchange exchange) throws IOException {
        var body = Json.object(exchange.getRequestBody().readAllBytes());
        var stack = body.get("stackTrace") instanceof List<?> frames
                ? frames.stream().map(String::valueOf).toList()
                : List.<String>of();
        var message = body.get("errorMessage");
        return new Outcome.Failure(
                String.valueOf(body.get("errorType")), message == null ? null : String.valueOf(message), stack);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
