/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import java.util.Comparator;

/** A message in its queue. While it is in a sorted set its {@code visibleAt} must not change. */
final class Entry {

    static final Comparator<Entry> BY_TURN =
            Comparator.<Entry>comparingLong(e -> e.visibleAt).thenComparingLong(e -> e.number);

    /** What a message costs in the log beside its text, about. */
    private static final long OVERHEAD = 200;

    final long number;
    final Message message;
    final long sentAt;
    final String source;
    /** A second copy that {@link Disorder} made: not in the log, never a dead letter. */
    final boolean copy;

    long visibleAt;
    int receives;
    long firstAt;

    Entry(long number, Message message, long sentAt, String source, boolean copy) {
        this.number = number;
        this.message = message;
        this.sentAt = sentAt;
        this.source = source;
        this.copy = copy;
    }

    long weight() {
        return OVERHEAD + message.body().length();
    }
}
