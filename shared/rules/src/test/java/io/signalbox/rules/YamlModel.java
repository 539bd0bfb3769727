/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

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

/** YAML, core schema, as a {@link Value}. Run it with a YAML file and a JSON file to write the second from the first. */
final class YamlModel {

    private YamlModel() {}

    public static void main(String[] files) throws IOException {
        var value = parse(Files.readString(Path.of(files[0])));
        Files.writeString(Path.of(files[1]), Json.pretty(value) + "\n");
    }

    static Value parse(String yaml) {
        return value(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private static Value value(Object object) {
        return switch (object) {
            case null -> Value.NULL;
            case Boolean truth -> Value.of(truth);
            case Number number -> Value.of(new BigDecimal(number.toString()));
            case List<?> items -> Value.of(items.stream().map(YamlModel::value).toList());
            case Map<?, ?> members -> {
                var copy = new LinkedHashMap<String, Value>();
                members.forEach((name, member) -> copy.put((String) name, value(member)));
                yield Value.of(copy);
            }
            default -> Value.of((String) object);
        };
    }
}
