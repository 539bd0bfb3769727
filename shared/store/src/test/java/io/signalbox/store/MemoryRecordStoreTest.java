/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryRecordStoreTest extends RecordStoreContract {

    private final RecordStore store = new MemoryRecordStore();

    @Override
    RecordStore store() {
        return store;
    }
}
