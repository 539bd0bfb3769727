/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.testkit.LocalAws;
import org.junit.jupiter.api.AfterEach;

class DynamoJobStoreTest extends JobStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final JobStore store =
            new DynamoJobStore(aws.dynamo(), aws.table("ControlTable"), clock, new ConsumedUnits());

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    JobStore store() {
        return store;
    }
}
