/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.promises;

import io.signalbox.core.Outcome;
import io.signalbox.core.Pipeline;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryRecordStore;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.samples.VendorSamples;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What a world without faults makes of deliveries: each handled once, in order, in memory. */
final class Reference {

    private final Connection connection;
    private final Clock clock;
    private final Vendor vendor;
    private final VendorSamples samples;
    private final MemoryRecordStore records = new MemoryRecordStore();
    private final Pipeline pipeline;

    Reference(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
        vendor = Vendors.find(connection.vendor().value()).orElseThrow();
        samples = Vendors.find(connection.vendor()).orElseThrow().samples();
        pipeline = new Pipeline(records, new MemoryControlStore(clock), clock, new Random(1));
    }

    /** Returns the ids of the delivery's events. */
    List<String> apply(byte[] body) throws Vendor.Unreadable {
        var headers = samples.sign(body, connection, clock.instant()).headers();
        var delivery =
                new Delivery(connection.vendor(), connection.id(), clock.instant(), "without-faults", headers, body);
        var events = vendor.events(delivery, ConnectionSettings.NONE);
        var failed = pipeline.apply(events).stream()
                .filter(Outcome.Failed.class::isInstance)
                .toList();
        if (!failed.isEmpty()) {
            throw new IllegalStateException("fails without faults: " + failed);
        }
        return events.stream().map(event -> event.id().value()).toList();
    }

    Optional<View> view(UniqueKey key) {
        var id = records.find(List.of(key)).get(key);
        return Optional.ofNullable(id)
                .flatMap(found -> records.get(new RecordKey(key.object(), found)))
                .map(record -> View.of(record, pipeline));
    }
}
