/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The fields of an object that may stand in filters and sorts. Each of the {@link #indexed} ones has an index: a change
 * of such a field costs two more write units, one where it was or becomes empty; the change of any other field costs
 * nothing. Besides them every object has {@link #ID} and {@link #UPDATED_AT}, which need none: records are kept by id,
 * and the change feed has them in the order they changed.
 *
 * @param indexed types by name
 */
public record Filterable(ObjectType object, Map<String, FieldType> indexed) {

    public static final String ID = "id";
    public static final String CREATED_AT = "created_at";
    public static final String UPDATED_AT = "updated_at";
    public static final String SCORE = "score.value";
    public static final String SCORE_LABEL = "score.label";

    /** What the names of fields begin with that users added to a standard object. */
    private static final String CUSTOM = "custom.";

    private static final List<String> PERSON =
            List.of("email", "phone", "company", "country", "industry", "lifecycle_stage", "lead_status", "owner_id");

    private static final Map<ObjectType, List<String>> STANDARD = Map.of(
            ObjectType.CONTACT, PERSON,
            ObjectType.LEAD, PERSON,
            ObjectType.COMPANY, List.of("name", "domain", "country", "industry", "lifecycle_stage", "owner_id"),
            ObjectType.DEAL, List.of("name", "amount", "stage", "pipeline", "close_date", "owner_id"),
            ObjectType.ACTIVITY, List.of("type", "status", "starts_at", "due_at", "owner_id"),
            ObjectType.TICKET, List.of("priority", "stage", "pipeline", "category", "owner_id"),
            ObjectType.RAW_EVENT, List.of());

    public Filterable {
        requireNonNull(object, "object is null");
        indexed = Collections.unmodifiableMap(new TreeMap<>(indexed));
    }

    /** What is filterable of an object unless its schema says more. */
    public static Filterable standard(ObjectType object) {
        var fields = new TreeMap<String, FieldType>();
        fields.put(CREATED_AT, FieldType.DATETIME);
        var schema = Schemas.of(object);
        for (var name : STANDARD.getOrDefault(object, List.of())) {
            schema.flatMap(known -> known.field(name)).ifPresent(field -> fields.put(name, field.type()));
        }
        if (object.equals(ObjectType.CONTACT) || object.equals(ObjectType.LEAD)) {
            fields.put(SCORE, FieldType.NUMBER);
            fields.put(SCORE_LABEL, FieldType.STRING);
        }
        return new Filterable(object, fields);
    }

    /** What is filterable of an object with the fields that users added, as far as their indexes are complete. */
    public static Filterable of(ObjectSchema schema) {
        return standard(schema.object()).with(types(schema, Upkeep.READY::equals));
    }

    /** The same with those fields whose indexes are still being built: what has to be kept up. */
    public static Filterable kept(ObjectSchema schema) {
        return standard(schema.object()).with(types(schema, Upkeep::isKept));
    }

    private static Map<String, FieldType> types(ObjectSchema schema, Predicate<Upkeep> wanted) {
        var types = new TreeMap<String, FieldType>();
        for (var field : schema.own()) {
            if (wanted.test(field.filterable())) {
                types.put(schema.shownName(field), field.def().type());
            }
        }
        return types;
    }

    /** These and more. */
    public Filterable with(Map<String, FieldType> more) {
        var fields = new TreeMap<>(indexed);
        fields.putAll(more);
        return new Filterable(object, fields);
    }

    /** The type of a field that may be filtered by; empty for any other. */
    public Optional<FieldType> type(String field) {
        return switch (field) {
            case ID -> Optional.of(FieldType.INTEGER);
            case UPDATED_AT -> Optional.of(FieldType.DATETIME);
            default -> Optional.ofNullable(indexed.get(field));
        };
    }

    /** All that may be filtered by, in the order of the alphabet. */
    public List<String> names() {
        var names = new ArrayList<>(indexed.keySet());
        names.add(ID);
        names.add(UPDATED_AT);
        Collections.sort(names);
        return names;
    }

    /** The key of a record in the index of a field; empty when it has no place there. */
    public Optional<String> key(CrmRecord record, String field) {
        var type = indexed.get(field);
        return type == null ? Optional.empty() : IndexKey.of(type, value(record, field));
    }

    /** A field's value, in whatever form it came; {@link Value#NULL} when the record has none. */
    public static Value value(CrmRecord record, String field) {
        return switch (field) {
            case ID -> Value.of(record.key().id().toString());
            case CREATED_AT -> Value.of(record.createdAt().toString());
            case UPDATED_AT -> Value.of(record.updatedAt().toString());
            case SCORE -> record.score().map(score -> Value.of(score.value())).orElse(Value.NULL);
            case SCORE_LABEL ->
                record.score().map(score -> Value.of(score.label())).orElse(Value.NULL);
            default -> record.value(field.startsWith(CUSTOM) ? field.substring(CUSTOM.length()) : field);
        };
    }
}
