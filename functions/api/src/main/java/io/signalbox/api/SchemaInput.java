/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.Definition;
import io.signalbox.store.Definitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads an object or a field as a user defines it; gathers everything that is wrong with it. */
final class SchemaInput {

    private static final Set<String> OBJECT = Set.of("object", "label", "plural_label", "description", "fields");
    private static final Set<String> LABELS = Set.of("label", "plural_label", "description");
    private static final Set<String> FIELD =
            Set.of("name", "type", "label", "description", "options", "unique", "filterable", "pii", "deprecated");

    /** What is a word of the API or of its description already. */
    private static final Set<String> RESERVED_OBJECTS = Set.of(
            "associations",
            "batch",
            "by",
            "changes",
            "connection",
            "custom",
            "erase",
            "field",
            "job",
            "merge",
            "object",
            "objects",
            "record",
            "records",
            "rule",
            "schema",
            "schemas",
            "search",
            "split");

    private static final Set<String> RESERVED_FIELDS = Set.of("custom", "stale_since", "warnings", "signalbox_pending");

    private static final int LONGEST_LABEL = 100;
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int MOST_OPTIONS = 200;

    private final Value.Obj body;
    private final String at;
    private final List<Detail> wrong;

    private SchemaInput(Value.Obj body, String at, List<Detail> wrong, Set<String> known) {
        this.body = requireNonNull(body, "body is null");
        this.at = at;
        this.wrong = wrong;
        for (var name : body.members().keySet()) {
            if (!known.contains(name)) {
                var near = Nearest.to(name, known).map(one -> " Did you mean " + one + "?");
                wrong("/" + Pointers.step(name), "UNKNOWN_FIELD", "There is no such member." + near.orElse(""));
            }
        }
    }

    /** An object of a user's own, at its first version. What is unique or filterable is so at once. */
    static Definition object(Value.Obj body) {
        var wrong = new ArrayList<Detail>();
        var input = new SchemaInput(body, "", wrong, OBJECT);
        var name = input.objectName();
        var label = input.text("label", LONGEST_LABEL);
        var plural = input.text("plural_label", LONGEST_LABEL);
        var description = input.text("description", LONGEST_DESCRIPTION);
        var fields = input.fields();
        refuse(wrong);
        var schema = ObjectSchema.custom(name.orElseThrow(), fields);
        check(schema);
        var shown = label.orElseGet(() -> words(name.get().name()));
        return new Definition(schema, shown, plural.orElse(shown + "s"), description.orElse(""), 1);
    }

    /** The next version, called as the body says. */
    static Definition labels(Definition before, Value.Obj body) {
        var wrong = new ArrayList<Detail>();
        var input = new SchemaInput(body, "", wrong, LABELS);
        var label = input.text("label", LONGEST_LABEL);
        var plural = input.text("plural_label", LONGEST_LABEL);
        var description = input.text("description", LONGEST_DESCRIPTION);
        refuse(wrong);
        return before.next(
                label.orElse(before.label()),
                plural.orElse(before.pluralLabel()),
                description.orElse(before.description()));
    }

    /** A field to be added; what of it is unique or filterable is still to be built. */
    static CustomField field(Value.Obj body, ObjectSchema schema) {
        var wrong = new ArrayList<Detail>();
        var field = new SchemaInput(body, "", wrong, FIELD).field(Upkeep.BUILDING);
        field.filter(made -> schema.byName().containsKey(made.name()) && !schema.isCustom())
                .ifPresent(made -> wrong.add(new Detail(
                        "/name",
                        "STANDARD_FIELD",
                        "A " + schema.object() + " has that field; PATCH it to change it.")));
        refuse(wrong);
        return field.orElseThrow();
    }

    /** The field as a merge patch makes it; what becomes unique or filterable is still to be built. */
    static CustomField patch(CustomField before, Value.Obj body, boolean isStandard) {
        var wrong = new ArrayList<Detail>();
        var input = new SchemaInput(body, "", wrong, FIELD);
        for (var fixed : List.of("name", "type")) {
            if (body.members().containsKey(fixed)) {
                input.wrong("/" + fixed, "READ_ONLY", fixed + " stays; deprecate the field and define another.");
            }
        }
        if (isStandard) {
            for (var fixed : List.of("label", "description", "options", "unique", "pii")) {
                if (body.members().containsKey(fixed)) {
                    input.wrong(
                            "/" + fixed, "READ_ONLY", "Of a standard field filterable and deprecated can be changed.");
                }
            }
        }
        var label = input.text("label", LONGEST_LABEL).orElse(before.label());
        var description = input.text("description", LONGEST_DESCRIPTION)
                .orElse(before.def().description());
        var options = body.members().containsKey("options")
                ? input.options(before.def().type())
                : before.def().values();
        var pii = input.flag("pii").orElse(before.pii());
        var deprecated = input.flag("deprecated").orElse(before.deprecated());
        var unique = unique(input, before);
        var filterable = input.flag("filterable")
                .map(on -> !on ? Upkeep.OFF : before.filterable() == Upkeep.OFF ? Upkeep.BUILDING : before.filterable())
                .orElse(before.filterable());
        if (unique != Upkeep.OFF
                && !CustomField.UNIQUE_TYPES.contains(before.def().type())) {
            input.cannotBeUnique();
        }
        refuse(wrong);
        var def = new FieldDef(before.name(), before.def().type(), description, options);
        return new CustomField(def, label, pii, deprecated, unique, filterable, before.job());
    }

    private static Upkeep unique(SchemaInput input, CustomField before) {
        var wanted = input.flag("unique");
        if (wanted.isEmpty()) {
            return before.unique();
        }
        if (!wanted.get()) {
            if (before.unique().isKept()) {
                input.wrong("/unique", "READ_ONLY", "A field stays unique; deprecate it and define another.");
            }
            return before.unique();
        }
        return before.unique() == Upkeep.OFF || before.unique() == Upkeep.FAILED ? Upkeep.BUILDING : before.unique();
    }

    /** Whether there are as many fields as there may be. */
    static void check(ObjectSchema schema) {
        var filterable = schema.own().stream()
                .filter(field -> field.filterable().isKept())
                .count();
        var unique =
                schema.own().stream().filter(field -> field.unique().isKept()).count();
        var wrong = new ArrayList<Detail>();
        tooMany(wrong, schema.own().size(), Definitions.MOST_FIELDS, "fields");
        tooMany(wrong, filterable, Definitions.MOST_FILTERABLE, "filterable fields besides those it has of itself");
        tooMany(wrong, unique, Definitions.MOST_UNIQUE, "unique fields");
        refuse(wrong);
    }

    private static void tooMany(List<Detail> wrong, long number, int most, String what) {
        if (number > most) {
            wrong.add(new Detail("", "TOO_MANY", "An object has at most " + most + " " + what + "."));
        }
    }

    private static void refuse(List<Detail> wrong) {
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
    }

    private void wrong(String pointer, String code, String message) {
        wrong.add(new Detail(at + pointer, code, message));
    }

    private void cannotBeUnique() {
        wrong(
                "/unique",
                "INVALID_TYPE",
                "Only a "
                        + CustomField.UNIQUE_TYPES.stream()
                                .map(SchemaInput::word)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + " can be unique.");
    }

    private Optional<ObjectType> objectName() {
        var name = name("object");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var isTaken = RESERVED_OBJECTS.contains(name.get())
                || Schemas.STANDARD.stream()
                        .anyMatch(schema -> schema.object().name().equals(name.get())
                                || schema.path().equals(name.get()));
        if (isTaken) {
            wrong("/object", "RESERVED", "That name has a meaning already; choose another.");
        }
        return name.map(ObjectType::new);
    }

    private Optional<String> name(String member) {
        if (body.get(member) instanceof Value.Text(var text)
                && CustomField.NAME.matcher(text).matches()) {
            return Optional.of(text);
        }
        wrong("/" + member, "INVALID_NAME", member + " is 1 to 40 of a-z, 0-9 and _, a letter first.");
        return Optional.empty();
    }

    private Optional<String> text(String member, int longest) {
        return switch (body.get(member)) {
            case Value.Null _ -> Optional.empty();
            case Value.Text(var text) when !text.isBlank() && text.length() <= longest -> Optional.of(text);
            case Value.Text(var text) when text.isEmpty() && member.equals("description") -> Optional.of(text);
            default -> {
                wrong("/" + member, "INVALID_STRING", member + " must be a text of 1 to " + longest + " characters.");
                yield Optional.empty();
            }
        };
    }

    private Optional<Boolean> flag(String member) {
        return switch (body.get(member)) {
            case Value.Null _ -> Optional.empty();
            case Value.Bool(var truth) -> Optional.of(truth);
            default -> {
                wrong("/" + member, "INVALID_BOOLEAN", member + " is true or false.");
                yield Optional.empty();
            }
        };
    }

    private List<CustomField> fields() {
        if (body.get("fields").isNull()) {
            return List.of();
        }
        if (!(body.get("fields") instanceof Value.Arr(var items))) {
            wrong("/fields", "INVALID_TYPE", "fields must be an array of objects.");
            return List.of();
        }
        var fields = new ArrayList<CustomField>();
        var names = new HashSet<String>();
        for (var i = 0; i < items.size() && i <= Definitions.MOST_FIELDS; i++) {
            var here = "/fields/" + i;
            if (!(items.get(i) instanceof Value.Obj item)) {
                wrong(here, "INVALID_TYPE", "A field must be an object.");
                continue;
            }
            var field = new SchemaInput(item, here, wrong, FIELD).field(Upkeep.READY);
            if (field.isPresent() && !names.add(field.get().name())) {
                wrong(here + "/name", "REPEATED", "Two fields have this name.");
            }
            field.ifPresent(fields::add);
        }
        return fields;
    }

    private Optional<CustomField> field(Upkeep begun) {
        var before = wrong.size();
        var name = name("name");
        if (name.isPresent() && (RecordInput.READ_ONLY.contains(name.get()) || RESERVED_FIELDS.contains(name.get()))) {
            wrong("/name", "RESERVED", "That name has a meaning already; choose another.");
        }
        var type = type();
        var options = type.map(this::options).orElse(List.of());
        var label = text("label", LONGEST_LABEL);
        var description = text("description", LONGEST_DESCRIPTION).orElse("");
        var unique = flag("unique").orElse(false);
        var filterable = flag("filterable").orElse(false);
        var pii = flag("pii").orElse(false);
        var deprecated = flag("deprecated").orElse(false);
        if (unique && type.isPresent() && !CustomField.UNIQUE_TYPES.contains(type.get())) {
            cannotBeUnique();
        }
        if (wrong.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new CustomField(
                new FieldDef(name.orElseThrow(), type.orElseThrow(), description, options),
                label.orElseGet(() -> words(name.get())),
                pii,
                deprecated,
                unique ? begun : Upkeep.OFF,
                filterable ? begun : Upkeep.OFF,
                Optional.empty()));
    }

    private Optional<FieldType> type() {
        for (var type : FieldType.values()) {
            if (body.get("type").equals(Value.of(word(type)))) {
                return Optional.of(type);
            }
        }
        var all = Arrays.stream(FieldType.values()).map(SchemaInput::word).collect(Collectors.joining(", "));
        wrong("/type", "INVALID_TYPE", "type is one of " + all + ".");
        return Optional.empty();
    }

    private List<String> options(FieldType type) {
        if (type != FieldType.ENUM) {
            if (!body.get("options").isNull()) {
                wrong("/options", "INVALID_TYPE", "Only a field of type enum has options.");
            }
            return List.of();
        }
        var options = new ArrayList<String>();
        if (body.get("options") instanceof Value.Arr(var items) && !items.isEmpty() && items.size() <= MOST_OPTIONS) {
            for (var item : items) {
                if (item instanceof Value.Text(var text)
                        && !text.isBlank()
                        && text.length() <= LONGEST_LABEL
                        && !options.contains(text)) {
                    options.add(text);
                }
            }
            if (options.size() == items.size()) {
                return options;
            }
        }
        wrong(
                "/options",
                "INVALID_OPTIONS",
                "options is an array of 1 to " + MOST_OPTIONS + " different texts of 1 to " + LONGEST_LABEL
                        + " characters.");
        return List.of();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** {@code Member no} of {@code member_no}. */
    static String words(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' ');
    }
}
