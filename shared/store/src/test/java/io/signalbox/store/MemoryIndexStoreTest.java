/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryIndexStoreTest extends IndexStoreContract {

    private final IndexStore store = new MemoryIndexStore();

    @Override
    IndexStore store() {
        return store;
    }
}
