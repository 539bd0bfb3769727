/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A function to start cold.
 *
 * @param name how the report calls it
 * @param folder its exploded zip: classes at the root, libraries in {@code lib/}
 * @param handler {@code class::method}
 * @param variables its environment beside what the runtime needs
 * @param event makes the next event; each is a new one
 * @param expected what the answer must contain, lest a failure be measured
 */
record Function(
        String name,
        Path folder,
        String handler,
        Map<String, String> variables,
        Supplier<byte[]> event,
        String expected) {}
