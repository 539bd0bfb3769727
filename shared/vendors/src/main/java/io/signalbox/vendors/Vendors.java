/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.VendorId;
import io.signalbox.vendors.hubspot.HubSpot;
import io.signalbox.vendors.standard.StandardWebhooks;
import java.util.List;
import java.util.Optional;

/**
 * The vendors there are. A new one is a package with an implementation of {@link Vendor} and a line here.
 *
 * <p>A list and not a service loader: two constructor calls at cold start instead of a class path scan.
 */
public final class Vendors {

    private static final List<Vendor> ALL = List.of(new HubSpot(), new StandardWebhooks());

    private Vendors() {}

    public static List<Vendor> all() {
        return ALL;
    }

    public static Optional<Vendor> find(VendorId id) {
        return find(id.value());
    }

    /** The vendor of that id, whatever the text is. */
    public static Optional<Vendor> find(String id) {
        for (var vendor : ALL) {
            if (vendor.id().value().equals(id)) {
                return Optional.of(vendor);
            }
        }
        return Optional.empty();
    }

    /** The vendors as the README shows them: a Markdown table with its heading, one row each. */
    public static String markdownTable() {
        var table = new StringBuilder("| vendor | id | signature | same event when |\n|---|---|---|---|\n");
        for (var vendor : ALL) {
            table.append("| [")
                    .append(vendor.displayName())
                    .append("](")
                    .append(vendor.documentation())
                    .append(") | `")
                    .append(vendor.id())
                    .append("` | ")
                    .append(vendor.signing())
                    .append(" | ")
                    .append(vendor.identity())
                    .append(" |\n");
        }
        return table.toString();
    }
}
