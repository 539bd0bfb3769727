/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every body under {@code events/} against the canonical events it stands for, in {@code golden/}. A change of mapping
 * shows as a change of these files: {@code -Dupdate} writes them anew, to be read before they are committed. What the
 * mapping makes now is left under {@code target/golden} too. The headers that a body comes with, where its meaning needs
 * them, stand beside it in {@code {name}.headers.json}.
 */
class SampleBodiesTest {

    static final String HEADERS = ".headers.json";

    /** Options of the connection by which all bodies come whose names begin with the same word. */
    static final String OPTIONS = ".options.json";

    /** No body was written at this millisecond: what is of it has no time of its own. */
    private static final Instant RECEIPT = Connections.NOW.plusMillis(777);

    static final Path EVENTS = Path.of("..", "..", "events");
    static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    static List<Path> bodies() throws IOException {
        var bodies = new ArrayList<Path>();
        for (var vendor : Vendors.all()) {
            try (var files = Files.list(EVENTS.resolve(vendor.id().value()))) {
                files.map(EVENTS::relativize)
                        .filter(file -> isBody(file.toString()))
                        .sorted()
                        .forEach(bodies::add);
            }
        }
        return bodies;
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void sample_body_becomes_its_golden_events(Path body) throws Exception {
        var made = Json.pretty(Value.of(
                        normalize(body).stream().map(SampleBodiesTest::json).toList()))
                + "\n";
        write(Path.of("target").resolve("golden").resolve(golden(body)), made);
        if (System.getProperty("update") != null) {
            write(GOLDEN.resolve(golden(body)), made);
        }

        assertThat(GOLDEN.resolve(golden(body))).hasContent(made);
    }

    static boolean isBody(String file) {
        return !file.endsWith(HEADERS) && !file.endsWith(OPTIONS);
    }

    /** The golden file of a body: of its name, and JSON whatever the body is. */
    static Path golden(Path body) {
        var name = body.getFileName().toString();
        return body.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".json");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static Map<String, String> headers(Path body) throws IOException, Json.Malformed {
        if (body.startsWith("standard")) {
            return Map.of("webhook-id", "msg_" + body.getFileName());
        }
        var name = golden(body).getFileName().toString();
        var file = EVENTS.resolve(body).resolveSibling(name.substring(0, name.lastIndexOf('.')) + HEADERS);
        var headers = new LinkedHashMap<String, String>();
        if (Files.exists(file) && Json.parse(Files.readAllBytes(file)) instanceof Value.Obj(var members)) {
            members.forEach((header, value) -> headers.put(header, value.asText()));
        }
        return headers;
    }

    /** What a connection with the options beside the body makes of the request. */
    static Map<String, String> kept(Path body) throws IOException, Json.Malformed {
        var vendor = body.getName(0).toString();
        var name = body.getFileName().toString();
        var dash = name.indexOf('-');
        var file = EVENTS.resolve(body).resolveSibling(name.substring(0, dash < 0 ? 0 : dash) + OPTIONS);
        if (!Files.exists(file)) {
            return headers(body);
        }
        var options = ((Value.Obj) Json.parse(Files.readAllBytes(file))).members();
        var sent = new Headers(2);
        headers(body).forEach(sent::add);
        var connection = Connections.of(vendor, "https://a.example/", options);
        return Vendors.find(vendor).orElseThrow().kept(new InboundRequest("POST", "", sent, new byte[0]), connection);
    }

    private static List<CanonicalEvent> normalize(Path body) throws Exception {
        var vendor = body.getName(0).toString();
        var delivery = new Delivery(
                new VendorId(vendor),
                new ConnectionId("acme"),
                RECEIPT,
                "1-test-test",
                kept(body),
                Files.readAllBytes(EVENTS.resolve(body)));
        return Vendors.find(vendor).orElseThrow().events(delivery, ConnectionSettings.NONE);
    }

    private static Value json(CanonicalEvent event) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(event.id().value()));
        json.put("type", Value.of(event.type()));
        json.put("raw_type", Value.of(event.rawType()));
        json.put("object", Value.of(event.object().name()));
        json.put("subject", Value.of(subject(event.subject())));
        json.put("time", Value.of(event.time().toString()));
        json.put("properties", Value.of(event.properties()));
        if (!event.merged().isEmpty()) {
            json.put(
                    "merged",
                    Value.of(event.merged().stream()
                            .map(id -> Value.of(id.toString()))
                            .toList()));
        }
        json.put("data", Value.of(event.data()));
        return Value.of(json);
    }

    private static String subject(Subject subject) {
        return switch (subject) {
            case Subject.External(var id) -> id.toString();
            case Subject.Keyed(var key) -> key.toString();
            case Subject.Own(var id) -> id.toString();
        };
    }
}
