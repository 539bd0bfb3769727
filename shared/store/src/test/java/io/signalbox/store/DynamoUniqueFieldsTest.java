/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;

class DynamoUniqueFieldsTest extends UniqueFieldsContract {

    private final LocalAws aws = LocalAws.fresh();
    private final RecordStore store = new DynamoRecordStore(
            aws.dynamo(),
            aws.table("RecordsTable"),
            new SettableClock(Samples.NOW),
            new ConsumedUnits(),
            this::schemas);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    RecordStore store() {
        return store;
    }
}
