/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.queue.EventQueue.QueueUnavailable;
import java.util.List;

/** The way to the fetcher. */
public interface FetchQueue {

    /**
     * Returns once the queue has all the jobs. One whose time has not come is held back, as long as SQS can: 15 minutes;
     * whoever gets it too early sends it again.
     *
     * @throws QueueUnavailable when it did not say so; it may have some or all of them
     */
    void send(List<FetchJob> jobs) throws QueueUnavailable;

    /**
     * Puts a job where people look for what was given up.
     *
     * @param message its text
     * @param reason a short sentence, fit for a log
     * @param detail where and what exactly; may be empty
     */
    void bury(String message, String reason, String detail) throws QueueUnavailable;
}
