/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * One HTTP server in place of all vendors, for {@code VENDOR_API_OVERRIDE}: {@code /{host}/{path}} goes to the fake of that
 * host. A fault that was asked for is answered first, whatever the request.
 */
public final class FakeApi implements AutoCloseable {

    /** @param headers names in lower case */
    public record Call(
            String method, String host, String path, String query, Map<String, String> headers, byte[] body) {

        public Value json() {
            try {
                return Json.parse(body);
            } catch (Json.Malformed e) {
                throw new IllegalArgumentException("the request's body is not JSON", e);
            }
        }

        /** The body as a form. */
        public Map<String, String> form() {
            return decoded(new String(body, UTF_8));
        }

        public Map<String, String> parameters() {
            return decoded(query);
        }

        private static Map<String, String> decoded(String text) {
            var fields = new TreeMap<String, String>();
            for (var pair : text.split("&")) {
                var equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.put(
                            URLDecoder.decode(pair.substring(0, equals), UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
                }
            }
            return fields;
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** What to answer. */
    public record Answer(int status, Map<String, String> headers, String body, Manner manner) {

        /** How the answer is sent. */
        public enum Manner {
            WHOLE,
            /** The connection ends in the middle of the body. */
            CUT,
            /** Nothing comes until the fake is closed. */
            NEVER
        }

        public static Answer json(int status, Value body) {
            return new Answer(status, Map.of(), Json.text(body), Manner.WHOLE);
        }

        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body, Manner.WHOLE);
        }

        public Answer with(String header, String value) {
            var all = new HashMap<>(headers);
            all.put(header, value);
            return new Answer(status, all, body, manner);
        }

        public Answer sent(Manner other) {
            return new Answer(status, headers, body, other);
        }
    }

    private final HttpServer server;
    private final Map<String, Function<Call, Answer>> hosts = new ConcurrentHashMap<>();
    private final Deque<Answer> faults = new ArrayDeque<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> next = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("fake-api-", 0).factory()));
        server.start();
    }

    /** From now on requests to that host are answered so. */
    public FakeApi serve(String host, Function<Call, Answer> answers) {
        hosts.put(host, answers);
        return this;
    }

    /** The next requests, whatever they are, get these answers in turn. */
    public void fail(Answer... answers) {
        synchronized (faults) {
            faults.addAll(List.of(answers));
        }
    }

    /** Runs this once, before the next request is answered. */
    public void before(Runnable step) {
        next.set(step);
    }

    /** What was asked so far, faults included. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public void forget() {
        calls.clear();
    }

    /** The base URL for {@code VENDOR_API_OVERRIDE}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var slash = uri.getRawPath().indexOf('/', 1);
        var host = uri.getRawPath().substring(1, slash < 0 ? uri.getRawPath().length() : slash);
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var call = new Call(
                exchange.getRequestMethod(),
                host,
                slash < 0 ? "/" : uri.getRawPath().substring(slash),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers,
                exchange.getRequestBody().readAllBytes());
        calls.add(call);
        Optional.ofNullable(next.getAndSet(null)).ifPresent(Runnable::run);
        send(exchange, answer(call));
    }

    private Answer answer(Call call) {
        synchronized (faults) {
            if (!faults.isEmpty()) {
                return faults.removeFirst();
            }
        }
        var fake = hosts.get(call.host());
        return fake == null ? Answer.of(404, "there is no such host: " + call.host()) : fake.apply(call);
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.manner() == Answer.Manner.NEVER) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return;
        }
        var bytes = answer.body().getBytes(UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (answer.manner() == Answer.Manner.CUT) {
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
        } else if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
