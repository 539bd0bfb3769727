/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.versions;

import io.signalbox.model.FieldDef;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Records as v3 shows and takes them, out of and into those of v4:
 *
 * <ul>
 *   <li>the lead score has two names, {@value #SCORE} and {@value #HEALTH}, and may be written by either. What a client
 *       writes is kept as the custom field {@value #GIVEN}, shown by v3 before the score of the rules, and leaves that
 *       one alone;
 *   <li>amounts of money are texts;
 *   <li>a field that nobody knows is left out rather than refused.
 * </ul>
 */
public final class PreviousRecords {

    public static final String SCORE = "lead_score";
    public static final String HEALTH = "lead_health_score";
    public static final String BAND = "lead_health_band";

    /** Where v4 has the score that a client of v3 wrote, among the custom fields. */
    public static final String GIVEN = "lead_health_score_given";

    private static final Set<String> MONEY = Set.of("amount", "annual_revenue");
    private static final Set<ObjectType> SCORED = Set.of(ObjectType.CONTACT, ObjectType.LEAD);
    private static final int LONGEST_NUMBER = 60;

    private PreviousRecords() {}

    /** Whether records of the type have a lead score. */
    public static boolean areScored(ObjectType object) {
        return SCORED.contains(object);
    }

    /** Whether the field is an amount of money. */
    public static boolean isMoney(String field) {
        return MONEY.contains(field);
    }

    /**
     * A record of v4 as v3 shows it.
     *
     * @param wants whether one of the two names of the score is to be shown
     */
    public static Value shown(Value.Obj record, Predicate<String> wants) {
        var custom = copy(record.get("custom"));
        var given = custom.getOrDefault(GIVEN, Value.NULL);
        var isScored = !record.get(HEALTH).isNull() || !given.isNull();
        var score = given.isNull() ? record.get(HEALTH) : given;
        var shown = new LinkedHashMap<String, Value>();
        record.members().forEach((name, value) -> {
            switch (name) {
                case BAND -> {}
                case HEALTH -> {}
                case "custom" -> {
                    custom.remove(GIVEN);
                    shown.put(name, Value.of(custom));
                }
                default -> shown.put(name, isMoney(name) ? text(value) : value);
            }
        });
        for (var name : List.of(SCORE, HEALTH)) {
            if (isScored && wants.test(name)) {
                shown.put(name, score);
            }
        }
        return Value.of(shown);
    }

    /** An amount as text, exact and without an exponent; anything else as it is. */
    public static Value text(Value value) {
        return value instanceof Value.Num(var number) ? Value.of(number.toPlainString()) : value;
    }

    /**
     * What a client of v3 sent, read.
     *
     * @param body the record as v4 takes it
     * @param unknown the fields that were left out because nobody knows them
     * @param usesOldName whether it has {@value #SCORE}
     * @param conflicts whether the score's two names say different things
     */
    public record Taken(Value.Obj body, List<String> unknown, boolean usesOldName, boolean conflicts) {
        public Taken {
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * Reads a record that a client of v3 sent.
     *
     * @param isKnown what v4 has a word to say about, though it be a refusal
     */
    public static Taken taken(ObjectSchema kind, Value.Obj body, Predicate<String> isKnown) {
        var unknown = new ArrayList<String>();
        var taken = new LinkedHashMap<String, Value>();
        var scored = areScored(kind.object());
        body.members().forEach((name, value) -> {
            if (scored && (name.equals(SCORE) || name.equals(HEALTH))) {
                return;
            }
            if (kind.field(name).isPresent()) {
                taken.put(name, isMoney(name) ? number(value) : value);
            } else if (isKnown.test(name)) {
                taken.put(name, value);
            } else {
                unknown.add(name);
            }
        });
        var names = scored
                ? List.of(SCORE, HEALTH).stream()
                        .filter(body.members()::containsKey)
                        .toList()
                : List.<String>of();
        if (!names.isEmpty()
                && (taken.getOrDefault("custom", Value.NULL) instanceof Value.Obj || !taken.containsKey("custom"))) {
            var custom = copy(taken.getOrDefault("custom", Value.NULL));
            custom.put(GIVEN, body.get(names.getLast()));
            taken.put("custom", Value.of(custom));
        }
        var conflicts = names.size() == 2 && !same(body.get(SCORE), body.get(HEALTH));
        return new Taken(new Value.Obj(taken), unknown, names.contains(SCORE), conflicts);
    }

    /** Whether the score may be written so: a number from 0 to 100, or null for that of the rules again. */
    public static boolean isScore(Value value) {
        return value.isNull()
                || value instanceof Value.Num(var number)
                        && number.signum() >= 0
                        && number.compareTo(BigDecimal.valueOf(100)) <= 0;
    }

    private static boolean same(Value one, Value other) {
        return one instanceof Value.Num(var a) && other instanceof Value.Num(var b)
                ? a.compareTo(b) == 0
                : one.equals(other);
    }

    /** A text that is a decimal number as that number; anything else as it is, for v4 to refuse. */
    private static Value number(Value value) {
        if (value instanceof Value.Text(var text) && isDecimal(text)) {
            return Value.of(new BigDecimal(text));
        }
        return value;
    }

    private static boolean isDecimal(String text) {
        var start = text.startsWith("-") ? 1 : 0;
        var point = text.indexOf('.');
        return text.length() > start
                && text.length() <= LONGEST_NUMBER
                && point != start
                && point != text.length() - 1
                && text.chars().skip(start).filter(c -> c == '.').count() <= 1
                && text.chars().skip(start).allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    /** The amounts of money that records of the type have. */
    public static List<String> money(ObjectType object) {
        return Schemas.of(object).stream()
                .flatMap(schema -> schema.fields().stream())
                .map(FieldDef::name)
                .filter(PreviousRecords::isMoney)
                .toList();
    }

    private static Map<String, Value> copy(Value value) {
        return value instanceof Value.Obj(var members) ? new LinkedHashMap<>(members) : new LinkedHashMap<>();
    }
}
