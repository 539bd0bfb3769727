/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The bytes by which DynamoDB measures an item: names and values in UTF-8, two digits of a number a byte and one more,
 * three bytes for a list or map and one for each of its elements. Source: "DynamoDB item sizes and formats" in the
 * developer guide, which calls the figure for numbers approximate.
 */
final class ItemSize {

    private static final int CONTAINER = 3;

    private ItemSize() {}

    static int of(Map<?, ?> item) {
        var sum = 0;
        for (var attribute : item.entrySet()) {
            sum += utf8(attribute.getKey()) + value((Map<?, ?>) attribute.getValue());
        }
        return sum;
    }

    private static int value(Map<?, ?> typed) {
        var type = typed.entrySet().iterator().next();
        var value = type.getValue();
        return switch (String.valueOf(type.getKey())) {
            case "S" -> utf8(value);
            case "N" -> number(String.valueOf(value));
            case "B" -> Base64.getDecoder().decode(String.valueOf(value)).length;
            case "SS" -> ((List<?>) value).stream().mapToInt(ItemSize::utf8).sum();
            case "NS" ->
                ((List<?>) value)
                        .stream().mapToInt(n -> number(String.valueOf(n))).sum();
            case "BS" ->
                ((List<?>) value)
                        .stream()
                                .mapToInt(b -> Base64.getDecoder().decode(String.valueOf(b)).length)
                                .sum();
            case "L" ->
                CONTAINER
                        + ((List<?>) value)
                                .stream()
                                        .mapToInt(e -> 1 + value((Map<?, ?>) e))
                                        .sum();
            case "M" -> CONTAINER + ((Map<?, ?>) value).size() + of((Map<?, ?>) value);
            default -> 1;
        };
    }

    private static int number(String text) {
        var digits = text.chars().filter(Character::isDigit).count();
        return (int) (digits + 1) / 2 + (text.startsWith("-") ? 2 : 1);
    }

    private static int utf8(Object text) {
        return String.valueOf(text).getBytes(StandardCharsets.UTF_8).length;
    }
}
