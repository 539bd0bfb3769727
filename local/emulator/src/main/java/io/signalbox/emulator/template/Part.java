/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One value of the template with its place, so that every complaint can name both. Intrinsic functions are resolved
 * when a value is asked for, never before: what nobody reads may hold what nobody understands.
 */
record Part(Intrinsics intrinsics, String path, Node node) {

    /** The part with every {@code !If} on top of it decided; empty for {@code AWS::NoValue}. */
    static Optional<Part> of(Intrinsics intrinsics, String path, Node node) {
        return intrinsics.decide(new Part(intrinsics, path, node));
    }

    UnreadableTemplate wrong(String what) {
        var line = node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
        return new UnreadableTemplate(intrinsics.file() + line + " " + path + ": " + what);
    }

    /** The members of a mapping, in the file's order. */
    Map<String, Part> members() {
        if (!(node instanceof MappingNode mapping) || Intrinsics.Call.in(node).isPresent()) {
            throw wrong("should be a mapping");
        }
        var members = new LinkedHashMap<String, Part>();
        for (var tuple : mapping.getValue()) {
            var key = ((ScalarNode) tuple.getKeyNode()).getValue();
            of(intrinsics, path.isEmpty() ? key : path + "/" + key, tuple.getValueNode())
                    .ifPresent(part -> members.put(key, part));
        }
        return members;
    }

    List<Part> items() {
        if (!(node instanceof SequenceNode sequence) || Intrinsics.Call.in(node).isPresent()) {
            throw wrong("should be a list");
        }
        var items = new ArrayList<Part>();
        for (var item : sequence.getValue()) {
            of(intrinsics, path + "/" + items.size(), item).ifPresent(items::add);
        }
        return items;
    }

    Optional<Part> find(String key) {
        return Optional.ofNullable(members().get(key));
    }

    Part get(String key) {
        return find(key).orElseThrow(() -> wrong(key + " is missing"));
    }

    String text() {
        return intrinsics.text(this);
    }

    String text(String key) {
        return get(key).text();
    }

    String text(String key, String otherwise) {
        return find(key).map(Part::text).orElse(otherwise);
    }

    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException e) {
            throw wrong("should be a whole number");
        }
    }

    int number(String key, int otherwise) {
        return find(key).map(Part::number).orElse(otherwise);
    }

    boolean flag(String key) {
        return find(key).map(Part::flag).orElse(false);
    }

    boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("should be true or false");
        };
    }

    List<String> texts(String key) {
        return find(key)
                .map(part -> part.items().stream().map(Part::text).toList())
                .orElse(List.of());
    }

    /** Refuses every key that is neither read nor known to be of no use here; the latter are noted. */
    void expect(String owner, Set<String> read, Set<String> skipped) {
        for (var member : members().entrySet()) {
            var key = member.getKey();
            if (skipped.contains(key)) {
                intrinsics.skip(owner + "." + key);
            } else if (!read.contains(key)) {
                throw member.getValue()
                        .wrong("not understood; of " + owner + " this machine knows "
                                + String.join(", ", read.stream().sorted().toList()));
            }
        }
    }
}
