/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.queue.DeliveryCodec.Undecodable;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import java.util.ArrayList;
import java.util.List;

/** The queue in memory, for tests and for priming. What comes out has been through the codec. Thread-safe. */
public final class MemoryFetchQueue implements FetchQueue {

    private final List<String> messages = new ArrayList<>();
    private final List<String> buried = new ArrayList<>();
    private boolean away;

    @Override
    public synchronized void send(List<FetchJob> jobs) throws QueueUnavailable {
        reachable();
        jobs.forEach(job -> messages.add(FetchCodec.encode(job)));
    }

    @Override
    public synchronized void bury(String message, String reason, String detail) throws QueueUnavailable {
        reachable();
        buried.add(reason);
    }

    private void reachable() throws QueueUnavailable {
        if (away) {
            throw new QueueUnavailable("the queue is away", null);
        }
    }

    /** From now on refuses everything, or takes it again. */
    public synchronized void setAway(boolean away) {
        this.away = away;
    }

    /** Takes all jobs out, oldest first. */
    public synchronized List<FetchJob> take() {
        var jobs = new ArrayList<FetchJob>();
        for (var text : messages) {
            try {
                jobs.add(FetchCodec.decode(text));
            } catch (Undecodable e) {
                throw new IllegalStateException("the codec cannot read what it wrote", e);
            }
        }
        messages.clear();
        return jobs;
    }

    /** Why jobs were given up, oldest first. */
    public synchronized List<String> buried() {
        return List.copyOf(buried);
    }
}
