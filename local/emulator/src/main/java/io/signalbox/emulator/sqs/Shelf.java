/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.stream.Stream;

/** The messages of one queue, by the time they can be received. Guarded by the lock of {@link Queues}. */
final class Shelf {

    final String name;
    final Condition arrived;
    QueueSettings settings;

    private final TreeSet<Entry> byTurn = new TreeSet<>(Entry.BY_TURN);
    private final Map<Long, Entry> byNumber = new HashMap<>();

    Shelf(String name, Condition arrived, QueueSettings settings) {
        this.name = name;
        this.arrived = arrived;
        this.settings = settings;
    }

    void add(Entry entry) {
        byTurn.add(entry);
        byNumber.put(entry.number, entry);
        arrived.signal();
    }

    /** The entry that was removed, or null. */
    Entry remove(long number) {
        var entry = byNumber.remove(number);
        if (entry != null) {
            byTurn.remove(entry);
        }
        return entry;
    }

    Optional<Entry> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    void reappear(Entry entry, long visibleAt) {
        byTurn.remove(entry);
        entry.visibleAt = visibleAt;
        byTurn.add(entry);
        arrived.signal();
    }

    /** Those whose turn it is, drawn at random from the first few if there is disorder. */
    List<Entry> turn(long now, Disorder disorder, int max) {
        var window = disorder == null ? max : Math.max(max, disorder.window());
        var first = new ArrayList<Entry>();
        for (var entry : byTurn) {
            if (entry.visibleAt > now || first.size() == window) {
                break;
            }
            first.add(entry);
        }
        if (disorder != null && disorder.window() > 1) {
            for (var i = first.size() - 1; i > 0; i--) {
                first.set(i, first.set(disorder.random().nextInt(i + 1), first.get(i)));
            }
        }
        return first.size() > max ? first.subList(0, max) : first;
    }

    /** Leaves a copy behind for another receive, as often as the disorder wants it. */
    void maybeAgain(Entry entry, long now, Queues queues) {
        var disorder = queues.disorder();
        if (disorder != null && !entry.copy && disorder.random().nextDouble() < disorder.duplicates()) {
            var copy = new Entry(queues.nextNumber(), entry.message, entry.sentAt, entry.source, true);
            copy.visibleAt = now;
            add(copy);
        }
    }

    Queue.Depth depth(long now) {
        var held = 0;
        var delayed = 0;
        for (var entry : byTurn.descendingSet()) {
            if (entry.visibleAt <= now) {
                break;
            }
            if (entry.receives > 0) {
                held++;
            } else {
                delayed++;
            }
        }
        return new Queue.Depth(byTurn.size() - held - delayed, held, delayed);
    }

    Stream<Entry> entries() {
        return byTurn.stream();
    }
}
