/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of a vendor's objects that are none of the standard ones: products, line items, conversations, platform
 * events, and all that a user has added at the vendor. Where the connection's settings say what such an object is here, its
 * records are that, and their events are typed: {@code invoice.created}. Else each event is kept whole as
 * {@code vendor.raw}, where it can be found and says what to do; no record is made that nothing shows.
 *
 * <p>Normalizers name such an object by {@link #named}, put the event whole into its {@link #data}, and know nothing
 * more of this.
 */
public final class OtherObjects {

    private static final int LONGEST_NAME = 63;

    /** In the data of an event about such an object: all that the vendor said, until it is in its place. */
    private static final String WHOLE = ":whole";

    private OtherObjects() {}

    /** The data of an event about that object; where it is not standard, with all that the vendor said of it. */
    public static Map<String, Value> data(ObjectType object, Map<String, Value> data, Value whole) {
        if (Schemas.of(object).isPresent()) {
            return data;
        }
        var more = new LinkedHashMap<>(data);
        more.put(WHOLE, whole);
        return more;
    }

    /**
     * The object that a vendor calls by that name, in lower case: {@code invoice__c}. One that is called as a standard
     * object is and is not it, or as no object may be, stands behind {@code object_}.
     */
    public static ObjectType named(String vendors) {
        var name = new StringBuilder(vendors.length());
        for (var c : vendors.toLowerCase(Locale.ROOT).toCharArray()) {
            name.append((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_');
        }
        var isFree =
                name.length() > 0 && name.charAt(0) >= 'a' && name.charAt(0) <= 'z' && !isStandard(name.toString());
        var whole = isFree ? name.toString() : "object_" + name;
        return new ObjectType(whole.length() <= LONGEST_NAME ? whole : whole.substring(0, LONGEST_NAME));
    }

    private static boolean isStandard(String name) {
        return Schemas.STANDARD.stream()
                .anyMatch(schema -> schema.object().name().equals(name));
    }

    /** The events with such objects in their place. */
    static List<CanonicalEvent> placed(List<CanonicalEvent> events, ConnectionSettings settings, Delivery delivery) {
        return events.stream().map(event -> placed(event, settings, delivery)).toList();
    }

    private static CanonicalEvent placed(CanonicalEvent event, ConnectionSettings settings, Delivery delivery) {
        var object = event.object();
        if (Schemas.of(object).isPresent()) {
            return event;
        }
        var ours = settings.objects().get(object);
        return ours == null ? raw(event, delivery) : as(ours, event);
    }

    private static CanonicalEvent as(ObjectType ours, CanonicalEvent event) {
        var own = event.object().name() + ".";
        var type =
                event.type().startsWith(own) ? EventType.of(ours, event.type().substring(own.length())) : event.type();
        var data = new LinkedHashMap<>(event.data());
        data.remove(WHOLE);
        return new CanonicalEvent(
                event.id(),
                type,
                event.rawType(),
                event.vendor(),
                event.connection(),
                ours,
                event.subject(),
                event.time(),
                event.properties(),
                event.merged(),
                data);
    }

    private static CanonicalEvent raw(CanonicalEvent event, Delivery delivery) {
        var object = event.object().name();
        var reason =
                object + " is none of the objects here; to keep such records, say what they are: PATCH the connection"
                        + " with {\"objects\": {\"" + object + "\": \"the object's name\"}}";
        var whole = event.data().containsKey(WHOLE) ? event.data().get(WHOLE) : Value.of(event.properties());
        return RawEvents.of(delivery, event.id(), event.rawType(), event.time(), reason, whole);
    }
}
