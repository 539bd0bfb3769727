/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryUsageStoreTest extends UsageStoreContract {

    private final UsageStore store = new MemoryUsageStore(clock);

    @Override
    UsageStore store() {
        return store;
    }
}
