/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filterable;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoIndexStore;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.Unavailable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A crowd of deals, all of one size, put into the store as the pipeline and the relay would leave them. */
final class Crowd {

    private static final int CHUNK = 250;
    private static final int THREADS = 2;
    private static final int TRIES = 20;

    private final DynamoRecordStore records;
    private final DynamoIndexStore index;
    private final Filterable fields = Filterable.standard(ObjectType.DEAL);
    private final long epoch;

    Crowd(Api api) {
        var table = api.cloud().env().require("RECORDS_TABLE");
        var units = new ConsumedUnits();
        this.records = new DynamoRecordStore(api.cloud().dynamo(), table, api.clock, units);
        this.index = new DynamoIndexStore(api.cloud().dynamo(), table, units);
        this.epoch = api.clock.millis();
    }

    /** Puts deals there, up to that many; those before are there already. */
    void grow(int from, int to) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var all = new ArrayList<Future<?>>();
            for (var i = from; i < to; i += CHUNK) {
                var first = i;
                var last = Math.min(to, i + CHUNK);
                all.add(threads.submit(() -> chunk(first, last)));
            }
            for (var each : all) {
                each.get();
            }
        }
    }

    private void chunk(int from, int to) {
        var entries = new ArrayList<Entry>();
        for (var i = from; i < to; i++) {
            var record = deal(i);
            again(() -> records.save(Optional.empty(), record, false));
            for (var field : fields.indexed().keySet()) {
                fields.key(record, field)
                        .ifPresent(value -> entries.add(new Entry(
                                ObjectType.DEAL, field, value, record.key().id())));
            }
        }
        again(() -> index.write(List.of(), entries));
    }

    /** Both may be repeated; a busy machine's DynamoDB Local does not always answer in time. */
    private static void again(Runnable write) {
        for (var tries = 1; ; tries++) {
            try {
                write.run();
                return;
            } catch (Unavailable e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Half of them are won; amounts and times are spread over all. */
    private CrmRecord deal(int number) {
        // Odd steps, so that neighbours are spread over all shards.
        var id = new RecordId(1_000_000_000L + number * 7L);
        var stamp = new Stamp(epoch - 10_000_000_000L + number * 1_000L, number);
        var spread = (number * 7_919L) % 1_000_003L;
        var properties = Map.of(
                "amount", new Property(Value.of(BigDecimal.valueOf(1_000_000 + spread)), stamp),
                "stage", new Property(Value.of(number % 2 == 0 ? "won" : "lost"), stamp));
        var empty = CrmRecord.empty(new RecordKey(ObjectType.DEAL, id));
        return new CrmRecord(
                empty.key(),
                0,
                stamp.millis(),
                stamp.millis(),
                empty.life(),
                Optional.empty(),
                empty.externalIds(),
                properties,
                Map.of(),
                empty.recent(),
                Long.MIN_VALUE,
                Optional.empty(),
                Optional.empty());
    }
}
