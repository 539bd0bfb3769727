/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryControlStoreTest extends ControlStoreContract {

    private final ControlStore store = new MemoryControlStore(clock);

    @Override
    ControlStore store() {
        return store;
    }
}
