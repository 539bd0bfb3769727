/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an action wants vendors' records to say of a record as it is now.
 *
 * @param action the action's id
 * @param connection whose records; empty for those of all connections that know the record
 * @param fields by their stored names or, where the vendor has one of its own, the vendor's; {@link Value#NULL} clears one
 */
public record Push(String action, Optional<ConnectionId> connection, Map<String, Value> fields) {
    public Push {
        requireNonNull(action, "action is null");
        requireNonNull(connection, "connection is null");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
