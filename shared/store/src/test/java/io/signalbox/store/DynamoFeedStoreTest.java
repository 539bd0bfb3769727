/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Kind;
import io.signalbox.testkit.LocalAws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoFeedStoreTest extends FeedStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final ConsumedUnits units = new ConsumedUnits();
    private final FeedStore store = new DynamoFeedStore(aws.dynamo(), aws.table("RecordsTable"), clock, units);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    FeedStore store() {
        return store;
    }

    @Test
    void a_change_alone_costs_a_write_unit_and_five_hundred_cost_few() {
        store.append(changes(1));
        var alone = units.take();
        assertThat(alone.written()).isEqualTo(1);
        assertThat(alone.read()).isLessThanOrEqualTo(2);
        store.append(changes(500));
        assertThat(units.take().written()).isLessThanOrEqualTo(9);
    }

    private static List<Change> changes(int count) {
        var changes = new ArrayList<Change>();
        for (var id = 0; id < count; id++) {
            changes.add(new Change(
                    Samples.contact(1_600_000_000_000_000L + id * 7_919L),
                    12 + id % 50,
                    Kind.UPDATED,
                    Samples.NOW.minusMillis(id),
                    List.of("lifecycle_stage", "score")));
        }
        return changes;
    }
}
