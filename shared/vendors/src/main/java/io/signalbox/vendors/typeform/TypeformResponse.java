/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.typeform;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A response. Who answered is told by the first answer of the type {@code email}, or else by the hidden field
 * {@code email}; a response without either is kept as {@code vendor.raw}. All answers are in the event's data by the
 * question's title; a retry has the same token.
 */
final class TypeformResponse {

    /** A reference that an author chose; Typeform's own are UUIDs and ULIDs. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private static final int MOST_ANSWERS = 300;
    private static final String SUBMITTED = "form.submitted";

    private final Value response;
    private final Map<String, Value> properties = new LinkedHashMap<>();
    private final Map<String, Value> answers = new LinkedHashMap<>();
    private Value email = Value.NULL;

    private TypeformResponse(Value response) {
        this.response = response;
    }

    static CanonicalEvent read(Delivery delivery) throws Unreadable {
        var body = JsonBodies.object(delivery);
        var response = body.get("form_response");
        var rawType = body.get("event_type") instanceof Value.Text(var text) ? text : "";
        var time = Times.iso(response.at("submitted_at"));
        var at = time.orElse(delivery.receivedAt());
        var report = Ids.text(response.at("token"))
                .map(token -> new Report(delivery, rawType, at, rawType, token))
                .orElse(Report.ofContent(delivery, rawType, at, body));
        if (!rawType.equals("form_response") || time.isEmpty()) {
            return report.raw("this is not a response that was submitted at a time", body);
        }
        var read = new TypeformResponse(response);
        read.hidden();
        read.answers();
        return read.subject()
                .map(subject -> report.event(SUBMITTED, ObjectType.CONTACT, subject, read.properties, read.data()))
                .orElseGet(() -> report.raw("no answer and no hidden field is an e-mail address", body));
    }

    /** Whoever fills in the form can set these, as they can the answers. */
    private void hidden() {
        if (response.at("hidden") instanceof Value.Obj(var hidden)) {
            hidden.forEach((name, value) -> {
                if (value.asText() != null && properties.size() < MOST_ANSWERS && isName(name)) {
                    properties.put(name, value);
                }
            });
            email = response.at("hidden").at(UniqueKey.EMAIL);
        }
    }

    private void answers() {
        if (!(response.at("answers") instanceof Value.Arr(var items))) {
            return;
        }
        var titles = titles();
        var isAnswered = false;
        for (var item : items.subList(0, Math.min(items.size(), MOST_ANSWERS))) {
            var type = item.at("type").asText();
            var value = value(item, type);
            if (value.isNull()) {
                continue;
            }
            var ref = item.at("field").at("ref").asText();
            var id = Ids.text(item.at("field").at("id")).orElse("");
            answers.put(titles.getOrDefault(id, ref == null ? id : ref), value);
            if (ref != null && isName(ref) && value.asText() != null) {
                properties.put(ref, value);
            }
            if ("email".equals(type) && !isAnswered) {
                email = value;
                isAnswered = true;
            } else if ("phone_number".equals(type)) {
                properties.putIfAbsent("phone_number", value);
            }
        }
    }

    private Map<String, String> titles() {
        var titles = new HashMap<String, String>();
        if (response.at("definition").at("fields") instanceof Value.Arr(var fields)) {
            for (var field : fields) {
                var title = field.at("title").asText();
                if (title != null && !title.isBlank()) {
                    Ids.text(field.at("id")).ifPresent(id -> titles.putIfAbsent(id, title));
                }
            }
        }
        return titles;
    }

    /** An answer's value is the member that its type names. */
    private static Value value(Value answer, String type) {
        var value = type == null ? Value.NULL : answer.at(type);
        return switch (value) {
            case Value.Obj choice -> {
                if (choice.get("labels") instanceof Value.Arr(var labels)) {
                    yield joined(labels, choice.get("other"));
                }
                yield choice.get("label").isNull() ? choice.get("other") : choice.get("label");
            }
            case Value.Arr _ -> Value.NULL;
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> value;
        };
    }

    private static Value joined(List<Value> labels, Value other) {
        var words = new ArrayList<String>();
        for (var label : labels) {
            if (label.asText() != null) {
                words.add(label.asText());
            }
        }
        if (other.asText() != null) {
            words.add(other.asText());
        }
        return Value.of(String.join(", ", words));
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private Optional<Subject> subject() {
        if (!(email instanceof Value.Text(var address))) {
            return Optional.empty();
        }
        properties.put(UniqueKey.EMAIL, email);
        return UniqueKey.email(ObjectType.CONTACT, address).map(Subject.Keyed::new);
    }

    private Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        JsonBodies.copy(response.at("definition"), "title", data, "form");
        JsonBodies.copy(response, "form_id", data);
        JsonBodies.copy(response, "landed_at", data);
        JsonBodies.copy(response.at("calculated"), "score", data);
        data.put("answers", Value.of(answers));
        return data;
    }
}
