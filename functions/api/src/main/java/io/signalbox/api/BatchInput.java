/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One input of a batch.
 *
 * @param index its place among the inputs, from 0
 */
record BatchInput(int index, Value.Obj members) {

    private static final int LONGEST_REF = 200;

    BatchInput {
        requireNonNull(members, "members is null");
    }

    /** The inputs of a body, at most so many. */
    static List<BatchInput> all(Value.Obj body, int most) {
        for (var name : body.members().keySet()) {
            if (!name.equals("inputs")) {
                throw Refusal.invalid(List.of(new Detail("/" + name, "UNKNOWN_FIELD", "A batch holds inputs alone.")));
            }
        }
        if (!(body.get("inputs") instanceof Value.Arr(var items)) || items.isEmpty()) {
            throw Refusal.invalid(List.of(
                    new Detail("/inputs", "INVALID_TYPE", "inputs must be an array with at least one object.")));
        }
        if (items.size() > most) {
            throw Refusal.of(
                    ErrorCode.BATCH_TOO_LARGE,
                    "A batch has at most " + most + " inputs; this one has " + items.size() + ".",
                    new Detail("/inputs", "TOO_MANY", "At most " + most + "."));
        }
        var inputs = new ArrayList<BatchInput>();
        var wrong = new ArrayList<Detail>();
        for (var i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Value.Obj object) {
                inputs.add(new BatchInput(i, object));
            } else {
                wrong.add(new Detail("/inputs/" + i, "INVALID_TYPE", "An input must be an object."));
            }
        }
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
        return inputs;
    }

    /** The caller's own name for the input, echoed with the result; anything but a short text is nothing. */
    Value ref() {
        return members.get("client_ref") instanceof Value.Text(var text) && text.length() <= LONGEST_REF
                ? Value.of(text)
                : Value.NULL;
    }

    /** Refuses members that are not among these, {@code client_ref} apart. */
    void only(String... names) {
        for (var name : members.members().keySet()) {
            if (!name.equals("client_ref") && !Arrays.asList(names).contains(name)) {
                throw refusal(
                        name,
                        "UNKNOWN_FIELD",
                        "An input holds " + String.join(", ", names) + " and client_ref, and nothing else.");
            }
        }
    }

    Value.Obj object(String name) {
        if (members.get(name) instanceof Value.Obj object) {
            return object;
        }
        throw refusal(name, "INVALID_TYPE", name + " must be an object.");
    }

    Optional<String> text(String name) {
        return switch (members.get(name)) {
            case Value.Null _ -> Optional.empty();
            case Value.Text(var text) -> Optional.of(text);
            default -> throw refusal(name, "INVALID_TYPE", name + " must be a text.");
        };
    }

    String require(String name) {
        return text(name).orElseThrow(() -> refusal(name, "REQUIRED", name + " is missing."));
    }

    private static Refusal refusal(String name, String code, String message) {
        return Refusal.invalid(List.of(new Detail("/" + name, code, message)));
    }
}
