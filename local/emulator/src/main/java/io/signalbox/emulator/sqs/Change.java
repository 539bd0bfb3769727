/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import java.util.Map;

/**
 * One thing that happened to the queues. Live calls and recovery apply the same changes, so what a restart rebuilds is
 * what was. Times are epoch milliseconds; {@code number} names a message across all queues.
 */
sealed interface Change {

    /** A queue is made, or its attributes are replaced. */
    record QueueSet(String queue, Map<String, String> attributes) implements Change {}

    record QueueDeleted(String queue) implements Change {}

    /** @param source ARN of the queue a dead letter came from, else null */
    record Sent(String queue, long number, Message message, long sentAt, long visibleAt, String source)
            implements Change {}

    /** Handed out for the {@code receives}th time. */
    record Taken(String queue, long number, int receives, long firstAt, long visibleAt) implements Change {}

    record Deleted(String queue, long number) implements Change {}

    /** Moved to the dead-letter queue, in one step: it is never in both and never in none. */
    record Moved(String queue, long number, String target) implements Change {}

    record Purged(String queue) implements Change {}
}
