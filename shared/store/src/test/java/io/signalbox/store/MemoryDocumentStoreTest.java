/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryDocumentStoreTest extends DocumentStoreContract {

    private final DocumentStore store = new MemoryDocumentStore();

    @Override
    DocumentStore store() {
        return store;
    }
}
