/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import java.util.Map;
import java.util.Optional;

/**
 * A function's environment variables, as a value: Lambda's process environment in the cloud, a map of its own for each
 * function that a host runs in one JVM.
 */
public record Env(Map<String, String> variables) {

    public Env {
        variables = Map.copyOf(variables);
    }

    public static Env process() {
        return new Env(System.getenv());
    }

    /** The variable's value; a missing or empty one is a mistake in the template and says so. */
    public String require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("environment variable " + name
                        + " is not set; template.yaml sets it for every function that needs it"));
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
