/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import static java.util.Objects.requireNonNull;

import io.signalbox.emulator.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What one invocation came to. */
public sealed interface Outcome {

    /** The function answered; {@code payload} is what it wrote, as it wrote it. */
    record Answer(byte[] payload) implements Outcome {
        public Answer {
            requireNonNull(payload, "payload is null");
        }
    }

    /**
     * It did not.
     *
     * @param type {@code Sandbox.Timedout}, {@code Runtime.ExitError}, {@code Function.RequestTooLarge}, or the class of
     *     what the handler threw
     * @param stack where it was thrown, outermost last; may be empty
     */
    record Failure(String type, String message, List<String> stack) implements Outcome {

        static final String TIMED_OUT = "Sandbox.Timedout";
        static final String EXITED = "Runtime.ExitError";
        public static final String TOO_LARGE = "Function.RequestTooLarge";

        public Failure {
            requireNonNull(type, "type is null");
            stack = List.copyOf(stack);
        }

        static Failure of(String type, String message) {
            return new Failure(type, message, List.of());
        }

        static Failure of(Throwable thrown) {
            var stack = new ArrayList<String>();
            for (var frame : thrown.getStackTrace()) {
                stack.add(frame.toString());
            }
            return new Failure(thrown.getClass().getName(), thrown.getMessage(), stack);
        }

        /** The payload that Lambda gives to the caller of a function that failed. */
        public byte[] payload() {
            var members = new LinkedHashMap<String, Object>();
            members.put("errorMessage", message);
            members.put("errorType", type);
            if (!stack.isEmpty()) {
                members.put("stackTrace", stack);
            }
            return Json.bytes(members);
        }
    }
}
