/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.filter.Filterable;
import io.signalbox.runtime.Problem;
import java.util.ArrayList;
import java.util.List;
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
        return Filterable.standard(object());
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
        return field.equals(UniqueKey.EMAIL)
                ? UniqueKey.email(object(), value)
                : ExternalId.parse(value).map(id -> UniqueKey.external(object(), id));
    }

    /** The same, where a value that no record can have is a mistake. */
    UniqueKey keyOrRefusal(String field, String value) {
        return key(field, value).orElseThrow(() -> {
            var message = field.equals(UniqueKey.EMAIL)
                    ? "This is no e-mail address."
                    : "An external id is written connection:id, where connection is the id of a connection.";
            return Refusal.of(
                    ErrorCode.VALIDATION_FAILED,
                    message,
                    new Problem.Detail("/" + field, "INVALID_" + field.toUpperCase(java.util.Locale.ROOT), message));
        });
    }
}
