/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/** Values that a schema does not expect, or only just does. */
final class BrokenValues {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "true",
            "-1",
            "0",
            "1e400",
            "NaN",
            "9007199254740993",
            "../../etc/passwd",
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "\u0000",
            "a\u0000b",
            "\r\nX-Injected: 1",
            "\ud800",
            "\ufeff",
            "\u202egpj.exe",
            "e\u0301",
            "İstanbul",
            "😀".repeat(50),
            "ada@example.com",
            "ADA@EXAMPLE.COM ",
            "@",
            "a@b",
            "2026-02-30",
            "2026-03-01T25:00:00Z",
            "+1000000000-01-01T00:00:00Z",
            "https://",
            "http://127.0.0.1/",
            "javascript:alert(1)",
            "*",
            ",",
            "%",
            "${jndi:x}",
            "__proto__",
            "custom.",
            ".",
            "a:b:c",
            "\"v1\"",
            "W/\"v1\"");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "101",
            "0.1",
            "1e400",
            "-1e400",
            "1e-400",
            "9007199254740993",
            "9223372036854775808",
            "123456789012345678901234567890.123456789",
            "1e2147483647");

    private final RandomGenerator random;
    private final Value components;

    BrokenValues(RandomGenerator random, Value components) {
        this.random = random;
        this.components = components;
    }

    /** Text, of whatever kind. */
    String text() {
        return switch (random.nextInt(10)) {
            case 0 -> "x".repeat(1 + random.nextInt(10_000));
            case 1 -> Integer.toString(random.nextInt());
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    /** The value with one to three places in it broken. */
    Value broken(Value value, Value schema) {
        var broken = value;
        for (var i = random.nextInt(3); i >= 0; i--) {
            broken = once(broken, schema, 0);
        }
        return broken;
    }

    private Value once(Value value, Value reference, int depth) {
        var schema = resolved(reference);
        return switch (value) {
            case Value.Obj(var members)
            when !members.isEmpty() && random.nextInt(8) > 0 -> {
                var copy = new LinkedHashMap<>(members);
                var names = List.copyOf(members.keySet());
                var name = names.get(random.nextInt(names.size()));
                switch (random.nextInt(10)) {
                    case 0 -> copy.remove(name);
                    case 1 -> copy.put(text(), any(2));
                    case 2 -> added(copy, schema);
                    default ->
                        copy.put(
                                name,
                                once(members.get(name), schema.at("properties").at(name), depth + 1));
                }
                yield Value.of(copy);
            }
            case Value.Arr(var items)
            when !items.isEmpty() && random.nextInt(8) > 0 -> {
                var copy = new ArrayList<>(items);
                var i = random.nextInt(items.size());
                switch (random.nextInt(6)) {
                    case 0 -> copy.remove(i);
                    case 1 -> copy.add(copy.get(i));
                    case 2 -> {
                        while (copy.size() < 102) {
                            copy.add(copy.get(i));
                        }
                    }
                    default -> copy.set(i, once(items.get(i), schema.at("items"), depth + 1));
                }
                yield Value.of(copy);
            }
            default -> leaf(schema);
        };
    }

    /** A member that the schema knows and the example lacks. */
    private void added(LinkedHashMap<String, Value> members, Value schema) {
        var names = List.copyOf(Tree.copy(schema.at("properties")).keySet());
        if (!names.isEmpty()) {
            var name = names.get(random.nextInt(names.size()));
            members.put(name, leaf(resolved(schema.at("properties").at(name))));
        }
    }

    private Value leaf(Value schema) {
        return random.nextInt(3) == 0 ? any(3) : near(schema);
    }

    /** What is at the schema's bounds, or one step past them. */
    Value near(Value reference) {
        var schema = resolved(reference);
        if (schema.at("enum") instanceof Value.Arr(var values) && random.nextInt(3) > 0) {
            return values.get(random.nextInt(values.size()));
        }
        var type = schema.at("type") instanceof Value.Text(var name) ? name : "";
        return switch (type) {
            case "string" ->
                random.nextBoolean()
                        ? Value.of(text())
                        : Value.of("a".repeat(Math.max(0, bound(schema, "maxLength", 50) + random.nextInt(3) - 1)));
            case "integer", "number" ->
                random.nextBoolean()
                        ? number()
                        : Value.of(new BigDecimal(bound(schema, random.nextBoolean() ? "minimum" : "maximum", 5)
                                + random.nextInt(3)
                                - 1));
            case "boolean" -> random.nextBoolean() ? Value.TRUE : Value.of("true");
            case "array" -> Value.of(random.nextBoolean() ? List.of() : List.of(near(schema.at("items"))));
            case "object" -> Value.of(new LinkedHashMap<>());
            default -> any(2);
        };
    }

    private static int bound(Value schema, String name, int otherwise) {
        return schema.at(name) instanceof Value.Num(var number) && number.abs().compareTo(new BigDecimal(100_000)) < 0
                ? number.intValue()
                : otherwise;
    }

    private Value number() {
        return Value.of(new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))));
    }

    private Value any(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> number();
            case 5 -> Value.of(List.of(any(depth - 1), any(depth - 1)));
            case 6 -> Tree.of(text(), any(depth - 1));
            case 7 -> nested(random.nextInt(100));
            default -> Value.of(text());
        };
    }

    private static Value nested(int depth) {
        var value = Value.of("x");
        Value whole = value;
        for (var i = 0; i < depth; i++) {
            whole = i % 2 == 0 ? Value.of(List.of(whole)) : Tree.of("and", whole);
        }
        return whole;
    }

    Value resolved(Value schema) {
        var found = schema;
        while (found.at("$ref") instanceof Value.Text(var ref)) {
            var path = ref.substring("#/components/".length()).split("/");
            found = components.at(path[0]).at(path[1]);
        }
        for (var word : List.of("oneOf", "anyOf")) {
            if (found.at(word) instanceof Value.Arr(var ways)) {
                return resolved(ways.get(random.nextInt(ways.size())));
            }
        }
        return found;
    }
}
