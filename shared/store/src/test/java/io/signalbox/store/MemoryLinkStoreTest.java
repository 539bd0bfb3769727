/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

class MemoryLinkStoreTest extends LinkStoreContract {

    private final LinkStore store = new MemoryLinkStore();

    @Override
    LinkStore store() {
        return store;
    }
}
