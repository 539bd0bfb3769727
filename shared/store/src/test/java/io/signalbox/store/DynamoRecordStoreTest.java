/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;

class DynamoRecordStoreTest extends RecordStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final SettableClock clock = new SettableClock(Samples.NOW);
    private final ConsumedUnits units = new ConsumedUnits();
    private final RecordStore store = new DynamoRecordStore(aws.dynamo(), aws.table("RecordsTable"), clock, units);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    RecordStore store() {
        return store;
    }
}
