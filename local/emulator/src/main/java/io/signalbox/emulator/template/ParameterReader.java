/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** Gives every parameter its value and holds it to the template's own rules, as a deployment would. */
final class ParameterReader {

    private static final Set<String> RULES = Set.of(
            "AllowedPattern", "AllowedValues", "Default", "Description", "MaxValue", "MinValue", "NoEcho", "Type");

    private final Intrinsics intrinsics;
    private final Stack stack;

    ParameterReader(Intrinsics intrinsics, Stack stack) {
        this.intrinsics = intrinsics;
        this.stack = stack;
    }

    void read(Part parameters) {
        var known = parameters.members();
        for (var name : stack.parameters().keySet()) {
            if (!known.containsKey(name)) {
                throw parameters.wrong(
                        "there is no parameter " + name + "; there are " + String.join(", ", known.keySet()));
            }
        }
        for (Map.Entry<String, Part> parameter : known.entrySet()) {
            intrinsics.parameter(parameter.getKey(), value(parameter.getKey(), parameter.getValue()));
        }
    }

    private String value(String name, Part rules) {
        rules.expect("a parameter", RULES, Set.of("ConstraintDescription"));
        var given = stack.parameters().get(name);
        var value = given != null
                ? given
                : rules.find("Default").map(Part::text).orElseThrow(() -> rules.wrong("has no default and no value"));
        var pattern = rules.text("AllowedPattern", "");
        if (!pattern.isEmpty() && !value.matches(pattern)) {
            throw rules.wrong("the value does not match " + pattern);
        }
        var allowed = rules.texts("AllowedValues");
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            throw rules.wrong("the value is none of " + String.join(", ", allowed));
        }
        if (rules.text("Type").equals("Number")) {
            between(rules, value);
        }
        return value;
    }

    private static void between(Part rules, String value) {
        try {
            var number = new BigDecimal(value);
            var low = rules.find("MinValue").map(part -> new BigDecimal(part.text()));
            var high = rules.find("MaxValue").map(part -> new BigDecimal(part.text()));
            if (low.isPresent() && number.compareTo(low.get()) < 0) {
                throw rules.wrong("the value is below " + low.get());
            }
            if (high.isPresent() && number.compareTo(high.get()) > 0) {
                throw rules.wrong("the value is above " + high.get());
            }
        } catch (NumberFormatException e) {
            throw rules.wrong("the value is no number");
        }
    }
}
