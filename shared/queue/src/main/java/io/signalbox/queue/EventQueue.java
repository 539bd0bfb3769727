/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;

/** The way from the receiver to the processor. */
public interface EventQueue {

    /**
     * Returns once the queue has the delivery for good.
     *
     * @throws QueueUnavailable when it did not say so; it may have it all the same
     */
    void send(Delivery delivery) throws QueueUnavailable;

    /** Notes a refused request for its connection's owner; best effort, on a queue of its own. */
    void note(Rejection rejection) throws QueueUnavailable;

    /** The queue did not accept, or did not answer in time. */
    final class QueueUnavailable extends Exception {
        private static final long serialVersionUID = 1;

        public QueueUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
