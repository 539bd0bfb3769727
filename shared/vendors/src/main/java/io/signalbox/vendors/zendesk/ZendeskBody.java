/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.vendors.FormBody;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.Xml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Tells the two kinds of body apart: an event names its type {@code zen:event-type:…}, a trigger's author does not. An event
 * is always JSON; what a trigger sends may be XML or a form, which its first character shows, and becomes the object that
 * it would be in JSON.
 */
final class ZendeskBody {

    private static final String EVENT = "zen:event-type";

    private ZendeskBody() {}

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        var first = first(delivery.body());
        if (first == '<') {
            return trigger(delivery, element(Xml.parse(delivery.body())));
        }
        if (first != '{' && first != '[') {
            return trigger(delivery, form(delivery.body()));
        }
        var body = JsonBodies.object(delivery);
        var type = body.get("type").asText();
        // Zendesk's pages write some types with a slash after the prefix, and all others with a colon.
        return type != null && type.startsWith(EVENT) && type.length() > EVENT.length()
                ? new ZendeskEvent(delivery, body, type.substring(EVENT.length() + 1)).canonical()
                : List.of(new ZendeskTrigger(delivery, body).canonical());
    }

    private static Value form(byte[] body) throws Unreadable {
        for (var b : body) {
            if (b == '=') {
                return FormBody.read(body).whole();
            }
        }
        throw new Unreadable("the body is neither JSON nor XML nor a form");
    }

    private static List<CanonicalEvent> trigger(Delivery delivery, Value body) throws Unreadable {
        if (!(body instanceof Value.Obj object)) {
            throw new Unreadable("the body is a text without parts");
        }
        RawEvents.requireStorable(object, delivery);
        return List.of(new ZendeskTrigger(delivery, object).canonical());
    }

    /** The first character that is no blank, past the mark that some write before UTF-8; a zero where there is none. */
    private static int first(byte[] body) {
        var at = body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
            at++;
        }
        return at < body.length ? body[at] : 0;
    }

    /** An element as JSON would have it: a text, or an object of its children, with a list for a name that occurs again. */
    private static Value element(Xml.Element element) {
        if (element.children().isEmpty()) {
            return Value.of(element.text().strip());
        }
        var members = new LinkedHashMap<String, List<Value>>();
        for (var child : element.children()) {
            members.computeIfAbsent(child.name(), _ -> new ArrayList<>()).add(element(child));
        }
        var object = new LinkedHashMap<String, Value>();
        members.forEach((name, values) -> object.put(name, values.size() == 1 ? values.getFirst() : Value.of(values)));
        return Value.of(object);
    }
}
