/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * A value that finds one record: an external id or an e-mail address.
 *
 * @param object the type of the record it finds
 * @param field {@code external_id} or the name of the unique property
 * @param value the value in the form it is matched by; see {@link #email}
 */
public record UniqueKey(ObjectType object, String field, String value) implements Comparable<UniqueKey> {

    public static final String EXTERNAL_ID = "external_id";
    public static final String EMAIL = "email";

    private static final Comparator<UniqueKey> ORDER = Comparator.comparing(UniqueKey::object)
            .thenComparing(UniqueKey::field)
            .thenComparing(UniqueKey::value);

    public UniqueKey {
        requireNonNull(object, "object is null");
        requireNonNull(field, "field is null");
        requireNonNull(value, "value is null");
    }

    public static UniqueKey external(ObjectType object, ExternalId id) {
        return new UniqueKey(object, EXTERNAL_ID, id.toString());
    }

    /** The key of an e-mail address: trimmed and in lower case. Nothing for what cannot be an address. */
    public static Optional<UniqueKey> email(ObjectType object, String address) {
        if (address == null) {
            return Optional.empty();
        }
        var normal = address.strip().toLowerCase(Locale.ROOT);
        var at = normal.indexOf('@');
        var fits = at > 0 && at < normal.length() - 1 && normal.length() <= 254;
        return fits ? Optional.of(new UniqueKey(object, EMAIL, normal)) : Optional.empty();
    }

    @Override
    public int compareTo(UniqueKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return object + "/" + field + "/" + value;
    }
}
