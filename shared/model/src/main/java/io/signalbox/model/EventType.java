/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

/**
 * Names of the canonical event types that the core itself acts on. An event's type is an open string, for a user's own
 * source may send any ({@code web.page_view}, {@code email.replied}); what is listed here is what has an effect on a
 * record beyond its properties and its engagement. Types are {@code object.verb}.
 */
public final class EventType {

    public static final String CREATED = "created";
    public static final String UPDATED = "updated";
    public static final String DELETED = "deleted";
    public static final String RESTORED = "restored";
    public static final String MERGED = "merged";

    /** Everything known of the person goes, now and later. */
    public static final String PRIVACY_DELETED = "consent.privacy_deleted";

    /** An event no mapping knows: kept whole. */
    public static final String VENDOR_RAW = "vendor.raw";

    private EventType() {}

    public static String of(ObjectType object, String verb) {
        return object.name() + "." + verb;
    }

    /** What stands after the last dot: {@code created} of {@code contact.created}. */
    public static String verb(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
