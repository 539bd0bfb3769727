/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.gateway;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.emulator.template.HttpApi;
import io.signalbox.emulator.template.Trigger.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP API on a loopback port. It is bound first and given its routes later, because functions want to know their
 * public URL before they can start; until then it answers 503.
 */
public final class HttpGateway implements AutoCloseable {

    /** Longer than this no integration of an HTTP API may take. */
    private static final long INTEGRATION_SECONDS = 30;

    private static final int BACKLOG = 512;

    /** Runs the function of that logical id. */
    @FunctionalInterface
    public interface Invoker {
        Outcome invoke(String function, byte[] event);
    }

    private record Service(HttpApi api, Routes routes, Invoker functions) {}

    private final HttpServer server;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Service service;

    private HttpGateway(HttpServer server, InstantSource clock) {
        this.server = server;
        this.clock = requireNonNull(clock, "clock is null");
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * @param port 0 for any free one
     * @throws IOException when the port is taken
     */
    public static HttpGateway bind(int port, InstantSource clock) throws IOException {
        // Without it each answer waits for the acknowledgement of its own headers, 40 ms on Linux.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        return new HttpGateway(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG), clock);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** From now on requests reach functions. */
    public void serve(HttpApi api, List<Route> routes, Invoker functions) {
        service = new Service(api, new Routes(routes), functions);
    }

    /** Paths under this prefix are no part of the API and go to the handler. */
    public void beside(String prefix, HttpHandler handler) {
        server.createContext(prefix, handler);
    }

    /** From now on requests for this path are refused with 503, until what is returned is run. */
    public Runnable hold(String path) {
        var held = server.createContext(path, exchange -> {
            try (exchange) {
                send(exchange, Response.of(Refusal.unavailable()));
            }
        });
        return () -> server.removeContext(held);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Response response;
            try {
                response = answer(Request.of(exchange));
            } catch (Refusal refusal) {
                response = Response.of(refusal);
            }
            send(exchange, response);
        }
    }

    private Response answer(Request request) throws Refusal {
        var current = service;
        if (current == null) {
            throw Refusal.unavailable();
        }
        var match =
                current.routes.find(request.method(), request.path()).orElseThrow(() -> new Refusal(404, "Not Found"));
        var payload = new Payload(request, match, UUID.randomUUID().toString(), clock.instant());
        Map<?, ?> context = null;
        if (match.route().authorizer().isPresent()) {
            var authorizer =
                    current.api.authorizers().get(match.route().authorizer().get());
            context = authorize(current, authorizer, request, payload);
        }
        var function = match.route().function();
        return Response.of(invoke(current, function, payload.forFunction(context)));
    }

    /** The context for the route's function; refuses unless the authorizer said yes. */
    private Map<?, ?> authorize(Service current, HttpApi.Authorizer authorizer, Request request, Payload payload)
            throws Refusal {
        if (!request.headers().keySet().containsAll(authorizer.identity())) {
            throw new Refusal(401, "Unauthorized");
        }
        try {
            var answer =
                    Json.object(invoke(current, authorizer.function(), payload.forAuthorizer(authorizer.identity())));
            if (!Boolean.TRUE.equals(answer.get("isAuthorized"))) {
                throw new Refusal(403, "Forbidden");
            }
            return answer.get("context") instanceof Map<?, ?> context ? context : Map.of();
        } catch (IOException e) {
            throw Refusal.internalError();
        }
    }

    private byte[] invoke(Service current, String function, byte[] event) throws Refusal {
        var invocation = CompletableFuture.supplyAsync(() -> current.functions.invoke(function, event), threads);
        try {
            return switch (invocation.get(INTEGRATION_SECONDS, TimeUnit.SECONDS)) {
                case Outcome.Answer(var payload) -> payload;
                case Outcome.Failure failure ->
                    throw failure.type().equals(Outcome.Failure.TOO_LARGE)
                            ? new Refusal(413, "Request Entity Too Large")
                            : Refusal.internalError();
            };
        } catch (TimeoutException e) {
            throw Refusal.unavailable();
        } catch (ExecutionException e) {
            throw Refusal.internalError();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable();
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        var headers = exchange.getResponseHeaders();
        response.headers().forEach(headers::set);
        response.cookies().forEach(cookie -> headers.add("set-cookie", cookie));
        headers.remove("content-length");
        headers.set("apigw-requestid", UUID.randomUUID().toString());
        var bodiless =
                exchange.getRequestMethod().equals("HEAD") || response.status() == 204 || response.status() == 304;
        var body = response.body();
        exchange.sendResponseHeaders(response.status(), bodiless || body.length == 0 ? -1 : body.length);
        if (!bodiless && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Takes no more requests; those that are being answered have a second. */
    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }
}
