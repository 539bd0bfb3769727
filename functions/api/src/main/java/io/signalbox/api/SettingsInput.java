/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.PhoneNumbers;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads how a connection's events shall be read: {@code mappings}, {@code default_country}, {@code join_records},
 * {@code objects}. A
 * member that is absent leaves what there is, null goes back to the vendor's table.
 *
 * <p>{@code mappings} has, by object, the vendor's fields and what each is stored as: a canonical field, a custom name,
 * or null to drop it. An object that is given replaces all that was changed of it.
 */
final class SettingsInput {

    /** The members this reads. */
    static final Set<String> MEMBERS = Set.of("mappings", "default_country", "join_records", "objects");

    private static final int MOST_FIELDS = 200;
    private static final int MOST_OBJECTS = 50;
    private static final Pattern OBJECT = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int LONGEST_FIELD = 200;
    private static final int LONGEST_NAME = 100;

    private final Value.Obj body;
    private final ConnectionInput input;

    /** @param input where what is wrong is told */
    SettingsInput(Value.Obj body, ConnectionInput input) {
        this.body = requireNonNull(body, "body is null");
        this.input = requireNonNull(input, "input is null");
    }

    boolean isGiven() {
        return MEMBERS.stream().anyMatch(body.members()::containsKey);
    }

    ConnectionSettings applied(ConnectionSettings before) {
        return new ConnectionSettings(
                body.members().containsKey("mappings") ? mappings(before) : before.mappings(),
                body.members().containsKey("default_country") ? country() : before.defaultCountry(),
                body.members().containsKey("join_records") ? joins() : before.joinsRecords(),
                body.members().containsKey("objects") ? objects(before) : before.objects());
    }

    /** What the vendor's objects that are not standard are here; null goes back to keeping their events as they are. */
    private Map<ObjectType, ObjectType> objects(ConnectionSettings before) {
        if (body.get("objects").isNull()) {
            return Map.of();
        }
        if (!(body.get("objects") instanceof Value.Obj(var members)) || members.size() > MOST_OBJECTS) {
            input.wrong(
                    "/objects",
                    "INVALID_TYPE",
                    "objects is an object of at most " + MOST_OBJECTS + " names: {\"invoice__c\": \"invoice\"}.");
            return before.objects();
        }
        var objects = new LinkedHashMap<>(before.objects());
        members.forEach((vendors, ours) -> {
            var here = "/objects/" + Pointers.step(vendors);
            if (!OBJECT.matcher(vendors).matches()
                    || Schemas.of(new ObjectType(vendors)).isPresent()) {
                input.wrong(
                        here,
                        "INVALID_NAME",
                        "This is the vendor's name of an object that is not standard, in lower case, as a raw event's"
                                + " reason has it.");
            } else if (ours.isNull()) {
                objects.remove(new ObjectType(vendors));
            } else if (ours instanceof Value.Text(var name)
                    && OBJECT.matcher(name).matches()
                    && !name.equals(ObjectType.RAW_EVENT.name())) {
                objects.put(new ObjectType(vendors), new ObjectType(name));
            } else {
                input.wrong(
                        here,
                        "UNKNOWN_OBJECT",
                        "This is contact, lead, company, deal, activity, ticket, or the name of an object of your"
                                + " own.");
            }
        });
        return objects;
    }

    private Optional<String> country() {
        var country = input.text("default_country");
        if (country.isPresent() && !PhoneNumbers.knows(country.get())) {
            input.wrong(
                    "/default_country",
                    "UNKNOWN_COUNTRY",
                    "default_country is a country of ISO 3166, like DE, whose phone numbers are known here.");
            return Optional.empty();
        }
        return country;
    }

    private Optional<Boolean> joins() {
        return switch (body.get("join_records")) {
            case Value.Bool(var joins) -> Optional.of(joins);
            case Value.Null _ -> Optional.empty();
            case Value.Text _, Value.Num _, Value.Arr _, Value.Obj _ -> {
                input.wrong("/join_records", "INVALID_TYPE", "join_records is true, false or null.");
                yield Optional.empty();
            }
        };
    }

    private Map<ObjectType, Map<String, Optional<String>>> mappings(ConnectionSettings before) {
        if (body.get("mappings").isNull()) {
            return Map.of();
        }
        if (!(body.get("mappings") instanceof Value.Obj(var objects))) {
            input.wrong(
                    "/mappings", "INVALID_TYPE", "mappings is an object: {\"contact\": {\"Title\": \"job_title\"}}.");
            return before.mappings();
        }
        var mappings = new LinkedHashMap<>(before.mappings());
        objects.forEach((name, fields) -> {
            var schema = Schemas.STANDARD.stream()
                    .filter(each -> each.object().name().equals(name))
                    .filter(each -> !each.fields().isEmpty())
                    .findFirst();
            var at = "/mappings/" + Pointers.step(name);
            if (schema.isEmpty()) {
                input.wrong(
                        at,
                        "UNKNOWN_OBJECT",
                        "Fields can be mapped of contact, lead, company, deal, activity, ticket.");
            } else if (fields.isNull()) {
                mappings.remove(schema.get().object());
            } else if (fields instanceof Value.Obj(var members) && members.size() <= MOST_FIELDS) {
                mappings.put(schema.get().object(), fields(schema.get(), members, at));
            } else {
                input.wrong(at, "INVALID_TYPE", "This is an object of at most " + MOST_FIELDS + " fields.");
            }
        });
        return mappings;
    }

    private Map<String, Optional<String>> fields(ObjectSchema schema, Map<String, Value> members, String at) {
        var fields = new LinkedHashMap<String, Optional<String>>();
        members.forEach((field, target) -> {
            var here = at + "/" + Pointers.step(field);
            if (field.isEmpty() || field.length() > LONGEST_FIELD) {
                input.wrong(here, "INVALID_NAME", "A vendor's field has 1 to " + LONGEST_FIELD + " characters.");
            }
            switch (target) {
                case Value.Null _ -> fields.put(field, Optional.empty());
                case Value.Text(var name) when isName(schema, name) -> fields.put(field, Optional.of(name));
                case Value.Text _, Value.Num _, Value.Bool _, Value.Arr _, Value.Obj _ ->
                    input.wrong(
                            here,
                            "INVALID_NAME",
                            "This is a field of a " + schema.object() + ", a custom name of 1 to " + LONGEST_NAME
                                    + " of a-z, 0-9 and _ with a letter first, or null to drop the field.");
            }
        });
        return fields;
    }

    private static boolean isName(ObjectSchema schema, String name) {
        return schema.field(name).isPresent()
                || (!name.isEmpty()
                        && name.length() <= LONGEST_NAME
                        && name.charAt(0) >= 'a'
                        && name.charAt(0) <= 'z'
                        && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')
                        && !RecordInput.READ_ONLY.contains(name));
    }

    /** The settings as they are shown. */
    static Map<String, Value> json(ConnectionSettings settings) {
        var mappings = new LinkedHashMap<String, Value>();
        settings.mappings().forEach((object, fields) -> {
            var members = new LinkedHashMap<String, Value>();
            fields.forEach((field, target) -> members.put(field, Value.of(target.orElse(null))));
            mappings.put(object.name(), Value.of(members));
        });
        var json = new LinkedHashMap<String, Value>();
        json.put("mappings", Value.of(mappings));
        json.put("default_country", Value.of(settings.defaultCountry().orElse(null)));
        json.put("join_records", settings.joinsRecords().<Value>map(Value::of).orElse(Value.NULL));
        var objects = new LinkedHashMap<String, Value>();
        settings.objects().forEach((vendors, ours) -> objects.put(vendors.name(), Value.of(ours.name())));
        json.put("objects", Value.of(objects));
        return json;
    }
}
