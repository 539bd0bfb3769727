/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Engagement;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Identity;
import io.signalbox.model.Life;
import io.signalbox.model.Property;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What events make of a record.
 *
 * <p>One event is read as a small record of its own, {@link #of}, and folding it in is {@link #join}: the same join that
 * makes one record of two that were merged. It is commutative and associative, so neither the order nor the grouping in
 * which events arrive leaves a trace. It is not idempotent, for engagement is counted: an event must be folded once.
 * Whether it was is what {@link #knows} tells.
 */
final class Fold {

    /** How many stamps a record keeps. A duplicate within its last 24 events costs no look into the journal. */
    static final int RECENT = 24;

    /** Whether an event was folded into a record before. */
    enum Known {
        YES,
        NO,
        /** It is older than what the record keeps: only the journal can tell. */
        UNSURE
    }

    private Fold() {}

    /** The record after one more event, which it must not hold yet. */
    static CrmRecord apply(CrmRecord record, CanonicalEvent event, Set<String> engagementRules) {
        return join(record, of(record.key(), event, engagementRules));
    }

    /**
     * The record of which just this event is known.
     *
     * @param engagementRules ids of the engagement rules that the event meets
     */
    static CrmRecord of(RecordKey key, CanonicalEvent event, Set<String> engagementRules) {
        var stamp = Stamp.of(event);
        var life = life(event, stamp);
        var externalIds = new TreeSet<>(event.merged());
        externalId(event.subject()).ifPresent(externalIds::add);
        if (life.state() == Life.State.ERASED) {
            return erased(CrmRecord.empty(key), life, externalIds);
        }

        var properties = new TreeMap<String, Property>();
        event.properties().forEach((name, value) -> properties.put(name, new Property(value, stamp)));
        if (event.subject() instanceof Subject.Keyed(var named)
                && !named.field().equals(UniqueKey.EXTERNAL_ID)) {
            properties.putIfAbsent(named.field(), new Property(Value.of(named.value()), stamp));
        }
        var engagement = new TreeMap<String, Engagement>();
        for (var rule : engagementRules) {
            engagement.put(rule, Engagement.EMPTY.plus(Engagement.hourOf(stamp.millis()), 1));
        }
        return new CrmRecord(
                key,
                0,
                stamp.millis(),
                stamp.millis(),
                life,
                Optional.empty(),
                externalIds,
                properties,
                engagement,
                new TreeSet<>(Set.of(stamp)),
                Long.MIN_VALUE,
                Optional.empty(),
                Optional.empty());
    }

    private static Life life(CanonicalEvent event, Stamp stamp) {
        if (event.type().equals(EventType.PRIVACY_DELETED)) {
            return new Life(Life.State.ERASED, stamp);
        }
        if (!event.type().equals(EventType.of(event.object(), EventType.verb(event.type())))) {
            return Life.UNSAID;
        }
        return switch (EventType.verb(event.type())) {
            case EventType.CREATED, EventType.RESTORED -> new Life(Life.State.ALIVE, stamp);
            case EventType.DELETED -> new Life(Life.State.DELETED, stamp);
            default -> Life.UNSAID;
        };
    }

    private static Optional<ExternalId> externalId(Subject subject) {
        return switch (subject) {
            case Subject.External(var id) -> Optional.of(id);
            case Subject.Keyed(var key) when key.field().equals(UniqueKey.EXTERNAL_ID) -> ExternalId.parse(key.value());
            case Subject.Keyed _, Subject.Own _ -> Optional.empty();
        };
    }

    /**
     * The record that all events of both would have made. What the store decides — key, version, journal head, where it
     * was merged — and the score are the first one's.
     */
    static CrmRecord join(CrmRecord a, CrmRecord b) {
        var life = a.life().or(b.life());
        var externalIds = new TreeSet<>(a.externalIds());
        externalIds.addAll(b.externalIds());
        if (Identity.isApart(externalIds)) {
            externalIds.removeIf(Identity::isClaim);
        }
        if (life.state() == Life.State.ERASED) {
            return erased(a, life, externalIds);
        }

        var properties = new TreeMap<>(a.properties());
        b.properties()
                .forEach((name, property) -> properties.merge(
                        name, property, (one, other) -> other.stamp().isAfter(one.stamp()) ? other : one));
        var recent = new TreeSet<>(a.recent());
        recent.addAll(b.recent());
        return new CrmRecord(
                a.key(),
                a.version(),
                Math.min(a.firstEventAt(), b.firstEventAt()),
                Math.max(a.lastEventAt(), b.lastEventAt()),
                life,
                a.mergedInto(),
                externalIds,
                properties,
                sum(a.engagement(), b.engagement()),
                recent,
                trim(recent, Math.max(a.recentFloor(), b.recentFloor())),
                a.score(),
                a.journalHead());
    }

    /** Drops the oldest stamps beyond the limit; returns the floor that this leaves. */
    private static long trim(SortedSet<Stamp> recent, long floor) {
        var left = floor;
        while (recent.size() > RECENT) {
            left = Math.max(left, recent.removeFirst().millis());
        }
        return left;
    }

    private static Map<String, Engagement> sum(Map<String, Engagement> a, Map<String, Engagement> b) {
        var sum = new TreeMap<>(a);
        b.forEach((rule, more) -> sum.merge(rule, more, Fold::sum));
        return sum;
    }

    private static Engagement sum(Engagement a, Engagement b) {
        var hours = new TreeMap<>(a.hours());
        b.hours().forEach((hour, count) -> hours.merge(hour, count, Integer::sum));
        return new Engagement(hours);
    }

    /**
     * What is left of an erased person: that it was erased, and the ids by which other systems will name it again, so
     * that what they send late falls on this stone and makes no new record. The times are the erasing event's, for
     * anything else would depend on what arrived before it.
     */
    private static CrmRecord erased(CrmRecord kept, Life life, SortedSet<ExternalId> externalIds) {
        return new CrmRecord(
                kept.key(),
                kept.version(),
                life.stamp().millis(),
                life.stamp().millis(),
                life,
                kept.mergedInto(),
                externalIds,
                Map.of(),
                Map.of(),
                new TreeSet<>(),
                Long.MIN_VALUE,
                Optional.empty(),
                kept.journalHead());
    }

    /**
     * Whether the event was folded in, as far as the record itself can tell. One without a time of its own is told by its
     * id alone: the same within a day is the same event, a later one is not, for it may be a body without any id.
     */
    static Known knows(CrmRecord record, CanonicalEvent event) {
        var stamp = Stamp.of(event);
        if (!event.isUndated()) {
            return knows(record, stamp);
        }
        var isKnown = record.recent().stream()
                .anyMatch(each -> each.tag() == stamp.tag()
                        && Math.abs(each.millis() - stamp.millis()) <= Journal.SKEW.toMillis());
        return isKnown ? Known.YES : record.recentFloor() == Long.MIN_VALUE ? Known.NO : Known.UNSURE;
    }

    /** Whether the event with this stamp was folded in, as far as the record itself can tell. */
    static Known knows(CrmRecord record, Stamp stamp) {
        if (record.recent().contains(stamp)
                || record.life().stamp().equals(stamp)
                || record.properties().values().stream()
                        .anyMatch(property -> property.stamp().equals(stamp))) {
            return Known.YES;
        }
        return stamp.millis() > record.recentFloor() ? Known.NO : Known.UNSURE;
    }
}
