/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Values as .NET's DataContractJsonSerializer writes them: dictionaries as lists of {@code key} and {@code value}, option
 * sets, money and references as objects whose {@code __type} says so (where the declared type is open), times as
 * {@code /Date(ms)/} or {@code /Date(ms+hhmm)/}.
 *
 * <p>A time with an offset is one of no declared zone, which the serializer took to be its server's own: the digits that
 * the server's clock showed are what was meant, and they are UTC. In Microsoft's own sample {@code OperationCreatedOn} is
 * {@code 1506409448000-0700} and {@code modifiedon}, a second before, {@code 1506384247000}: seven hours apart as
 * instants, one second by the clock. So the offset is added.
 */
final class DynamicsValues {

    private static final Pattern DATE = Pattern.compile("/Date\\((-?[0-9]{1,15})([+-][0-9]{4})?\\)/");

    private DynamicsValues() {}

    /** The entries of a dictionary, by key; empty for what is none. */
    static Map<String, Value> entries(Value dictionary) {
        var entries = new LinkedHashMap<String, Value>();
        if (dictionary instanceof Value.Arr(var items)) {
            for (var item : items) {
                if (item.at("key") instanceof Value.Text(var key)) {
                    entries.putIfAbsent(key, item.at("value"));
                }
            }
        }
        return entries;
    }

    /** An entity's attributes as flat properties; a reference also says of what and its name, after a dot. */
    static Map<String, Value> attributes(Value entity) {
        var flat = new LinkedHashMap<String, Value>();
        entries(entity.at("Attributes")).forEach((name, value) -> put(flat, name, value));
        return flat;
    }

    private static void put(Map<String, Value> flat, String name, Value value) {
        flat.put(name, plain(value));
        if (isReference(value)) {
            flat.put(name + ".type", value.at("LogicalName"));
            if (!value.at("Name").isNull()) {
                flat.put(name + ".name", value.at("Name"));
            }
        }
    }

    static boolean isReference(Value value) {
        return value.at("Id") instanceof Value.Text && value.at("LogicalName") instanceof Value.Text;
    }

    /** The value itself, without what wraps it. */
    static Value plain(Value value) {
        return switch (value) {
            case Value.Text(var text) ->
                moment(text).map(at -> Value.of(at.toString())).orElse(value);
            case Value.Arr(var items) ->
                Value.of(items.stream().map(DynamicsValues::plain).toList());
            case Value.Obj(var members) when isReference(value) -> members.get("Id");
            case Value.Obj(var members) when members.containsKey("Value") -> plain(members.get("Value"));
            case Value.Obj _, Value.Num _, Value.Bool _, Value.Null _ -> value;
        };
    }

    /** The moment of {@code /Date(…)/}, between 1970 and 9999. */
    static Optional<Instant> time(Value value) {
        return value instanceof Value.Text(var text) ? moment(text) : Optional.empty();
    }

    private static Optional<Instant> moment(String text) {
        if (!text.startsWith("/Date(")) {
            return Optional.empty();
        }
        var match = DATE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var millis = Long.parseLong(match.group(1));
        if (match.group(2) != null) {
            var offset = Integer.parseInt(match.group(2));
            millis += (offset / 100 * 60 + offset % 100) * 60_000L;
        }
        return Ids.moment(millis);
    }

    /** An id that is one: not empty, and not the GUID of zeros that stands for none. */
    static Optional<String> id(Value value) {
        return Ids.text(value)
                .filter(id -> !id.equals("00000000-0000-0000-0000-000000000000"))
                .map(id -> id.toLowerCase(java.util.Locale.ROOT));
    }

    /** The ids of a collection of references: a list, or an object that holds one. */
    static List<Value> references(Value collection) {
        var list = collection instanceof Value.Arr ? collection : collection.at("Entities");
        return list instanceof Value.Arr(var items) ? items : List.of();
    }
}
