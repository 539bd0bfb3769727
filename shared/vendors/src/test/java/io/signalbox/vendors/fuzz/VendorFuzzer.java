/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Handshake;
import io.signalbox.vendors.Headers;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One input against a vendor's verifier, handshake, settings' check and normalizer: none may throw but
 * {@link Unreadable}, find genuine what its secret did not sign, or make much of little. The entry point is in the form
 * that Jazzer calls; it needs nothing of Jazzer's.
 *
 * <p>An input is text that people can read: the vendor's id, the query, headers one a line, an empty line, and the body.
 * What is missing is empty; an id that nobody has stands for whichever vendor its hash hits.
 */
public final class VendorFuzzer {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final int LONGEST_ANSWER = 1_000;
    private static final int MOST_EVENTS = 2_000;

    /** What a normalizer may make of a body, in bytes: so many times its size, and some. */
    private static final int MOST_GROWTH = 40;

    private static final int ROOM = 100_000;

    private VendorFuzzer() {}

    /** One input, taken apart. */
    record Input(Vendor vendor, String query, Map<String, String> headers, byte[] body) {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        var input = parse(bytes);
        // The input's own secret, another for the next: a fuzzer that watches comparisons must not be able to learn it,
        // and the same input must do the same again.
        var random = new Random(Arrays.hashCode(bytes));
        var connection = connection(input.vendor, input.vendor.samples().options(), random);
        unsigned(input, connection);
        resigned(input, connection);
        greeted(input, connection);
        configured(input, random);
        normalized(input, connection);
    }

    static Input parse(byte[] bytes) {
        var text = new String(bytes, ISO_8859_1);
        var lines = new Lines(text);
        var vendor = vendor(lines.next());
        var query = lines.next();
        var headers = new LinkedHashMap<String, String>();
        for (var line = lines.next(); !line.isEmpty() && headers.size() < 40; line = lines.next()) {
            var colon = line.indexOf(':', 1);
            headers.put(
                    colon < 0 ? line : line.substring(0, colon),
                    colon < 0 ? "" : line.substring(colon + 1).strip());
        }
        return new Input(vendor, query, headers, Arrays.copyOfRange(bytes, lines.at, bytes.length));
    }

    /** Lines of a text up to where the body starts. */
    private static final class Lines {
        private final String text;
        private int at;

        Lines(String text) {
            this.text = text;
        }

        String next() {
            var end = text.indexOf('\n', at);
            var line = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            return line;
        }
    }

    private static Vendor vendor(String id) {
        return Vendors.find(id)
                .orElseGet(() -> Vendors.all()
                        .get(Math.floorMod(id.hashCode(), Vendors.all().size())));
    }

    private static Connection connection(Vendor vendor, Map<String, Value> options, Random random) {
        return new Connection(
                new ConnectionId("acme"),
                vendor.id(),
                URI.create("https://hooks.example.com/hooks/v1/" + vendor.id() + "/acme"),
                List.of(new Connection.Secret(
                        "s1", vendor.samples().newSecret(random), Instant.EPOCH, Optional.empty())),
                options,
                Instant.EPOCH);
    }

    private static InboundRequest request(String method, String query, Map<String, String> sent, byte[] body) {
        var headers = new Headers(8);
        sent.forEach(headers::add);
        return new InboundRequest(method, query, headers, body);
    }

    private static void unsigned(Input input, Connection connection) {
        for (var method : input.vendor.methods()) {
            var request = request(method, input.query, input.headers, input.body);
            require(input.vendor.verify(request, connection, NOW) instanceof Verdict.Refused, "unsigned, and genuine");
            input.vendor
                    .answer(request, connection)
                    .ifPresent(reply -> require(
                            reply.body().length() <= LONGEST_ANSWER
                                    && !reply.mediaType().contains("html"),
                            "a long answer"));
        }
    }

    /** The proof of another body, under this one. */
    private static void resigned(Input input, Connection connection) {
        var samples = input.vendor.samples();
        var other = samples.life(new Random(1), NOW).bodies().getFirst();
        var signed = samples.sign(other, connection, NOW);
        var headers = new LinkedHashMap<>(input.headers);
        headers.putAll(signed.headers());
        // Where a secret is all the proof there is, the samples change that; some put it into the body.
        var isBodySigned = Arrays.equals(signed.body(), other)
                && !Arrays.equals(samples.tampered(signed).body(), signed.body());
        if (isBodySigned && !Arrays.equals(other, input.body)) {
            var request = request(signed.method(), signed.query(), headers, input.body);
            require(input.vendor.verify(request, connection, NOW) instanceof Verdict.Refused, "another's proof counts");
        }
    }

    private static void greeted(Input input, Connection connection) {
        for (var method : input.vendor.handshakeMethods()) {
            var request = request(method, input.query, input.headers, input.body);
            if (input.vendor.greet(request, connection, NOW) instanceof Handshake.Answered(var reply)) {
                require(reply.body().length() <= LONGEST_ANSWER, "a long greeting");
                require(!reply.body().contains("<"), "a greeting echoes markup");
            }
        }
    }

    /** The body as a connection's options. */
    private static void configured(Input input, Random random) {
        Map<String, Value> options;
        try {
            options = Json.parse(input.body) instanceof Value.Obj(var members) ? members : Map.of();
        } catch (Json.Malformed e) {
            return;
        }
        var connection = connection(input.vendor, options, random);
        input.vendor.check(connection).forEach(error -> require(error.pointer().startsWith("/"), "no pointer"));
        var request = request("POST", input.query, input.headers, input.body);
        require(input.vendor.verify(request, connection, NOW) instanceof Verdict.Refused, "unsigned, and genuine");
        input.vendor.kept(request, connection);
    }

    private static void normalized(Input input, Connection connection) {
        var delivery = new Delivery(input.vendor.id(), connection.id(), NOW, "1-fuzz-fuzz", input.headers, input.body);
        try {
            var events = input.vendor.events(delivery, ConnectionSettings.NONE);
            require(events.equals(input.vendor.events(delivery, ConnectionSettings.NONE)), "not the same twice");
            require(events.size() <= MOST_EVENTS, "more events than any body may hold");
            var size = 0L;
            for (var event : events) {
                size += size(event);
            }
            require(size <= ROOM + (long) MOST_GROWTH * input.body.length, "much is made of little: " + size);
        } catch (Unreadable e) {
            require(e.getMessage() != null && e.getMessage().length() <= LONGEST_ANSWER, "a long complaint");
        }
    }

    private static int size(CanonicalEvent event) {
        require(!event.time().isBefore(Instant.EPOCH), "a time before 1970");
        return event.type().getBytes(UTF_8).length
                + event.rawType().getBytes(UTF_8).length
                + Json.bytes(Value.of(event.properties())).length
                + Json.bytes(Value.of(event.data())).length;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
