/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.versions;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table of all deprecations, {@code deprecations.json}. What is in it is signalled with every answer that it
 * concerns, marked in the contract, counted by client, described on a page, and refused when its time has come.
 */
public record Deprecations(List<Deprecation> all) {

    private static final String FILE = "deprecations.json";

    public Deprecations {
        all = List.copyOf(all);
    }

    /** Those of the file. */
    public static Deprecations read() {
        return new Deprecations(items(Resources.json(Deprecations.class, FILE)).stream()
                .map(Deprecations::deprecation)
                .toList());
    }

    public Optional<Deprecation> named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The deprecated field of that name that records of the type have. */
    public Optional<Deprecation> field(ObjectType object, String name) {
        return named(name).filter(one -> one.objects().contains(object));
    }

    private static Deprecation deprecation(Value json) {
        return new Deprecation(
                json.at("name").asText(),
                Deprecation.Kind.valueOf(json.at("kind").asText().toUpperCase(Locale.ROOT)),
                items(json.at("objects")).stream()
                        .map(name -> new ObjectType(name.asText()))
                        .collect(Collectors.toSet()),
                json.at("replacement").asText(),
                time(json.at("deprecated_at")),
                time(json.at("sunset_at")),
                items(json.at("brownouts")).stream()
                        .map(window -> new Deprecation.Window(time(window.at("from")), time(window.at("to"))))
                        .toList(),
                json.at("why").asText(),
                json.at("instead").asText());
    }

    private static Instant time(Value text) {
        return Instant.parse(text.asText());
    }

    private static List<Value> items(Value value) {
        return value instanceof Value.Arr(var items) ? items : List.of();
    }

    /** Reads the tables of this package. */
    static final class Resources {

        private Resources() {}

        static Value json(Class<?> beside, String file) {
            try (var in = requireNonNull(beside.getResourceAsStream(file), () -> "no " + file)) {
                return Json.parse(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Json.Malformed e) {
                throw new IllegalStateException(file + " is not JSON", e);
            }
        }
    }
}
