/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The examples of hooks and events: the smallest body of each vendor that stands for an event, and an event of each type.
 * Run it to write {@code hooks.json} anew, from the bodies and golden events of the vendors there are.
 */
final class SampleHooks {

    static final Path JSON = Path.of("src", "main", "resources", "io", "signalbox", "api", "openapi", "hooks.json");
    private static final Path EVENTS = Path.of("..", "..", "events");
    private static final Path GOLDEN = Path.of("..", "..", "shared", "vendors", "src", "test", "resources", "golden");
    private static final Map<String, List<String>> TYPES = Map.of(
            "json", List.of("application/json"),
            "xml", List.of("text/xml", "application/xml"),
            "txt", List.of("application/x-www-form-urlencoded"));

    /** A body under {@code events/} and the events it becomes. */
    private record Sample(VendorId vendor, Path body, List<Value> events) {

        private String ending() {
            var name = body.getFileName().toString();
            return name.substring(name.lastIndexOf('.') + 1);
        }

        private long size() {
            try {
                return Files.size(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isOf(List<Value> types) {
            return !events.isEmpty() && types.contains(events.getFirst().at("type"));
        }
    }

    private SampleHooks() {}

    public static void main(String[] none) throws IOException, Json.Malformed {
        Files.writeString(JSON, Json.pretty(all()) + "\n");
    }

    static Value.Obj all() throws IOException, Json.Malformed {
        var wanted = Tree.copy(Sources.all().at("asyncapi").at("events")).keySet().stream()
                .map(Value::of)
                .map(Value.class::cast)
                .toList();
        var hooks = new TreeMap<String, Value>();
        var events = new TreeMap<String, Value>();
        for (var vendor : Vendors.all()) {
            var samples = samples(vendor.id());
            var sample = samples.stream()
                    .filter(each -> each.isOf(wanted) && mediaType(each).isPresent())
                    .min(Comparator.comparing((Sample each) ->
                                    each.events().getFirst().at("type").equals(Value.of("vendor.raw")))
                            .thenComparingLong(Sample::size))
                    .orElseThrow(() -> new IllegalStateException("no sample body of " + vendor.id()));
            hooks.put(
                    vendor.id().value(),
                    Tree.of(
                            "file",
                            Value.of(EVENTS.relativize(sample.body()).toString()),
                            "media_type",
                            Value.of(mediaType(sample).orElseThrow()),
                            "body",
                            body(sample.body())));
            for (var each : samples) {
                each.events().stream()
                        .filter(event -> wanted.contains(event.at("type")))
                        .forEach(event -> events.putIfAbsent(event.at("type").asText(), event(event, vendor.id())));
            }
        }
        return (Value.Obj) Tree.of("hooks", Value.of(hooks), "events", Value.of(events));
    }

    /** The body that a file under {@code events/} holds, as an example shows it. */
    static Value body(String file) throws IOException, Json.Malformed {
        return body(EVENTS.resolve(file));
    }

    /** All golden events of a vendor, as examples show them. */
    static List<Value> events(VendorId vendor) throws IOException, Json.Malformed {
        return samples(vendor).stream()
                .flatMap(sample -> sample.events().stream())
                .map(golden -> event(golden, vendor))
                .toList();
    }

    private static List<Sample> samples(VendorId vendor) throws IOException, Json.Malformed {
        var samples = new ArrayList<Sample>();
        try (var files = Files.list(EVENTS.resolve(vendor.value()))) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                var golden = GOLDEN.resolve(vendor.value()).resolve(name.substring(0, name.lastIndexOf('.')) + ".json");
                if (Files.exists(golden)) {
                    samples.add(new Sample(vendor, file, Tree.items(Json.parse(Files.readAllBytes(golden)))));
                }
            }
        }
        return samples;
    }

    private static Optional<String> mediaType(Sample sample) {
        var taken = Vendors.find(sample.vendor()).orElseThrow().mediaTypes();
        return TYPES.getOrDefault(sample.ending(), List.of()).stream()
                .filter(taken::contains)
                .findFirst();
    }

    private static Value body(Path file) throws IOException, Json.Malformed {
        var bytes = Files.readAllBytes(file);
        return file.toString().endsWith(".json") ? Json.parse(bytes) : Value.of(new String(bytes, UTF_8));
    }

    /** As a record's history shows it. */
    private static Value event(Value golden, VendorId vendor) {
        var event = new LinkedHashMap<String, Value>();
        for (var name : List.of("id", "type", "raw_type")) {
            event.put(name, golden.at(name));
        }
        event.put("vendor", Value.of(vendor.value()));
        event.put("connection", Value.of("acme"));
        for (var name : List.of("time", "properties", "data")) {
            event.put(name, golden.at(name));
        }
        return Value.of(event);
    }
}
