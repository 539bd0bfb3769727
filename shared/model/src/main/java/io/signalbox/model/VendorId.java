/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.regex.Pattern;

/** The short name of a vendor, as it stands in webhook URLs: {@code hubspot}, {@code standard}. */
public record VendorId(String value) implements Comparable<VendorId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** The REST API as a source of events. */
    public static final VendorId API = new VendorId("api");

    public VendorId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("vendor id is not 1 to 32 of a-z, 0-9 and hyphens");
        }
    }

    @Override
    public int compareTo(VendorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
