/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Link;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.LinkStore.Parked;
import io.signalbox.store.LinkStore.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Keeps links right while records come, merge and go, in whatever order their changes are heard of. Every call may be
 * repeated; any may throw {@link Unavailable}.
 *
 * <p>A link to a record that is not there yet is parked under the key that the record will have, and only then is the
 * key looked up once more; whoever hears of a new record looks for what is parked under its keys after it was saved. So
 * one of the two sees the other. It is the same with merges: a link is written, and only then are its records read once
 * more; whoever hears of a merge moves the loser's links after it was saved.
 */
public final class Links {

    private static final int MERGES = 50;

    private final RecordStore records;
    private final LinkStore links;

    public Links(RecordStore records, LinkStore links) {
        this.records = requireNonNull(records, "records is null");
        this.links = requireNonNull(links, "links is null");
    }

    /** What an event said: that the record is linked, or no more, to the one that has this key. */
    public void said(RecordKey from, UniqueKey to, String label, boolean present, Stamp stamp) {
        var known = find(to);
        if (known.isPresent()) {
            say(from, known.get(), label, present, stamp);
            return;
        }
        var parked = new Parked(from, to, label, present, stamp);
        links.park(parked);
        find(to).ifPresent(holder -> resolve(parked, holder));
    }

    private Optional<RecordKey> find(UniqueKey key) {
        return Optional.ofNullable(records.find(List.of(key)).get(key)).map(id -> new RecordKey(key.object(), id));
    }

    /** A record has this key now: what waited for it is linked. */
    public void appeared(UniqueKey key, RecordKey holder) {
        links.parked(key).forEach(parked -> resolve(parked, holder));
    }

    private void resolve(Parked parked, RecordKey holder) {
        say(parked.from(), holder, parked.label(), parked.present(), parked.stamp());
        links.unpark(parked);
    }

    /**
     * Says of two records that they are linked or not; of merged ones the survivors are.
     *
     * @return whether it holds now: false when something later is known
     */
    public boolean say(RecordKey one, RecordKey two, String label, boolean present, Stamp stamp) {
        var from = survivor(one);
        var to = survivor(two);
        if (from.equals(to)) {
            return false;
        }
        var holds = links.put(new Statement(new Link(from, to, label), present, stamp));
        for (var side : List.of(from, to)) {
            var now = survivor(side);
            if (!now.equals(side)) {
                links.move(side, now);
            }
        }
        return holds;
    }

    /** A record has become part of another. */
    public void merged(RecordKey loser) {
        var survivor = survivor(loser);
        if (!survivor.equals(loser)) {
            links.move(loser, survivor);
        }
    }

    public void erased(RecordKey record) {
        links.erase(record);
    }

    private RecordKey survivor(RecordKey record) {
        var at = record;
        var seen = new HashSet<RecordKey>();
        while (seen.add(at) && seen.size() < MERGES) {
            var into = records.get(at).flatMap(CrmRecord::mergedInto);
            if (into.isEmpty()) {
                return at;
            }
            at = survivorOf(at, into.get());
        }
        return at;
    }

    private static RecordKey survivorOf(RecordKey loser, RecordId id) {
        return new RecordKey(loser.object(), id);
    }
}
