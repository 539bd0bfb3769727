/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.EventType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What readers of vendors' answers are built of. */
public final class Answers {

    private Answers() {}

    /** The list of that name. */
    public static List<Value> list(Value answer, String name) throws Unreadable {
        if (answer.at(name) instanceof Value.Arr(var items)) {
            return items;
        }
        throw new Unreadable("the answer has no list " + name);
    }

    /** The moment of that name; also with an offset without a colon, as some write it. */
    public static Instant time(Value record, String name) throws Unreadable {
        var said = record.at(name);
        var text = said.asText();
        if (text != null && text.matches(".*[+-][0-9]{4}")) {
            said = Value.of(text.substring(0, text.length() - 2) + ":" + text.substring(text.length() - 2));
        }
        return Times.iso(said).orElseThrow(() -> new Unreadable("a record has no time in " + name));
    }

    /** The members that hold a plain value, without those named; an empty text holds none. */
    public static Map<String, Value> plain(Value record, Set<String> without) {
        var set = new LinkedHashMap<String, Value>();
        if (record instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> {
                var text = value.asText();
                if (text != null && !text.isEmpty() && !without.contains(name)) {
                    set.put(name, value);
                }
            });
        }
        return set;
    }

    /** The id in the vendor's system of the record that an event is about. */
    public static Optional<String> externalId(CanonicalEvent event) {
        return event.subject() instanceof Subject.External(var id) ? Optional.of(id.id()) : Optional.empty();
    }

    /** Whether the event says by one of these verbs what became of the record itself. */
    public static boolean says(CanonicalEvent event, Set<String> verbs) {
        var verb = EventType.verb(event.type());
        return verbs.contains(verb) && event.type().equals(EventType.of(event.object(), verb));
    }

    /** A whole number in a header; -1 for none. */
    public static long number(ApiResponse response, String header) {
        var text = response.header(header).orElse("");
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
    }
}
