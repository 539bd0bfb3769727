/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoLinkStoreTest extends LinkStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final ConsumedUnits units = new ConsumedUnits();
    private final LinkStore store =
            new DynamoLinkStore(aws.dynamo(), aws.table("RecordsTable"), new SettableClock(Samples.NOW), units);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    LinkStore store() {
        return store;
    }

    @Test
    void a_link_is_one_transaction_and_a_list_one_query() {
        store.put(said(ADA, ACME, "", true, 1));
        // DynamoDB Local rounds the sum of the two rows up to a kilobyte; AWS rounds each, which makes 4.
        assertThat(units.take().written()).isEqualTo(2);

        store.list(ADA, Optional.empty(), Optional.empty(), 100);
        assertThat(units.take()).isEqualTo(new ConsumedUnits.Taken(1, 0));
    }
}
