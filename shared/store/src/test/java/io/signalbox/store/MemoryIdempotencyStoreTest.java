/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryIdempotencyStoreTest extends IdempotencyStoreContract {

    private final IdempotencyStore store = new MemoryIdempotencyStore(clock);

    @Override
    IdempotencyStore store() {
        return store;
    }
}
