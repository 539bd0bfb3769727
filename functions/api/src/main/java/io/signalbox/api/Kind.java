/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filterable;
import io.signalbox.runtime.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A type of record as the API handles it: its schema, how it is shown, by which keys it is found. */
record Kind(ObjectSchema schema, RecordJson json) {

    Kind {
        requireNonNull(schema, "schema is null");
        requireNonNull(json, "json is null");
    }

    Kind(ObjectSchema schema) {
        this(schema, new RecordJson(schema));
    }

    /** Which kind a call is about: always the same one, or the one that its path names. */
    @FunctionalInterface
    interface Of {
        Kind of(Call call);
    }

    ObjectType object() {
        return schema.object();
    }

    /** What lists and searches may filter and sort by. */
    Filterable filterable() {
        return Filterable.of(schema);
    }

    /** The field so called in filters and paths, if users defined it and its index or keys are not complete. */
    Optional<Refusal> notReady(String shown) {
        return schema.ownByShownName(shown)
                .flatMap(field -> field.filterable() == Upkeep.BUILDING || field.unique() == Upkeep.BUILDING
                        ? Optional.of(building(shown, field))
                        : Optional.empty());
    }

    private static Refusal building(String shown, CustomField field) {
        var job = field.job().map(id -> "/api/v4/jobs/" + id).orElse("its job");
        return Refusal.of(
                        ErrorCode.CONFLICT,
                        "Records from before " + shown + " was defined so are still being caught up on.",
                        new Problem.Detail(
                                shown, "BUILDING", "Wait until GET " + job + " says succeeded; try again after that."))
                .with("Retry-After", "60");
    }

    /** Whether it is a person: somebody with an e-mail address, with consents, who can be erased. */
    boolean isPerson() {
        return object().equals(ObjectType.CONTACT) || object().equals(ObjectType.LEAD);
    }

    String link(Call call, Object id) {
        return call.link(schema.pathOf(id));
    }

    /** The fields whose values find one record. */
    List<String> keys() {
        var keys = new ArrayList<String>();
        if (isPerson()) {
            keys.add(UniqueKey.EMAIL);
        }
        keys.add(UniqueKey.EXTERNAL_ID);
        schema.own().stream()
                .filter(own -> own.unique().isKept())
                .map(schema::shownName)
                .forEach(keys::add);
        return keys;
    }

    /**
     * The key that a field and a value make; empty for a value that no record can have.
     *
     * @throws Refusal 404 when it is no field that finds records
     */
    Optional<UniqueKey> key(String field, String value) {
        if (!keys().contains(field)) {
            throw Refusal.of(
                    ErrorCode.NOT_FOUND,
                    "There is no unique key of that name; a " + object() + " has " + String.join(", ", keys()) + ".");
        }
        if (field.equals(UniqueKey.EXTERNAL_ID)) {
            return ExternalId.parse(value).map(id -> UniqueKey.external(object(), id));
        }
        var own =
                schema.ownByShownName(field).filter(defined -> defined.unique().isKept());
        if (own.isEmpty()) {
            return UniqueKey.email(object(), value);
        }
        check(field, own.get());
        return own.get()
                .accept(own.get().def().type().show(Value.of(value)))
                .flatMap(fit -> own.get().key(object(), fit));
    }

    private void check(String shown, CustomField field) {
        if (field.unique() == Upkeep.BUILDING) {
            throw building(shown, field);
        }
        if (field.unique() == Upkeep.FAILED) {
            throw Refusal.of(
                            ErrorCode.CONFLICT,
                            "Two records have one value of " + shown + ", so it finds none.",
                            new Problem.Detail(
                                    shown,
                                    "NOT_UNIQUE",
                                    "GET /api/v4/jobs/" + field.job().orElse("") + " names them; change or merge them,"
                                            + " then PATCH the field to unique again."))
                    .saying("retryable", Value.FALSE);
        }
    }

    /** The key that a property makes, by the name it is stored under. */
    Optional<UniqueKey> keyOf(String property, Value value) {
        return schema.own(property)
                .filter(field -> field.unique().isKept())
                .map(field -> field.key(object(), value))
                .orElseGet(() -> key(property, value.asText()));
    }

    /** Where a property stands in a record's JSON. */
    String pointer(String property) {
        var isInCustom =
                schema.own(property).isPresent() && schema.field(property).isEmpty();
        return (isInCustom ? "/custom/" : "/") + property;
    }

    /** The same, where a value that no record can have is a mistake. */
    UniqueKey keyOrRefusal(String field, String value) {
        return key(field, value).orElseThrow(() -> {
            var own = schema.ownByShownName(field);
            var message = own.isPresent()
                    ? field + " must be " + own.get().description() + "."
                    : field.equals(UniqueKey.EMAIL)
                            ? "This is no e-mail address."
                            : "An external id is written connection:id, where connection is the id of a connection.";
            var code = own.map(defined -> defined.def().type().name()).orElse(field.toUpperCase(Locale.ROOT));
            var pointer = own.map(defined -> pointer(defined.name())).orElse("/" + field);
            return Refusal.of(
                    ErrorCode.VALIDATION_FAILED, message, new Problem.Detail(pointer, "INVALID_" + code, message));
        });
    }
}
