/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import io.signalbox.model.Value;

/** Waits until the instance has nothing left to process. */
final class Drain {

    private Drain() {}

    static void await(Host host, Screen screen, int millis) throws Host.Trouble {
        for (var waited = 0; waited < millis; waited += 100) {
            var left = waiting(host);
            if (left == 0) {
                return;
            }
            screen.progress("waiting for " + left + (left == 1 ? " delivery" : " deliveries") + " to be processed");
            pause(100);
        }
        throw new Host.Trouble("the events queue did not drain within " + millis / 1000
                + " s; what went wrong stands in the instance's log");
    }

    /** Deliveries on the events queue, those in the processor's hands included. */
    static long waiting(Host host) throws Host.Trouble {
        return depth(host, "EventsQueue");
    }

    static long deadLetters(Host host) throws Host.Trouble {
        return depth(host, "EventsDeadLetterQueue");
    }

    private static long depth(Host host, String queue) throws Host.Trouble {
        if (Host.json(host.get("/_local/queues")) instanceof Value.Arr(var queues)) {
            for (var one : queues) {
                if (queue.equals(one.at("name").asText())) {
                    return number(one.at("visible")) + number(one.at("in_flight"));
                }
            }
        }
        throw new Host.Trouble("the instance has no " + queue);
    }

    static long number(Value value) {
        return value instanceof Value.Num(var n) ? n.longValue() : 0;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
