/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of {@code src/main/openapi} as one tree. Run it to write {@code spec.json}. */
final class Sources {

    static final Path JSON = Path.of("src", "main", "resources", "io", "signalbox", "api", "openapi", "spec.json");
    private static final Path FOLDER = Path.of("src", "main", "openapi");

    private Sources() {}

    public static void main(String[] none) throws IOException {
        Files.createDirectories(JSON.getParent());
        Files.writeString(JSON, Json.pretty(all()) + "\n");
    }

    static Value.Obj all() throws IOException {
        Value all = Value.of(Map.of());
        try (var files = Files.list(FOLDER)) {
            for (var file : files.sorted().toList()) {
                all = joined(all, parse(Files.readString(file)), file.toString());
            }
        }
        return (Value.Obj) all;
    }

    /** Both, where no path leads to two values. */
    private static Value joined(Value one, Value other, String where) {
        if (!(one instanceof Value.Obj(var first)) || !(other instanceof Value.Obj(var second))) {
            throw new IllegalArgumentException("written twice: " + where);
        }
        var both = new LinkedHashMap<>(first);
        second.forEach((name, value) -> both.merge(name, value, (a, b) -> joined(a, b, where + " " + name)));
        return Value.of(both);
    }

    private static Value parse(String yaml) {
        return value(new Load(LoadSettings.builder()
                        .setMaxAliasesForCollections(1_000)
                        .build())
                .loadFromString(yaml));
    }

    private static Value value(Object object) {
        return switch (object) {
            case null -> Value.NULL;
            case Boolean truth -> Value.of(truth);
            case Number number -> Value.of(new BigDecimal(number.toString()));
            case List<?> items -> Value.of(items.stream().map(Sources::value).toList());
            case Map<?, ?> members -> {
                var copy = new LinkedHashMap<String, Value>();
                members.forEach((name, member) -> copy.put(name.toString(), value(member)));
                yield Value.of(copy);
            }
            default -> Value.of((String) object);
        };
    }
}
