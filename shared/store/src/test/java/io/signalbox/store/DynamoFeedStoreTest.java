/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Counted;
import io.signalbox.store.FeedStore.Kind;
import io.signalbox.testkit.LocalAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @Override
    FeedStore another() {
        return new DynamoFeedStore(aws.dynamo(), aws.table("RecordsTable"), clock, new ConsumedUnits());
    }

    @Override
    Optional<Long> totals() {
        var item = aws.dynamo()
                .getItem(get -> get.tableName(aws.table("RecordsTable")).key(FeedItems.totalKey(Optional.empty())))
                .item();
        return Optional.ofNullable(item.get(FeedItems.PAGE)).map(page -> Long.parseLong(page.n()));
    }

    @Test
    void changes_and_counts_together_cost_a_write_unit_and_a_writer_alone_reads_nothing() {
        store.append(changes(1), List.of(new Counted(1, SHOP, 1, clock.instant())));
        var first = units.take();
        assertThat(first.written()).isEqualTo(1);
        assertThat(first.read()).isLessThanOrEqualTo(1);
        store.append(
                changes(20).subList(1, 20),
                List.of(new Counted(2, SHOP, 1, clock.instant()), new Counted(2, CRM, 1, clock.instant())));
        var second = units.take();
        assertThat(second.written()).isEqualTo(1);
        assertThat(second.read()).isZero();
        store.append(changes(500));
        assertThat(units.take().written()).isLessThanOrEqualTo(9);
    }

    @Test
    void one_of_several_writers_reads_before_it_writes_and_a_batch_that_comes_again_writes_nothing() {
        var other = another();
        store.append(changes(1));
        other.append(changes(3).subList(1, 3));
        store.append(changes(5).subList(3, 5));
        units.take();
        other.append(changes(7).subList(5, 7));
        store.append(changes(9).subList(7, 9));
        var used = units.take();
        assertThat(used.written()).isEqualTo(1);
        assertThat(used.read()).isEqualTo(1);
        store.append(changes(9).subList(5, 9));
        assertThat(units.take().written()).isZero();
    }

    @Test
    void a_hundred_pages_go_into_a_connections_total_by_two_write_units() {
        for (var mark = 1; mark <= 100; mark++) {
            store.append(List.of(), List.of(new Counted(mark, SHOP, 1, clock.instant())));
        }
        units.take();
        store.rollUp();
        assertThat(units.take().written()).isEqualTo(2);
        assertThat(store.counts(SHOP).events()).isEqualTo(100);
        assertThat(units.take().read()).isLessThanOrEqualTo(3);
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
