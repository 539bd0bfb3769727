/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryUniqueFieldsTest extends UniqueFieldsContract {

    private final RecordStore store = new MemoryRecordStore(this::schemas);

    @Override
    RecordStore store() {
        return store;
    }
}
