/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

/**
 * The methods of {@link Value}. They stand apart because an interface that has both default methods and constants of its
 * own subclasses can deadlock two threads that load it at once.
 */
sealed interface ValueReading permits Value {

    default boolean isNull() {
        return this instanceof Value.Null;
    }

    /** The string of a {@link Value.Text}, the digits of a {@link Value.Num}, "true" or "false"; null for anything else. */
    default String asText() {
        return switch ((Value) this) {
            case Value.Text(var text) -> text;
            case Value.Num(var number) -> number.toPlainString();
            case Value.Bool(var truth) -> Boolean.toString(truth);
            case Value.Null _, Value.Arr _, Value.Obj _ -> null;
        };
    }

    /** The member of that name when this is an object that has it, else {@link Value#NULL}. */
    default Value at(String name) {
        return this instanceof Value.Obj object ? object.get(name) : Value.NULL;
    }
}
