/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CustomField;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a record as a client writes it, into properties as they are stored. Everything that is wrong is found in one
 * go.
 */
final class RecordInput {

    /** What a record's JSON holds besides its fields; shown, never set. */
    static final Set<String> READ_ONLY = Set.of(
            "id",
            "object",
            "version",
            "created_at",
            "updated_at",
            "external_ids",
            "lead_health_score",
            "lead_health_band",
            "score",
            "expanded",
            "deleted_at",
            "erased",
            "_links");

    private static final int MAX_CUSTOM = 200;
    private static final String CUSTOM_NAME = "[a-z][a-z0-9_]{0,99}";

    private final ObjectSchema kind;
    private final boolean clears;
    private final List<Detail> wrong = new ArrayList<>();
    private final Map<String, Value> properties = new LinkedHashMap<>();

    private RecordInput(ObjectSchema kind, boolean clears) {
        this.kind = requireNonNull(kind, "kind is null");
        this.clears = clears;
    }

    /** The properties of a record to be made; 422 with every mistake in it. A field that is null is left out. */
    static Map<String, Value> creation(ObjectSchema kind, Value.Obj body) {
        var input = new RecordInput(kind, false);
        body.members().forEach(input::member);
        if (input.wrong.isEmpty() && input.properties.isEmpty()) {
            input.wrong.add(new Detail("", "EMPTY", "Give at least one field a value."));
        }
        return input.result();
    }

    /** The properties that a merge patch sets; null clears one. 422 with every mistake in it. */
    static Map<String, Value> patch(ObjectSchema kind, Value.Obj body) {
        var input = new RecordInput(kind, true);
        body.members().forEach(input::member);
        return input.result();
    }

    private Map<String, Value> result() {
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
        return properties;
    }

    private void member(String name, Value value) {
        var field = kind.field(name);
        if (field.isPresent()) {
            field(field.get(), value);
        } else if (name.equals("custom")) {
            custom(value);
        } else if (READ_ONLY.contains(name)) {
            wrong.add(new Detail(pointer(name), "READ_ONLY", "This is set by Signalbox; leave it out."));
        } else {
            unknown(name);
        }
    }

    private void field(FieldDef field, Value value) {
        if (value.isNull()) {
            clear(field.name());
            return;
        }
        var own = kind.own(field.name());
        var fits = own.isPresent() ? own.get().accept(value) : field.type().accept(value);
        if (fits.isPresent()) {
            properties.put(field.name(), fits.get());
        } else {
            invalid(pointer(field.name()), field, own);
        }
    }

    private void invalid(String at, FieldDef field, Optional<CustomField> own) {
        var description = own.map(CustomField::description).orElse(field.type().description());
        wrong.add(new Detail(at, "INVALID_" + field.type(), field.name() + " must be " + description + "."));
    }

    /** A field that users defined has its type; null clears it, as any other. */
    private void own(String at, CustomField field, Value value) {
        var fits = field.accept(value);
        if (value.isNull()) {
            clear(field.name());
        } else if (fits.isPresent()) {
            properties.put(field.name(), fits.get());
        } else {
            invalid(at, field.def(), Optional.of(field));
        }
    }

    private void clear(String name) {
        if (clears) {
            properties.put(name, Value.NULL);
        }
    }

    private void unknown(String name) {
        var names = Stream.concat(kind.fields().stream().map(FieldDef::name), Stream.of("custom"))
                .toList();
        var message = Nearest.to(name, names)
                .map(near -> "There is no such field; the nearest is " + near + ".")
                .orElse("There is no such field; fields of your own go into custom.");
        wrong.add(new Detail(pointer(name), "UNKNOWN_FIELD", message));
    }

    private void custom(Value value) {
        if (value.isNull() && !clears) {
            return;
        }
        if (!(value instanceof Value.Obj(var members))) {
            wrong.add(new Detail(
                    "/custom", "INVALID_TYPE", "custom must be an object; to clear a field in it, name it with null."));
            return;
        }
        if (members.size() > MAX_CUSTOM) {
            wrong.add(new Detail("/custom", "TOO_MANY", "custom holds at most " + MAX_CUSTOM + " fields."));
            return;
        }
        var standard = kind.byName();
        members.forEach((name, member) -> {
            var at = "/custom" + pointer(name);
            if (!name.matches(CUSTOM_NAME)) {
                wrong.add(new Detail(at, "INVALID_NAME", "Names are 1 to 100 of a-z, 0-9 and _, a letter first."));
            } else if (standard.containsKey(name)) {
                var field = standard.get(name).name();
                wrong.add(new Detail(at, "STANDARD_FIELD", "This is the field " + field + "; set it there."));
            } else if (kind.own(name).isPresent()) {
                own(at, kind.own(name).get(), member);
            } else if (member instanceof Value.Obj || member instanceof Value.Arr) {
                wrong.add(new Detail(at, "INVALID_TYPE", "A custom field holds a text, a number, true or false."));
            } else if (member instanceof Value.Text
                    && FieldType.STRING.accept(member).isEmpty()) {
                wrong.add(
                        new Detail(at, "INVALID_STRING", "The field must be " + FieldType.STRING.description() + "."));
            } else if (member.isNull()) {
                clear(name);
            } else {
                properties.put(name, member);
            }
        });
    }

    private static String pointer(String name) {
        return "/" + Pointers.step(name);
    }
}
