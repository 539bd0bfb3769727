/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Operations;
import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    /** The name of the example of a record: not the object's where users chose it, for it may be another example's. */
    static String exampleOf(ObjectSchema object) {
        return object.isCustom() ? object.one() : object.object().name();
    }

    private static Map<String, Value> of(Value item, ObjectSchema object) {
        var operations = new LinkedHashMap<String, Value>();
        Tree.copy(item).forEach((method, operation) -> {
            var only = operation.at(ONLY);
            if (!method.equals(FOR_EACH) && (only.isNull() || includes(only, object))) {
                var own = Tree.copy(Tree.texts(operation, text -> words(text, object)));
                own.remove(ONLY);
                named(own, object);
                operations.put(method, Value.of(own));
            }
        });
        return operations;
    }

    private static boolean includes(Value wanted, ObjectSchema object) {
        var path = object.isCustom() ? Operations.OWN.path() : object.path();
        return wanted.equals(Value.of("objects")) || Tree.items(wanted).contains(Value.of(path));
    }

    /** The operation on any object of a user's own has its name in the path. */
    private static void named(Map<String, Value> operation, ObjectSchema object) {
        if (object.equals(Operations.OWN)) {
            var parameters = new ArrayList<>(Tree.items(operation.getOrDefault("parameters", Value.NULL)));
            parameters.addFirst(Tree.ref("parameters", "schemaObject"));
            operation.put("parameters", Value.of(parameters));
            var errors = new LinkedHashSet<>(Tree.items(operation.getOrDefault("x-errors", Value.NULL)));
            errors.add(Value.of("NOT_FOUND"));
            operation.put("x-errors", Value.of(List.copyOf(errors)));
        }
    }

    private static final Set<Character> VOWELS = Set.of('a', 'e', 'i', 'o', 'u');

    /** The path of a user's own object is no word for its records, and its name none for examples or scopes. */
    private static String words(String text, ObjectSchema object) {
        if (!object.isCustom()) {
            return fill(text, object);
        }
        if (text.equals("${object}") || text.equals("${object}Input")) {
            return text.replace("${object}", exampleOf(object));
        }
        var isAny = object.equals(Operations.OWN);
        var one = isAny ? "record" : object.object().name();
        return fill(
                text.replace("/${path}/", "/" + object.path() + "/")
                        .replaceFirst("^\\$\\{path}\\.", "objects.")
                        .replace("${path}", isAny ? "records of an object of your own" : one + " records")
                        .replace("a ${object}", (VOWELS.contains(one.charAt(0)) ? "an " : "a ") + one)
                        .replace("${object}", one),
                object);
    }

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
