/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fields;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the values of a field are read. Whatever does not read so stays as it is: nothing known is ever dropped. */
public sealed interface Reading {

    /** As the canonical field it is mapped to asks for; as it is where there is none. */
    record Plain() implements Reading {}

    /** As this type, whatever the target. */
    record Typed(Form form) implements Reading {}

    /** A number in other units: what the vendor says, divided. */
    record Divided(int by) implements Reading {}

    /**
     * An amount: a number, or an object of an amount and its currency, which then goes into that field.
     *
     * @param currency the canonical field of the currency
     */
    record Money(String currency) implements Reading {
        public Money {
            requireNonNull(currency, "currency is null");
        }
    }

    /**
     * One of a list. The canonical word goes into the target, and what the vendor said is kept under the vendor's own
     * name beside it. A value that the list lacks, such as a stage of a user's own, is its own canonical word.
     *
     * @param words by the vendor's value in lower case
     */
    record Choice(Map<String, String> words) implements Reading {
        public Choice {
            words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        }
    }

    /** Forms of a value that a table names. */
    enum Form {
        TEXT,
        NUMBER,
        BOOLEAN,
        /** A day: a date, or the day in UTC of a moment. */
        DATE,
        /** A moment, written out with its offset, as milliseconds since 1970, or as a day; without an offset UTC. */
        TIME,
        /** Milliseconds since 1970. */
        MILLIS,
        /** Seconds since 1970. */
        SECONDS,
        PHONE;

        static Optional<Form> named(String name) {
            for (var form : values()) {
                if (form.name().equalsIgnoreCase(name)) {
                    return Optional.of(form);
                }
            }
            return Optional.empty();
        }
    }
}
