/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.testkit.LocalAws;
import org.junit.jupiter.api.AfterEach;

class DynamoDocumentStoreTest extends DocumentStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final DocumentStore store =
            new DynamoDocumentStore(aws.dynamo(), aws.table("ControlTable"), new ConsumedUnits());

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    DocumentStore store() {
        return store;
    }
}
