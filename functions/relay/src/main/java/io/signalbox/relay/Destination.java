/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Revision;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.PushedField;
import io.signalbox.queue.FetchJob;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.fields.FieldMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A connection whose vendor's records can be written to. */
record Destination(ConnectionId connection, VendorId vendor, Client client, FieldMapper mapper) {

    Destination {
        requireNonNull(connection, "connection is null");
        requireNonNull(vendor, "vendor is null");
        requireNonNull(client, "client is null");
        requireNonNull(mapper, "mapper is null");
    }

    /** The job that writes the fields; empty where the vendor has no such objects. */
    Optional<FetchJob> job(ObjectType type, ExternalId id, Map<String, Value> fields, Revision because, Instant now) {
        return client.locate(type, id.id()).map(remote -> {
            var named = new LinkedHashMap<String, Value>();
            fields.forEach((name, value) -> named.put(mapper.vendorName(type, name), value));
            var write = new FetchJob.Write(type, remote.object(), remote.id(), named, Optional.of(because));
            return FetchJob.of(vendor, connection, write, now);
        });
    }

    /** The fields as they will be stored once the vendor reports them. */
    Map<String, Value> reported(ObjectType type, Map<String, Value> fields) {
        var said = new LinkedHashMap<String, Value>();
        fields.forEach((name, value) -> said.put(mapper.vendorName(type, name), Value.of(PushedField.text(value))));
        return mapper.properties(type, said, vendor);
    }
}
