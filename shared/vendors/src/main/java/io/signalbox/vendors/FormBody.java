/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form body, with names like {@code data[merges][FNAME]}. Of a name that occurs twice the first
 * counts.
 */
public final class FormBody {

    private static final int DEEPEST = 6;

    private final List<Query.Pair> pairs;

    private FormBody(List<Query.Pair> pairs) {
        this.pairs = pairs;
    }

    public static FormBody read(byte[] body) throws Unreadable {
        if (body.length > RawEvents.MAX_EVENT_BYTES) {
            throw new Unreadable("the form is larger than " + (RawEvents.MAX_EVENT_BYTES >> 10) + " KiB");
        }
        try {
            return new FormBody(
                    Query.pairs(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString()));
        } catch (CharacterCodingException e) {
            throw new Unreadable("the body is not UTF-8");
        }
    }

    /** The first value of that name; empty when there is none. */
    public String first(String name) {
        for (var pair : pairs) {
            if (pair.name().equals(name)) {
                return pair.value();
            }
        }
        return "";
    }

    /** The form as an object. */
    public Value whole() {
        return tree("");
    }

    /** All whose name begins so, as an object with an object for each pair of brackets; deeper ones are left flat. */
    public Value tree(String prefix) {
        var root = new LinkedHashMap<String, Object>();
        for (var pair : pairs) {
            if (pair.name().startsWith(prefix) && pair.name().length() > prefix.length()) {
                put(root, pair.name().substring(prefix.length()), pair.value(), prefix.isEmpty());
            }
        }
        return value(root);
    }

    @SuppressWarnings("unchecked") // what put makes itself
    private static void put(Map<String, Object> into, String name, String text, boolean isRoot) {
        var path = path(name, isRoot);
        var at = into;
        for (var i = 0; i < path.size() - 1; i++) {
            var next = at.computeIfAbsent(path.get(i), _ -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map<?, ?> map)) {
                return;
            }
            at = (Map<String, Object>) map;
        }
        at.putIfAbsent(path.getLast(), text);
    }

    /** {@code data[merges][FNAME]} in its parts; a name that is not in this form is one part. */
    private static List<String> path(String name, boolean isRoot) {
        var head = name.indexOf('[');
        if (!name.endsWith("]") || (isRoot && head <= 0) || (!isRoot && head != 0)) {
            return List.of(name);
        }
        var inner = name.substring(head + 1, name.length() - 1).split("]\\[", DEEPEST);
        var path = new java.util.ArrayList<String>();
        if (isRoot) {
            path.add(name.substring(0, head));
        }
        path.addAll(List.of(inner));
        return path;
    }

    private static Value value(Map<String, Object> map) {
        var members = new LinkedHashMap<String, Value>();
        map.forEach((name, held) -> members.put(name, valueOf(held)));
        return Value.of(members);
    }

    @SuppressWarnings("unchecked") // what put makes itself
    private static Value valueOf(Object held) {
        return held instanceof Map<?, ?> map ? value((Map<String, Object>) map) : Value.of((String) held);
    }
}
