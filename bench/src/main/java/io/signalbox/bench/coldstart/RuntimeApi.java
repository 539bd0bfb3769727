/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The Lambda Runtime API for one function and one event at a time, with nothing between the runtime's requests and the
 * harness's clock: it hands control over at the very moment the runtime asks or answers. Paths and headers as in AWS's
 * "Using the Lambda runtime API".
 */
final class RuntimeApi implements AutoCloseable {

    private static final String BASE = "/2018-06-01/runtime/";
    private static final long PATIENCE_SECONDS = 30;

    private final HttpServer server;
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore restoreAsked = new Semaphore(0);
    private final Semaphore restore = new Semaphore(0);
    private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private volatile String initError;
    private int invocations;

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(BASE, this::answer);
        server.start();
    }

    String address() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** Waits until the runtime asks for an event, so until it has initialised. */
    void awaitAsked() {
        await(asked);
        failIfNotInitialised();
    }

    /** Waits until the runtime has run its hooks and is ready for the snapshot. */
    void awaitSnapshot() {
        await(restoreAsked);
        failIfNotInitialised();
    }

    private void failIfNotInitialised() {
        if (initError != null) {
            throw new IllegalStateException("the function failed to initialise: " + initError);
        }
    }

    /** Lets the runtime go on as if it had been restored. */
    void restore() {
        restore.release();
    }

    /** Hands an event to a runtime that has asked for one, and waits for the function's answer; empty when none came. */
    Optional<String> invoke(byte[] event) {
        events.add(event);
        try {
            return Optional.ofNullable(answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = exchange.getRequestURI().getPath().substring(BASE.length());
            var body = exchange.getRequestBody().readAllBytes();
            // The runtime interface client's native part dereferences it unseen.
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (call.equals("invocation/next")) {
                next(exchange);
            } else if (call.equals("restore/next")) {
                restoreAsked.release();
                await(restore);
                exchange.sendResponseHeaders(200, -1);
            } else if (call.endsWith("/response")) {
                answers.add(new String(body, StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(202, -1);
            } else if (call.equals("init/error")) {
                initError = new String(body, StandardCharsets.UTF_8);
                asked.release();
                restoreAsked.release();
                exchange.sendResponseHeaders(202, -1);
            } else {
                answers.add("error at " + call + ": " + new String(body, StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(202, -1);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        asked.release();
        var event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", "00000000-0000-4000-8000-" + "%012d".formatted(invocations++));
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:bench");
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0");
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    private static void await(Semaphore semaphore) {
        try {
            if (!semaphore.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the runtime did not come so far");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
