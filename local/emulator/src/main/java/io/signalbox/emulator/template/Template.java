/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A SAM template, read for one {@link Stack}: everything a machine needs to stand in for the cloud, with every
 * intrinsic function resolved.
 *
 * <p>What the reader does not know is an {@link UnreadableTemplate}, never a guess. What it knows and a laptop has no
 * use for (policies, alarms, log groups, encryption, …) is listed in {@link #skipped}, so that a host can say so once.
 *
 * @param functions by logical id, in the file's order; so are the others
 * @param api the HTTP API, where there is one
 * @param triggers what wakes the functions, in the file's order
 * @param skipped resource types and properties that were passed over, each once, sorted
 */
public record Template(
        SequencedMap<String, Function> functions,
        SequencedMap<String, Queue> queues,
        SequencedMap<String, Table> tables,
        Optional<HttpApi> api,
        List<Trigger> triggers,
        List<String> skipped) {

    /** @throws IOException when the file cannot be read */
    public static Template read(Path file, Stack stack) throws IOException {
        return new TemplateReader(file, stack).read();
    }

    /** The triggers of one kind: {@code triggers(Route.class)}. */
    public <T extends Trigger> List<T> triggers(Class<T> kind) {
        return triggers.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The function of that logical id or {@link Function#shortName}. */
    public Optional<Function> function(String name) {
        return functions.values().stream()
                .filter(function -> function.id().equals(name)
                        || function.shortName().equalsIgnoreCase(name)
                        || function.id().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The variables of all functions together, for a test that wires parts by hand. */
    public Map<String, String> environment() {
        var all = new TreeMap<String, String>();
        functions.values().forEach(function -> all.putAll(function.environment()));
        return all;
    }
}
