/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.util.Objects.requireNonNull;

/**
 * A record at the vendor.
 *
 * @param object what the vendor's API calls its type: {@code contacts}, {@code Opportunity}
 * @param id the vendor's id of it
 */
public record Remote(String object, String id) {
    public Remote {
        requireNonNull(object, "object is null");
        requireNonNull(id, "id is null");
    }
}
