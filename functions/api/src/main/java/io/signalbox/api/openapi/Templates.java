/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Paths that stand for one per object type. {@code x-for-each} says of which: {@code objects} for all, or a list of
 * their paths; a member {@code x-only} of an operation, such a list too, narrows one operation.
 */
final class Templates {

    private static final String FOR_EACH = "x-for-each";
    private static final String ONLY = "x-only";

    private final List<ObjectSchema> objects;

    Templates(List<ObjectSchema> objects) {
        this.objects = List.copyOf(requireNonNull(objects, "objects is null"));
    }

    Map<String, Value> paths(Value source) {
        var paths = new LinkedHashMap<String, Value>();
        Tree.copy(source).forEach((path, item) -> {
            var wanted = Tree.copy(item).get(FOR_EACH);
            if (wanted == null) {
                paths.put(path, item);
                return;
            }
            for (var object : objects) {
                if (includes(wanted, object)) {
                    add(paths, fill(path, object), of(item, object));
                }
            }
        });
        return paths;
    }

    private static void add(Map<String, Value> paths, String path, Map<String, Value> operations) {
        if (!operations.isEmpty()) {
            paths.put(path, Value.of(operations));
        }
    }

    private static Map<String, Value> of(Value item, ObjectSchema object) {
        var operations = new LinkedHashMap<String, Value>();
        Tree.copy(item).forEach((method, operation) -> {
            var only = operation.at(ONLY);
            if (!method.equals(FOR_EACH) && (only.isNull() || includes(only, object))) {
                var own = Tree.copy(Tree.texts(operation, text -> fill(text, object)));
                own.remove(ONLY);
                operations.put(method, Value.of(own));
            }
        });
        return operations;
    }

    private static boolean includes(Value wanted, ObjectSchema object) {
        return wanted.equals(Value.of("objects")) || Tree.items(wanted).contains(Value.of(object.path()));
    }

    private static final Set<Character> VOWELS = Set.of('a', 'e', 'i', 'o', 'u');

    static String fill(String text, ObjectSchema object) {
        if (!text.contains("${")) {
            return text;
        }
        var name = object.object().name();
        var article = VOWELS.contains(name.charAt(0)) ? "an" : "a";
        return text.replace("a ${object}", article + " ${object}")
                .replace("${path}", object.path())
                .replace("${object}", name)
                .replace("${One}", object.one())
                .replace("${Many}", object.many());
    }
}
