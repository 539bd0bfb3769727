/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

/** A property's value and the event that set it; {@link Value#NULL} is a property that was cleared. */
public record Property(Value value, Stamp stamp) {
    public Property {
        requireNonNull(value, "value is null");
        requireNonNull(stamp, "stamp is null");
    }
}
