/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryFeedStoreTest extends FeedStoreContract {

    private final FeedStore store = new MemoryFeedStore(clock);

    @Override
    FeedStore store() {
        return store;
    }
}
