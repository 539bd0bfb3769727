/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.filter.Filterable;
import io.signalbox.store.FeedStore;
import io.signalbox.store.IndexStore;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.Unavailable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes what is derived from records and the journal: index entries, the change feed and, on the feed's pages, the
 * connections' counters. Of a record that changed several times within a stream batch only its first and its last state
 * matter, so it costs what one change would: two write units for each filterable field that has another value, and its
 * share of one page. A batch that comes again, whole or in parts, writes the same entries and no page.
 */
final class Projections implements ChangeConsumer {

    private final IndexStore index;
    private final FeedStore feed;
    private final Function<ObjectType, Filterable> filterable;
    private final EventCounts counts;
    private final Map<RecordKey, Delta> deltas = new LinkedHashMap<>();
    private Optional<Change> first = Optional.empty();

    Projections(IndexStore index, FeedStore feed, Function<ObjectType, Filterable> filterable, EventCounts counts) {
        this.index = requireNonNull(index, "index is null");
        this.feed = requireNonNull(feed, "feed is null");
        this.filterable = requireNonNull(filterable, "filterable is null");
        this.counts = requireNonNull(counts, "counts is null");
    }

    /** A record before the batch and after it; at least one of the two is there. */
    private record Delta(Optional<CrmRecord> before, Optional<CrmRecord> after) {}

    @Override
    public void accept(Change change) {
        counts.accept(change);
        first = first.or(() -> Optional.of(change));
        var before = change.recordBefore();
        var after = change.recordAfter();
        after.or(() -> before)
                .map(CrmRecord::key)
                .ifPresent(key -> deltas.merge(
                        key, new Delta(before, after), (held, more) -> new Delta(held.before, more.after)));
    }

    @Override
    public Optional<Change> finish() {
        var removed = new HashSet<Entry>();
        var added = new HashSet<Entry>();
        var changes = new ArrayList<FeedStore.Change>();
        try {
            for (var delta : deltas.values()) {
                var old = delta.before.map(this::entries).orElseGet(HashSet::new);
                var now = delta.after.map(this::entries).orElseGet(HashSet::new);
                old.stream().filter(entry -> !now.contains(entry)).forEach(removed::add);
                now.stream().filter(entry -> !old.contains(entry)).forEach(added::add);
                // A record that is gone altogether was a tombstone that has expired: its end was told long ago.
                delta.after.ifPresent(after -> changes.add(change(delta.before, after)));
            }
            index.write(removed, added);
            feed.append(changes, counts.counted());
            return Optional.empty();
        } catch (Unavailable e) {
            return first;
        }
    }

    private HashSet<Entry> entries(CrmRecord record) {
        var key = record.key();
        var entries = new HashSet<Entry>();
        if (!record.isAlive()) {
            entries.add(new Entry(key.object(), IndexStore.DEAD, "", key.id()));
            return entries;
        }
        var fields = filterable.apply(key.object());
        fields.indexed()
                .keySet()
                .forEach(field -> fields.key(record, field)
                        .ifPresent(value -> entries.add(new Entry(key.object(), field, value, key.id()))));
        return entries;
    }

    private static FeedStore.Change change(Optional<CrmRecord> before, CrmRecord after) {
        var fields = new ArrayList<String>();
        after.properties().forEach((name, property) -> {
            if (before.map(record -> !record.value(name).equals(property.value()))
                    .orElse(!property.value().isNull())) {
                fields.add(name);
            }
        });
        if (!before.flatMap(CrmRecord::score).equals(after.score())) {
            fields.add("score");
        }
        return new FeedStore.Change(after.key(), after.version(), kind(before, after), after.updatedAt(), fields);
    }

    private static FeedStore.Kind kind(Optional<CrmRecord> before, CrmRecord after) {
        if (after.life().state() == Life.State.ERASED) {
            return FeedStore.Kind.ERASED;
        }
        if (after.mergedInto().isPresent()) {
            return FeedStore.Kind.MERGED;
        }
        if (!after.isAlive()) {
            return FeedStore.Kind.DELETED;
        }
        return before.map(record -> record.isAlive() ? FeedStore.Kind.UPDATED : FeedStore.Kind.RESTORED)
                .orElse(FeedStore.Kind.CREATED);
    }
}
