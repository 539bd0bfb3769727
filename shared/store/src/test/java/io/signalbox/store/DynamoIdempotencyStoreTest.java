/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.store.IdempotencyStore.Answer;
import io.signalbox.store.IdempotencyStore.Claim.Claimed;
import io.signalbox.testkit.LocalAws;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoIdempotencyStoreTest extends IdempotencyStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final ConsumedUnits units = new ConsumedUnits();
    private final IdempotencyStore store =
            new DynamoIdempotencyStore(aws.dynamo(), aws.table("ControlTable"), clock, units);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    IdempotencyStore store() {
        return store;
    }

    @Test
    void a_key_costs_two_write_units() {
        var key = new IdempotencyStore.Key("board", "k");
        var claim = (Claimed) store.claim(key, "f");
        store.complete(key, claim, new Answer(201, Map.of(), new byte[800]));

        assertThat(units.take()).isEqualTo(new ConsumedUnits.Taken(0, 2));
    }
}
