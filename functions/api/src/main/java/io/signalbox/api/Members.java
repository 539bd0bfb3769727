/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the members of a small object that a client sends; all that is wrong with it is found in one go. */
final class Members {

    private final Value.Obj object;
    private final String pointer;
    private final List<Detail> wrong;

    private Members(Value.Obj object, String pointer, List<Detail> wrong, List<String> known) {
        this.object = requireNonNull(object, "object is null");
        this.pointer = requireNonNull(pointer, "pointer is null");
        this.wrong = wrong;
        for (var name : object.members().keySet()) {
            if (!known.contains(name)) {
                var near = Nearest.to(name, known).map(one -> " Did you mean " + one + "?");
                wrong.add(new Detail(
                        pointer + "/" + Pointers.step(name),
                        "UNKNOWN_FIELD",
                        "There is no such field." + near.orElse("")));
            }
        }
    }

    static Members of(Value.Obj body, String... known) {
        return new Members(body, "", new ArrayList<>(), List.of(known));
    }

    /** An object within this one; what is wrong with it is told with the rest. */
    Members inner(Value.Obj inner, String at, String... known) {
        return new Members(inner, pointer + at, wrong, List.of(known));
    }

    boolean has(String name) {
        return object.members().containsKey(name);
    }

    void wrong(String at, String code, String message) {
        wrong.add(new Detail(pointer + at, code, message));
    }

    /** Throws 422 with what was found so far, if anything was. */
    void check() {
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
    }

    /** A text without control characters, that is not blank. */
    Optional<String> text(String name, int most) {
        var value = object.get(name);
        if (value.isNull()) {
            return Optional.empty();
        }
        if (value instanceof Value.Text(var text)
                && text.length() <= most
                && text.equals(text.strip())
                && !text.isEmpty()
                && text.chars().noneMatch(Character::isISOControl)) {
            return Optional.of(text);
        }
        wrong(
                "/" + name,
                "INVALID_STRING",
                name + " is a text of 1 to " + most + " characters without space around it.");
        return Optional.empty();
    }

    /** The same; stands for a text that is missing when there is none. */
    String required(String name, int most) {
        var text = text(name, most);
        if (text.isEmpty() && object.get(name).isNull()) {
            wrong("/" + name, "REQUIRED", name + " is missing.");
        }
        return text.orElse("");
    }

    Optional<Boolean> flag(String name) {
        return switch (object.get(name)) {
            case Value.Null _ -> Optional.empty();
            case Value.Bool(var truth) -> Optional.of(truth);
            default -> {
                wrong("/" + name, "INVALID_BOOLEAN", name + " is true or false.");
                yield Optional.empty();
            }
        };
    }

    Optional<BigDecimal> number(String name, long least, long most) {
        return switch (object.get(name)) {
            case Value.Null _ -> Optional.empty();
            case Value.Num(var number)
            when number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0 ->
                Optional.of(number);
            default -> {
                wrong("/" + name, "OUT_OF_RANGE", name + " is a number from " + least + " to " + most + ".");
                yield Optional.empty();
            }
        };
    }

    /** A place in a list, from 0. */
    Optional<Integer> position() {
        return number("position", 0, 1_000).map(BigDecimal::intValue);
    }

    /** Objects in an array, each with its place as a pointer. */
    Optional<List<Members>> objects(String name, String... known) {
        if (object.get(name).isNull()) {
            return Optional.empty();
        }
        var members = new ArrayList<Members>();
        if (object.get(name) instanceof Value.Arr(var items)) {
            for (var i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Value.Obj each) {
                    members.add(inner(each, "/" + name + "/" + i, known));
                } else {
                    wrong("/" + name + "/" + i, "INVALID_TYPE", "This must be an object.");
                }
            }
        } else {
            wrong("/" + name, "INVALID_TYPE", name + " must be an array of objects.");
        }
        return Optional.of(members);
    }
}
