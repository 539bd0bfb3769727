/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import java.util.List;

class MemoryEventQueueTest extends EventQueueContract {

    private final MemoryEventQueue queue = new MemoryEventQueue();
    private int seen;

    @Override
    EventQueue queue() {
        return queue;
    }

    @Override
    EventQueue away() {
        var away = new MemoryEventQueue();
        away.setAway(true);
        return away;
    }

    @Override
    List<Delivery> deliveries() {
        var all = queue.deliveries();
        var fresh = all.subList(seen, all.size());
        seen = all.size();
        return fresh;
    }

    @Override
    List<Rejection> rejections() {
        return queue.rejections();
    }
}
