/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryStateStoreTest extends StateStoreContract {

    private final StateStore store = new MemoryStateStore(clock);

    @Override
    StateStore store() {
        return store;
    }
}
