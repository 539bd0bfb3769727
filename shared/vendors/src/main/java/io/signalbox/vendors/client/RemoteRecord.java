/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record as the vendor's API showed it.
 *
 * @param object its type here
 * @param id the vendor's id
 * @param modified when the vendor says it was last changed: the moment whose state this is
 * @param properties by the vendor's names
 * @param data what else is worth keeping: what rules see under {@code data}
 */
public record RemoteRecord(
        ObjectType object, String id, Instant modified, Map<String, Value> properties, Map<String, Value> data) {

    public RemoteRecord {
        requireNonNull(object, "object is null");
        requireNonNull(id, "id is null");
        requireNonNull(modified, "modified is null");
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
