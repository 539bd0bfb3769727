/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hmac;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a body the event is: the options that say so, as they travel with a delivery.
 *
 * @param members the options that are set, by name
 */
record BodyOptions(Map<String, Value> members) {

    static final int LONGEST_ID = 200;

    private static final List<Option> TRAVELLING = List.of(
            HmacOptions.EVENTS_PATH,
            HmacOptions.TYPE_PATH,
            HmacOptions.ID_PATH,
            HmacOptions.TIME_PATH,
            HmacOptions.DATA_PATH,
            HmacOptions.SUBJECT_PATH,
            HmacOptions.EMAIL_PATH,
            HmacOptions.TYPES);

    static Value.Obj json(Connection connection) {
        var members = new LinkedHashMap<String, Value>();
        for (var option : TRAVELLING) {
            var value = connection.options().get(option.name());
            if (value != null) {
                members.put(option.name(), value);
            }
        }
        return new Value.Obj(members);
    }

    /** Those that came with a delivery; what cannot be read counts as none. */
    static BodyOptions of(String json) {
        try {
            return new BodyOptions(
                    json != null && Json.parse(json) instanceof Value.Obj(var members) ? members : Map.of());
        } catch (Json.Malformed e) {
            return new BodyOptions(Map.of());
        }
    }

    /** The pointer of that option, what it is unless it is set, or null. */
    String pointer(Option option) {
        return members.getOrDefault(option.name(), option.otherwise()) instanceof Value.Text(var text) ? text : null;
    }

    /** Ours for the sender's type: itself where it is in no table. */
    String type(String theirs) {
        return members.get(HmacOptions.TYPES.name()) instanceof Value.Obj types
                        && types.get(theirs) instanceof Value.Text(var ours)
                ? ours
                : theirs;
    }

    /**
     * What a JSON Pointer (RFC 6901) points at; {@link Value#NULL} when there is nothing. The empty pointer points at
     * the whole; null, and what is no pointer, point at nothing.
     */
    static Value at(Value value, String pointer) {
        if (pointer == null || pointer.isEmpty()) {
            return pointer == null ? Value.NULL : value;
        }
        if (pointer.charAt(0) != '/') {
            return Value.NULL;
        }
        var at = value;
        for (var word : pointer.substring(1).split("/", -1)) {
            at = at instanceof Value.Arr(var items)
                    ? item(items, word)
                    : at.at(word.replace("~1", "/").replace("~0", "~"));
        }
        return at;
    }

    private static Value item(List<Value> items, String word) {
        var isIndex = !word.isEmpty() && word.length() <= 4 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        var index = isIndex ? Integer.parseInt(word) : items.size();
        return index < items.size() ? items.get(index) : Value.NULL;
    }
}
