/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import java.io.IOException;
import java.util.List;

/** Where changes are kept before they are applied. Called under the lock of {@link Queues}. */
interface Journal extends AutoCloseable {

    /** Nothing outlives the process. */
    Journal NONE = new Journal() {
        @Override
        public void append(List<Change> changes) {
            // kept nowhere
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public void rewrite(List<Change> all) {
            // nothing to shrink
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    /** Returns once a killed process would find the changes again, all of them; on failure none is kept. */
    void append(List<Change> changes) throws IOException;

    /** Bytes in use. */
    long size();

    /** Replaces all that was appended by these changes, in one step. */
    void rewrite(List<Change> all) throws IOException;

    @Override
    void close() throws IOException;
}
