/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.regex.Pattern;

/** What kind of thing a record describes, in the singular: {@code contact}, {@code deal}, or a custom object's name. */
public record ObjectType(String name) implements Comparable<ObjectType> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public static final ObjectType CONTACT = new ObjectType("contact");
    public static final ObjectType COMPANY = new ObjectType("company");
    public static final ObjectType LEAD = new ObjectType("lead");
    public static final ObjectType DEAL = new ObjectType("deal");
    public static final ObjectType ACTIVITY = new ObjectType("activity");
    public static final ObjectType TICKET = new ObjectType("ticket");

    /** Where an event lands that no vendor mapping knows: kept whole, one record per event. */
    public static final ObjectType RAW_EVENT = new ObjectType("raw_event");

    public ObjectType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("object type is not " + NAME + ": " + name);
        }
    }

    @Override
    public int compareTo(ObjectType other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
