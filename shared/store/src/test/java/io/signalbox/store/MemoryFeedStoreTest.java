/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import java.util.Optional;

class MemoryFeedStoreTest extends FeedStoreContract {

    private final MemoryFeedStore store = new MemoryFeedStore(clock);

    @Override
    FeedStore store() {
        return store;
    }

    @Override
    FeedStore another() {
        return store.another(clock);
    }

    @Override
    Optional<Long> totals() {
        return store.totals();
    }
}
