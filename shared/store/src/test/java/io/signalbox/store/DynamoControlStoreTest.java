/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.testkit.LocalAws;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

class DynamoControlStoreTest extends ControlStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final ControlStore store =
            new DynamoControlStore(aws.dynamo(), aws.table("ControlTable"), clock, new Random(1), new ConsumedUnits());

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    ControlStore store() {
        return store;
    }
}
