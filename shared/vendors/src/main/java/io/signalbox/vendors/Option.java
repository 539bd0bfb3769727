/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of a vendor's switches, as data: what checks a connection, what the API and the documentation tell of it, and what
 * reads it, all go by this.
 *
 * @param name as it stands in a connection's {@code options}
 * @param form what values it takes
 * @param meaning in a sentence, for people
 * @param otherwise its value where a connection does not set it; null is "unset"
 * @param isRequired whether a connection must set it
 */
public record Option(String name, Form form, String meaning, Value otherwise, boolean isRequired) {

    public Option {
        requireNonNull(name, "name is null");
        requireNonNull(form, "form is null");
        requireNonNull(meaning, "meaning is null");
        requireNonNull(otherwise, "otherwise is null");
    }

    /** What values an option takes. */
    public sealed interface Form {
        record Truth() implements Form {}

        /** A whole number from {@code least} to {@code most}. */
        record Whole(long least, long most) implements Form {}

        record Choice(List<String> values) implements Form {
            public Choice {
                values = List.copyOf(values);
            }
        }

        /**
         * A text.
         *
         * @param said the pattern in words, to follow "This is "
         */
        record Words(Pattern pattern, String said) implements Form {}

        /** An object whose members the vendor's own check judges. */
        record Members() implements Form {}
    }

    /** A switch that is off unless it is set. */
    public static Option truth(String name, String meaning) {
        return new Option(name, new Form.Truth(), meaning, Value.FALSE, false);
    }

    public static Option whole(String name, long least, long most, long otherwise, String meaning) {
        return new Option(name, new Form.Whole(least, most), meaning, Value.of(otherwise), false);
    }

    /** One of {@code values}; the first where it is not set. */
    public static Option choice(String name, List<String> values, String meaning) {
        return new Option(name, new Form.Choice(values), meaning, Value.of(values.getFirst()), false);
    }

    /**
     * A text that is unset unless it is set.
     *
     * @param regex what the whole of it matches
     * @param said the same in words, to follow "This is ": {@code 15 or 18 letters and digits}
     */
    public static Option words(String name, String regex, String said, String meaning) {
        return new Option(name, new Form.Words(Pattern.compile(regex), said), meaning, Value.NULL, false);
    }

    public static Option members(String name, String meaning) {
        return new Option(name, new Form.Members(), meaning, Value.NULL, false);
    }

    public Option required() {
        return new Option(name, form, meaning, otherwise, true);
    }

    public Option or(String text) {
        return new Option(name, form, meaning, Value.of(text), isRequired);
    }

    /** What the connection sets, or what counts where it does not. */
    public Value of(Connection connection) {
        return connection.options().getOrDefault(name, otherwise);
    }

    public boolean isOn(Connection connection) {
        return Value.TRUE.equals(of(connection));
    }

    /** The text it is set to, its usual text, or null. */
    public String text(Connection connection) {
        return of(connection) instanceof Value.Text(var text) ? text : null;
    }

    /** What is wrong with that value, in a sentence; empty when nothing is. */
    Optional<String> problem(Value value) {
        var fits = switch (form) {
            case Form.Truth _ -> value instanceof Value.Bool;
            case Form.Whole(var least, var most) ->
                value instanceof Value.Num(var number)
                        && number.stripTrailingZeros().scale() <= 0
                        && number.compareTo(java.math.BigDecimal.valueOf(least)) >= 0
                        && number.compareTo(java.math.BigDecimal.valueOf(most)) <= 0;
            case Form.Choice(var values) -> value instanceof Value.Text(var text) && values.contains(text);
            case Form.Words(var pattern, var _) ->
                value instanceof Value.Text(var text) && pattern.matcher(text).matches();
            case Form.Members _ -> value instanceof Value.Obj;
        };
        return fits ? Optional.empty() : Optional.of("This is " + said() + ".");
    }

    /** The values it takes, in words. */
    public String said() {
        return switch (form) {
            case Form.Truth _ -> "true or false";
            case Form.Whole(var least, var most) -> "a whole number from " + least + " to " + most;
            case Form.Choice(var values) -> "one of " + String.join(", ", values);
            case Form.Words(var _, var said) -> said;
            case Form.Members _ -> "an object";
        };
    }

    /** The type of its values, as JSON Schema names it. */
    public String type() {
        return switch (form) {
            case Form.Truth _ -> "boolean";
            case Form.Whole _ -> "integer";
            case Form.Choice _, Form.Words _ -> "string";
            case Form.Members _ -> "object";
        };
    }
}
