/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value. Numbers are exact decimals, so an id past 2^53 or an amount with many digits comes out as it went in;
 * objects keep the order of their members.
 */
public sealed interface Value extends ValueReading {

    Null NULL = new Null();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    /** A JSON string. */
    record Text(String value) implements Value {
        public Text {
            requireNonNull(value, "value is null");
        }
    }

    /** A JSON number. Two numbers are equal when they have the same value: 1.0 equals 1. */
    record Num(BigDecimal value) implements Value {
        public Num {
            requireNonNull(value, "value is null");
        }

        public double asDouble() {
            return value.doubleValue();
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Num other && value.compareTo(other.value) == 0;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value.doubleValue() + 0.0);
        }
    }

    /** A JSON boolean. */
    record Bool(boolean value) implements Value {}

    /** JSON's null: present, and empty. */
    record Null() implements Value {}

    /** A JSON array. */
    record Arr(List<Value> items) implements Value {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A JSON object; members keep their order. */
    record Obj(Map<String, Value> members) implements Value {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name, or {@link #NULL} when there is none. */
        public Value get(String name) {
            return members.getOrDefault(name, NULL);
        }
    }

    static Value of(String text) {
        return text == null ? NULL : new Text(text);
    }

    static Value of(long number) {
        return new Num(BigDecimal.valueOf(number));
    }

    static Value of(BigDecimal number) {
        return number == null ? NULL : new Num(number);
    }

    static Value of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    static Value of(List<Value> items) {
        return new Arr(items);
    }

    static Value of(Map<String, Value> members) {
        return new Obj(members);
    }
}
