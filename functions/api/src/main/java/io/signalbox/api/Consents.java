/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.FieldType;
import io.signalbox.model.Property;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a person has agreed to, by purpose: a property {@code consent.marketing_email} for each, so each has its own time
 * and its own history. The dot keeps them apart from fields: no field's name has one.
 */
final class Consents {

    static final String PREFIX = "consent.";

    private static final int MOST = 50;
    private static final Set<String> STATUSES = Set.of("granted", "denied", "withdrawn");
    private static final Set<String> BASES =
            Set.of("consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests");
    private static final Set<String> MEMBERS = Set.of("purpose", "status", "basis", "source", "given_at");

    private Consents() {}

    /** The consents of a record, by property. */
    static Map<String, Property> of(CrmRecord record) {
        var consents = new TreeMap<String, Property>();
        record.properties().forEach((name, property) -> {
            if (name.startsWith(PREFIX) && !property.value().isNull()) {
                consents.put(name, property);
            }
        });
        return consents;
    }

    /** {@code {"results": [{"purpose", "status", "basis", "source", "given_at", "recorded_at"}]}}. */
    static Value json(CrmRecord record) {
        var results = new ArrayList<Value>();
        of(record).forEach((name, property) -> {
            var json = new LinkedHashMap<String, Value>();
            json.put("purpose", Value.of(name.substring(PREFIX.length())));
            for (var member : List.of("status", "basis", "source", "given_at")) {
                json.put(member, property.value().at(member));
            }
            json.put("recorded_at", Value.of(property.stamp().time().toString()));
            results.add(Value.of(json));
        });
        return Value.of(Map.of("results", Value.of(results)));
    }

    /** The properties that a body sets; 422 with every mistake in it. */
    static Map<String, Value> read(Value.Obj body) {
        var wrong = new ArrayList<Detail>();
        var properties = new LinkedHashMap<String, Value>();
        body.members().keySet().stream()
                .filter(name -> !name.equals("consents"))
                .forEach(name -> wrong.add(new Detail("/" + name, "UNKNOWN_FIELD", "The body holds consents alone.")));
        if (!(body.get("consents") instanceof Value.Arr(var items)) || items.size() > MOST) {
            wrong.add(new Detail("/consents", "INVALID_TYPE", "consents is an array of at most " + MOST + " objects."));
            throw Refusal.invalid(wrong);
        }
        for (var i = 0; i < items.size(); i++) {
            read(items.get(i), "/consents/" + i, properties, wrong);
        }
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
        return properties;
    }

    private static void read(Value item, String at, Map<String, Value> properties, List<Detail> wrong) {
        if (!(item instanceof Value.Obj(var members))) {
            wrong.add(new Detail(at, "INVALID_TYPE", "A consent must be an object."));
            return;
        }
        members.keySet().stream()
                .filter(name -> !MEMBERS.contains(name))
                .forEach(name ->
                        wrong.add(new Detail(at + "/" + name, "UNKNOWN_FIELD", "A consent has no such member.")));
        var purpose = item.at("purpose").asText();
        if (purpose == null || !purpose.matches("[a-z][a-z0-9_]{0,62}")) {
            wrong.add(new Detail(at + "/purpose", "INVALID_NAME", "A purpose is 1 to 63 of a-z, 0-9 and _."));
            return;
        }
        oneOf(item.at("status"), STATUSES, at + "/status", wrong);
        if (!item.at("basis").isNull()) {
            oneOf(item.at("basis"), BASES, at + "/basis", wrong);
        }
        var source = item.at("source");
        if (!source.isNull() && FieldType.STRING.accept(source).isEmpty()) {
            wrong.add(new Detail(at + "/source", "INVALID_STRING", "source must be a text."));
        }
        var time = item.at("given_at");
        if (!time.isNull() && FieldType.DATETIME.accept(time).isEmpty()) {
            wrong.add(new Detail(
                    at + "/given_at",
                    "INVALID_DATETIME",
                    "given_at must be " + FieldType.DATETIME.description() + "."));
        }
        var kept = new LinkedHashMap<>(members);
        kept.remove("purpose");
        kept.values().removeIf(Value::isNull);
        if (properties.put(PREFIX + purpose, Value.of(kept)) != null) {
            wrong.add(new Detail(at + "/purpose", "REPEATED", "The purpose is there twice."));
        }
    }

    private static void oneOf(Value value, Set<String> allowed, String at, List<Detail> wrong) {
        if (!(value instanceof Value.Text(var text)) || !allowed.contains(text)) {
            wrong.add(new Detail(
                    at,
                    "INVALID_VALUE",
                    "This must be one of "
                            + String.join(", ", allowed.stream().sorted().toList()) + "."));
        }
    }
}
