/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads bodies that are JSON. */
public final class JsonBodies {

    /** Events that one delivery may hold. */
    public static final int MAX_EVENTS = 1_000;

    private JsonBodies() {}

    /** The body, whatever JSON it is; an array of more than {@link #MAX_EVENTS} is given up at once. */
    public static Value read(Delivery delivery) throws Unreadable {
        try {
            return Json.parse(delivery.body(), MAX_EVENTS);
        } catch (Json.Malformed e) {
            throw new Unreadable(e.getMessage());
        }
    }

    /** The body, when it is one object that storage can hold. */
    public static Value.Obj object(Delivery delivery) throws Unreadable {
        if (!(read(delivery) instanceof Value.Obj object)) {
            throw new Unreadable("the body is not a JSON object");
        }
        RawEvents.requireStorable(object, delivery);
        return object;
    }

    /** Puts the member of that name, when it is there, under the same name. */
    public static void copy(Value from, String name, Map<String, Value> to) {
        copy(from, name, to, name);
    }

    public static void copy(Value from, String name, Map<String, Value> to, String as) {
        var value = from.at(name);
        if (!value.isNull()) {
            to.put(as, value);
        }
    }

    /** The object without these members. */
    public static Value.Obj without(Value.Obj object, String... names) {
        var members = new LinkedHashMap<>(object.members());
        for (var name : names) {
            members.remove(name);
        }
        return new Value.Obj(members);
    }
}
