/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fields;

import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.FieldDef;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A table as it concerns one type of object: a look-up per property. */
final class ObjectMapper {

    /** A field that the connection maps goes before all rows. */
    private static final int FIRST = -1;

    private static final String DROPPED = "";

    /** A field that is in no row comes after all that are. */
    private static final int LAST = Integer.MAX_VALUE;

    private static final List<String> AMOUNTS = List.of("amount", "value", "Value");
    private static final List<String> CURRENCIES = List.of("currency", "currency_code", "currencyCode", "Currency");

    private record Step(int rank, String target, Reading reading) {}

    private final Map<String, FieldDef> canonical;
    private final Map<String, Step> steps = new HashMap<>();
    private final List<FieldRow> patterns = new ArrayList<>();
    private final boolean canonicalPass;
    private final Optional<String> country;

    ObjectMapper(FieldTable table, ObjectType object, ConnectionSettings settings) {
        canonical = Schemas.of(object).map(ObjectSchema::byName).orElse(Map.of());
        canonicalPass = table.canonicalPass();
        country = settings.defaultCountry();
        var rank = 0;
        for (var row : table.rows()) {
            if (row.isOf(object)) {
                if (row.isPattern()) {
                    patterns.add(row);
                } else {
                    steps.putIfAbsent(row.field(), new Step(rank++, row.target(), row.reading()));
                }
            }
        }
        settings.mappings(object).forEach((field, target) -> {
            var reading = step(field).reading();
            steps.put(field, new Step(FIRST, target.orElse(DROPPED), reading));
        });
    }

    Map<String, Value> map(Map<String, Value> properties, String vendor) {
        return new Mapping(vendor).map(properties);
    }

    /** One event's properties on their way. */
    private final class Mapping {
        private final String vendor;
        private final Map<String, Value> mapped = new LinkedHashMap<>();
        private final Map<String, Integer> ranks = new HashMap<>();

        Mapping(String vendor) {
            this.vendor = vendor;
        }

        Map<String, Value> map(Map<String, Value> properties) {
            properties.forEach((name, value) -> put(name, value, step(name)));
            return mapped;
        }

        private void put(String name, Value said, Step step) {
            if (step.target().equals(DROPPED)) {
                return;
            }
            var target = step.target().equals(FieldRow.SAME) ? own(name) : step.target();
            var value = said instanceof Value.Text(var text) && text.isEmpty() ? Value.NULL : said;
            switch (step.reading()) {
                case Reading.Plain _ -> set(target, plain(target, value), step);
                case Reading.Typed(var form) -> set(target, Values.read(form, value, country), step);
                case Reading.Divided(var by) -> set(target, Values.divided(value, by), step);
                case Reading.Money(var currency) -> money(target, currency, value, step);
                case Reading.Choice(var words) -> {
                    set(target, word(words, value), step);
                    set(own(name), value, step);
                }
            }
        }

        private void money(String target, String currency, Value value, Step step) {
            if (value instanceof Value.Obj object) {
                set(target, Values.number(member(object, AMOUNTS)), step);
                var code = member(object, CURRENCIES);
                if (!code.isNull()) {
                    set(currency, code, step);
                }
            } else {
                set(target, Values.number(value), step);
            }
        }

        /** The vendor's name, as long as it means nothing else here. */
        private String own(String name) {
            return canonical.containsKey(name) ? vendor + "_" + name : name;
        }

        /** Of several fields that say the same, the one of the upper row, unless it says nothing. */
        private void set(String target, Value value, Step step) {
            var before = mapped.get(target);
            if (before != null) {
                var isLower = ranks.get(target) < step.rank();
                if (before.isNull() == value.isNull() ? isLower : value.isNull()) {
                    return;
                }
            }
            mapped.put(target, value);
            ranks.put(target, step.rank());
        }
    }

    private Step step(String name) {
        var step = steps.get(name);
        if (step != null) {
            return step;
        }
        if (canonicalPass && canonical.containsKey(name)) {
            return new Step(LAST, name, new Reading.Plain());
        }
        for (var row : patterns) {
            if (row.meets(name)) {
                return new Step(LAST, row.target(), row.reading());
            }
        }
        return new Step(LAST, FieldRow.SAME, new Reading.Plain());
    }

    private Value plain(String target, Value value) {
        var field = canonical.get(target);
        return field == null ? value : Values.read(field.type(), value, country);
    }

    private static Value word(Map<String, String> words, Value value) {
        var text = value.asText();
        if (text == null) {
            return value;
        }
        var word = words.get(text.strip().toLowerCase(Locale.ROOT));
        return Value.of(word == null ? text : word);
    }

    private static Value member(Value.Obj object, List<String> names) {
        for (var name : names) {
            if (!object.get(name).isNull()) {
                return object.get(name);
            }
        }
        return Value.NULL;
    }
}
