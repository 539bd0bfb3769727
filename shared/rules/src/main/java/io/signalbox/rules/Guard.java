/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * The field for which most branches name plain texts, as a rule the event's type. What an event has there says which
 * other fields are worth a look: where all rules about a zip code are for new leads, no other event has its zip code
 * looked up.
 *
 * <p>A text is one of 63 bits, by its hash; two of the same bit cost a look in vain. The last bit is every event's.
 */
final class Guard {

    /** The bits of a branch that may be for any event. */
    static final long ANY = -1;

    private static final long EVERY_EVENT = Long.MIN_VALUE;
    private static final int SPREAD = 0x9E3779B9;

    private final Field field;
    private final String[] path;

    private Guard(Field field) {
        this.field = field;
        var names = new ArrayList<String>();
        for (var step = field; step != null && step.parent != null; step = step.parent) {
            names.addFirst(step.name);
        }
        path = names.toArray(new String[0]);
    }

    /** @param rules the branches of each */
    static Guard over(List<List<List<Clause>>> rules) {
        var counts = new HashMap<Field, Integer>();
        var most = 0;
        Field guard = null;
        for (var rule : rules) {
            for (var branch : rule) {
                for (var clause : branch) {
                    if (bits(clause) != ANY) {
                        var count = counts.getOrDefault(clause.field(), 0) + 1;
                        counts.put(clause.field(), count);
                        if (count > most) {
                            most = count;
                            guard = clause.field();
                        }
                    }
                }
            }
        }
        return new Guard(guard);
    }

    /** Of the texts that the branch wants, one of which an event must have. */
    long of(List<Clause> branch) {
        for (var clause : branch) {
            if (clause.field() == field) {
                return bits(clause);
            }
        }
        return ANY;
    }

    private static long bits(Clause clause) {
        var bits = 0L;
        for (var condition : clause.conditions()) {
            if (!(condition instanceof Condition.Equal(Value.Text(var text)))) {
                return ANY;
            }
            bits |= bit(text);
        }
        return bits;
    }

    /** Of the texts that the event has. */
    long of(Value event) {
        return EVERY_EVENT | of(event, 0);
    }

    private long of(Value value, int depth) {
        if (value instanceof Value.Text(var text)) {
            return depth == path.length ? bit(text) : 0;
        }
        if (value instanceof Value.Obj(var members)) {
            return depth < path.length ? of(members.get(path[depth]), depth + 1) : 0;
        }
        var bits = 0L;
        if (value instanceof Value.Arr(var items)) {
            for (var item : items) {
                bits |= of(item, depth);
            }
        }
        return bits;
    }

    private static long bit(String text) {
        return 1L << (text.hashCode() * SPREAD >>> 16) % 63;
    }
}
