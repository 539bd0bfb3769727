/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A record as it is stored: one item, everything that is known of one contact, deal or other object.
 *
 * <p>What events decide — properties, life, external ids, engagement, first and last time — is a join of what each
 * event says, so the order and the number of their arrivals leave no trace. What the store decides — version, journal
 * head — does depend on how they were batched.
 *
 * @param key type and id
 * @param version 0 before the first save, then one more with each
 * @param firstEventAt time of the earliest event, in milliseconds since 1970
 * @param lastEventAt time of the latest event, in milliseconds since 1970
 * @param life alive, deleted or erased
 * @param mergedInto the record this one has become part of
 * @param externalIds its ids in other systems
 * @param properties by name; a cleared one stays as {@link Value#NULL} with the stamp that cleared it
 * @param engagement by rule id
 * @param recent stamps of the newest events folded in, so that a duplicate is known without reading the journal
 * @param recentFloor events at or before this time may be missing from {@code recent}; {@link Long#MIN_VALUE} when none
 * @param score the score at the time of the last save
 * @param journalHead the newest journal segment that holds events of this record
 */
public record CrmRecord(
        RecordKey key,
        long version,
        long firstEventAt,
        long lastEventAt,
        Life life,
        Optional<RecordId> mergedInto,
        SortedSet<ExternalId> externalIds,
        Map<String, Property> properties,
        Map<String, Engagement> engagement,
        SortedSet<Stamp> recent,
        long recentFloor,
        Optional<Score> score,
        Optional<SegmentId> journalHead) {

    public CrmRecord {
        requireNonNull(key, "key is null");
        requireNonNull(life, "life is null");
        requireNonNull(mergedInto, "mergedInto is null");
        externalIds = Collections.unmodifiableSortedSet(new TreeSet<>(externalIds));
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
        engagement = Collections.unmodifiableMap(new TreeMap<>(engagement));
        recent = Collections.unmodifiableSortedSet(new TreeSet<>(recent));
        requireNonNull(score, "score is null");
        requireNonNull(journalHead, "journalHead is null");
    }

    /** A record nobody has said anything of yet. */
    public static CrmRecord empty(RecordKey key) {
        return new CrmRecord(
                key,
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Life.UNSAID,
                Optional.empty(),
                new TreeSet<>(),
                Map.of(),
                Map.of(),
                new TreeSet<>(),
                Long.MIN_VALUE,
                Optional.empty(),
                Optional.empty());
    }

    public boolean isAlive() {
        return life.state() == Life.State.ALIVE && mergedInto.isEmpty();
    }

    public Instant createdAt() {
        return Instant.ofEpochMilli(firstEventAt);
    }

    public Instant updatedAt() {
        return Instant.ofEpochMilli(lastEventAt);
    }

    /** The value of a property, {@link Value#NULL} when it was cleared or never set. */
    public Value value(String property) {
        var held = properties.get(property);
        return held == null ? Value.NULL : held.value();
    }

    /**
     * The keys that find this record: its external ids, and its e-mail address where that is unique for its type. A
     * deleted record is still found by external id, so that late events meet its tombstone; a merged one is not found
     * at all, its survivor is.
     */
    public SortedSet<UniqueKey> uniqueKeys() {
        var keys = new TreeSet<UniqueKey>();
        if (mergedInto.isPresent()) {
            return keys;
        }
        for (var id : externalIds) {
            keys.add(UniqueKey.external(key.object(), id));
        }
        if (isAlive()
                && (key.object().equals(ObjectType.CONTACT) || key.object().equals(ObjectType.LEAD))) {
            UniqueKey.email(key.object(), value(UniqueKey.EMAIL).asText()).ifPresent(keys::add);
        }
        return keys;
    }

    public CrmRecord withVersion(long newVersion) {
        return new CrmRecord(
                key,
                newVersion,
                firstEventAt,
                lastEventAt,
                life,
                mergedInto,
                externalIds,
                properties,
                engagement,
                recent,
                recentFloor,
                score,
                journalHead);
    }

    public CrmRecord withScore(Score newScore) {
        return new CrmRecord(
                key,
                version,
                firstEventAt,
                lastEventAt,
                life,
                mergedInto,
                externalIds,
                properties,
                engagement,
                recent,
                recentFloor,
                Optional.of(newScore),
                journalHead);
    }

    public CrmRecord withJournalHead(SegmentId head) {
        return new CrmRecord(
                key,
                version,
                firstEventAt,
                lastEventAt,
                life,
                mergedInto,
                externalIds,
                properties,
                engagement,
                recent,
                recentFloor,
                score,
                Optional.of(head));
    }

    public CrmRecord withMergedInto(RecordId survivor) {
        return new CrmRecord(
                key,
                version,
                firstEventAt,
                lastEventAt,
                life,
                Optional.of(survivor),
                externalIds,
                properties,
                engagement,
                recent,
                recentFloor,
                score,
                journalHead);
    }
}
