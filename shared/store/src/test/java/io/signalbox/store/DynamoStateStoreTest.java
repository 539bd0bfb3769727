/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.testkit.LocalAws;
import org.junit.jupiter.api.AfterEach;

class DynamoStateStoreTest extends StateStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final StateStore store =
            new DynamoStateStore(aws.dynamo(), aws.table("ControlTable"), clock, new ConsumedUnits());

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    StateStore store() {
        return store;
    }
}
