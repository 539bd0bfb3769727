/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryJobStoreTest extends JobStoreContract {

    private final JobStore store = new MemoryJobStore(clock);

    @Override
    JobStore store() {
        return store;
    }
}
