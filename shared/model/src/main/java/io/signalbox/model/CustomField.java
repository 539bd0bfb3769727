/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A field that a user defined, of a standard object or of one of the user's own.
 *
 * <p>A client's value has to be of the type. A vendor's is kept as it came and shown in the type's form where it plainly
 * can be, like that of any field.
 *
 * @param def its name and type; the values of a {@link FieldType#ENUM} are all that it may hold
 * @param label what people call it
 * @param pii whether it says something of a person
 * @param deprecated whether clients should stop using it
 * @param unique whether it finds one record; the keys are being made, or all there
 * @param filterable whether it may stand in filters and sorts; the index is being built, or complete
 * @param job the job that makes keys or index, or takes them away; the last one's
 */
public record CustomField(
        FieldDef def,
        String label,
        boolean pii,
        boolean deprecated,
        Upkeep unique,
        Upkeep filterable,
        Optional<String> job) {

    /** What a name of an object or a field of a user's own looks like. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** What can be compared exactly, and so be unique. */
    public static final Set<FieldType> UNIQUE_TYPES =
            Set.of(FieldType.STRING, FieldType.PHONE, FieldType.EMAIL, FieldType.URL, FieldType.INTEGER);

    private static final int LONGEST_KEY = 200;

    public CustomField {
        requireNonNull(def, "def is null");
        requireNonNull(label, "label is null");
        requireNonNull(unique, "unique is null");
        requireNonNull(filterable, "filterable is null");
        requireNonNull(job, "job is null");
        if (!NAME.matcher(def.name()).matches()) {
            throw new IllegalArgumentException("field name is not " + NAME + ": " + def.name());
        }
        if ((def.type() == FieldType.ENUM) == def.values().isEmpty()) {
            throw new IllegalArgumentException("an enum has options, and nothing else has");
        }
        if (unique != Upkeep.OFF && !UNIQUE_TYPES.contains(def.type())) {
            throw new IllegalArgumentException("a field of that type cannot be unique: " + def.type());
        }
    }

    /** One that has nothing but a type. */
    public CustomField(FieldDef def, String label) {
        this(def, label, false, false, Upkeep.OFF, Upkeep.OFF, Optional.empty());
    }

    /** Whether something is kept up beside the records. */
    public enum Upkeep {
        OFF,
        /** It is kept up for what changes; what was there before is being caught up on. */
        BUILDING,
        READY,
        /** It is kept up for what changes, but what was there before does not allow it. */
        FAILED;

        public boolean isKept() {
            return this != OFF;
        }
    }

    public String name() {
        return def.name();
    }

    public CustomField withUnique(Upkeep state) {
        return new CustomField(def, label, pii, deprecated, state, filterable, job);
    }

    public CustomField withFilterable(Upkeep state) {
        return new CustomField(def, label, pii, deprecated, unique, state, job);
    }

    public CustomField withJob(String id) {
        return new CustomField(def, label, pii, deprecated, unique, filterable, Optional.of(id));
    }

    /** A client's value as it is stored; empty when it does not fit. */
    public Optional<Value> accept(Value value) {
        return def.type()
                .accept(value)
                .filter(fit -> def.type() != FieldType.ENUM || def.values().contains(fit.asText()))
                .filter(fit ->
                        unique == Upkeep.OFF || key(ObjectType.RAW_EVENT, fit).isPresent());
    }

    /** What fits, in words for an error message. */
    public String description() {
        if (def.type() == FieldType.ENUM) {
            return "one of " + String.join(", ", def.values());
        }
        return unique == Upkeep.OFF
                ? def.type().description()
                : def.type().description() + ", of 1 to " + LONGEST_KEY + " characters for it is unique";
    }

    /** The key that a value makes: without space around it, an e-mail address in lower case. Empty where it makes none. */
    public Optional<UniqueKey> key(ObjectType object, Value value) {
        var shown = def.type().show(value);
        var text = shown instanceof Value.Num(var number)
                ? number.stripTrailingZeros().toPlainString()
                : shown.asText();
        if (text == null) {
            return Optional.empty();
        }
        var plain = def.type() == FieldType.EMAIL ? text.strip().toLowerCase(Locale.ROOT) : text.strip();
        return plain.isEmpty() || plain.length() > LONGEST_KEY
                ? Optional.empty()
                : Optional.of(new UniqueKey(object, name(), plain));
    }
}
