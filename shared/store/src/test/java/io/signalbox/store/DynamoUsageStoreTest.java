/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.store.UsageStore.Counts;
import io.signalbox.store.UsageStore.Quota;
import io.signalbox.testkit.LocalAws;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoUsageStoreTest extends UsageStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final ConsumedUnits units = new ConsumedUnits();
    private final UsageStore store = new DynamoUsageStore(aws.dynamo(), aws.table("ControlTable"), clock, units);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    UsageStore store() {
        return store;
    }

    @Test
    void a_lease_is_one_write_unit_for_whoever_has_seen_the_day() {
        var quota = new Quota(1_000, Duration.ofSeconds(10), 1_000_000);
        var counts = new Counts(
                Map.of("getContact", 31L, "listContacts", 12L, "updateContact", 6L, "batchCreateContacts", 1L),
                Map.of("v3", 4L, "lead_score", 1L),
                Map.of("lead_score", 3L),
                0);
        var first = store.take("client-of-a-usual-name", quota, 50, 0, counts, Optional.empty());
        units.take();
        var lease = Optional.of(first.state());
        for (var i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(1));
            lease = Optional.of(store.take("client-of-a-usual-name", quota, 50, 0, counts, lease)
                    .state());
            var used = units.take();
            assertThat(used.written()).isEqualTo(1);
            assertThat(used.read()).isZero();
        }
    }
}
