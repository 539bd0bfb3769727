/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ObjectType;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.IndexStore.Range;
import io.signalbox.testkit.LocalAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoIndexStoreTest extends IndexStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final ConsumedUnits units = new ConsumedUnits();
    private final IndexStore store = new DynamoIndexStore(aws.dynamo(), aws.table("RecordsTable"), units);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    IndexStore store() {
        return store;
    }

    @Test
    void a_changed_field_costs_two_write_units_and_a_new_one_one() {
        store.write(List.of(), List.of(entry("acme", 1)));
        assertThat(units.take().written()).isEqualTo(1);
        store.write(List.of(entry("acme", 1)), List.of(entry("bolt", 1)));
        assertThat(units.take().written()).isEqualTo(2);
        store.write(List.of(entry("bolt", 1)), List.of(entry("bolt", 1)));
        assertThat(units.take().written()).isEqualTo(1);
    }

    @Test
    void a_page_costs_half_a_unit_a_shard_however_many_entries_there_are() {
        var entries = new ArrayList<Entry>();
        for (var id = 1; id <= 2_000; id++) {
            entries.add(entry("v" + id % 7, 1_000_000L + id));
        }
        store.write(List.of(), entries);
        units.take();

        var scan = store.scan(ObjectType.DEAL, "name", Range.exactly("v3"), Optional.empty(), false, 100);
        for (var i = 0; i < 100; i++) {
            scan.next();
        }
        assertThat(units.take()).isEqualTo(new ConsumedUnits.Taken(4, 0));
    }
}
