/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import java.util.ArrayList;
import java.util.List;

/**
 * The queue in memory, for tests and for priming. Keeps the messages' texts, as SQS would: what comes out has been
 * through the codec. Safe for use by several threads.
 */
public final class MemoryEventQueue implements EventQueue {

    private final List<String> deliveries = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();
    private boolean away;

    @Override
    public synchronized void send(Delivery delivery) throws QueueUnavailable {
        reachable();
        deliveries.add(DeliveryCodec.encode(delivery));
    }

    @Override
    public synchronized void note(Rejection rejection) throws QueueUnavailable {
        reachable();
        rejections.add(RejectionCodec.encode(rejection));
    }

    /** From now on refuses everything, or takes it again. */
    public synchronized void setAway(boolean away) {
        this.away = away;
    }

    private void reachable() throws QueueUnavailable {
        if (away) {
            throw new QueueUnavailable("the queue is away", null);
        }
    }

    /** All deliveries, oldest first. */
    public synchronized List<Delivery> deliveries() {
        var decoded = new ArrayList<Delivery>();
        for (var text : deliveries) {
            try {
                decoded.add(DeliveryCodec.decode(text));
            } catch (Undecodable e) {
                throw new IllegalStateException("the codec cannot read what it wrote", e);
            }
        }
        return decoded;
    }

    /** All notes of refused requests, oldest first. */
    public synchronized List<Rejection> rejections() {
        var decoded = new ArrayList<Rejection>();
        for (var text : rejections) {
            try {
                decoded.add(RejectionCodec.decode(text));
            } catch (Undecodable e) {
                throw new IllegalStateException("the codec cannot read what it wrote", e);
            }
        }
        return decoded;
    }
}
