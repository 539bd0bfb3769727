/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Life;
import io.signalbox.model.Link;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Segment;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.Links;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes links of what vendors say of associations: events {@code association.added} and {@code association.removed},
 * whose data has {@code association}, such as {@code CONTACT_TO_COMPANY}, and {@code to_id}, the other's id at the vendor.
 * Follows records as well: what waited for one that comes, what hung on one that merges or is erased.
 *
 * <p>Cost: nothing for a change that concerns no link; a query for each new external id of a record.
 */
final class LinkKeeper implements ChangeConsumer {

    private static final String ADDED = "association.added";
    private static final String REMOVED = "association.removed";
    private static final String TO = "_to_";

    /** What HubSpot calls the kinds of activity. */
    private static final Set<String> ACTIVITIES =
            Set.of("call", "communication", "email", "engagement", "meeting", "note", "postal_mail", "task");

    private final Links links;

    LinkKeeper(Links links) {
        this.links = requireNonNull(links, "links is null");
    }

    @Override
    public void accept(Change change) {
        var id = change.segmentId();
        if (id.isPresent()) {
            if (change.before().isEmpty()) {
                change.after()
                        .flatMap(image -> Change.segment(id.get(), image))
                        .ifPresent(segment -> segment.events().forEach(this::event));
            }
            return;
        }
        change.recordAfter().ifPresent(after -> record(change.recordBefore(), after));
    }

    private void event(Segment.Entry entry) {
        var event = entry.event();
        var isAdded = event.type().equals(ADDED);
        if (isAdded || event.type().equals(REMOVED)) {
            var label = text(event, "label").filter(Link::isLabel).orElse("");
            other(event).ifPresent(to -> links.said(entry.record(), to, label, isAdded, Stamp.of(event)));
        }
    }

    private static Optional<UniqueKey> other(CanonicalEvent event) {
        var id = text(event, "to_id").filter(text -> !text.isEmpty() && text.length() <= 200);
        return text(event, "association")
                .flatMap(LinkKeeper::object)
                .flatMap(object ->
                        id.map(text -> UniqueKey.external(object, new ExternalId(event.connection(), text))));
    }

    /** What stands behind {@code _TO_}. */
    private static Optional<ObjectType> object(String association) {
        var name = association.toLowerCase(Locale.ROOT);
        var at = name.lastIndexOf(TO);
        var to = at < 0 ? "" : name.substring(at + TO.length());
        if (ACTIVITIES.contains(to)) {
            return Optional.of(ObjectType.ACTIVITY);
        }
        return to.matches("[a-z][a-z0-9_]{0,62}") ? Optional.of(new ObjectType(to)) : Optional.empty();
    }

    private static Optional<String> text(CanonicalEvent event, String name) {
        return Optional.ofNullable(event.data().get(name)).flatMap(value -> Optional.ofNullable(value.asText()));
    }

    private void record(Optional<CrmRecord> before, CrmRecord after) {
        if (after.mergedInto().isPresent()) {
            if (before.flatMap(CrmRecord::mergedInto).isEmpty()) {
                links.merged(after.key());
            }
            return;
        }
        if (after.life().state() == Life.State.ERASED) {
            if (before.filter(record -> record.life().state() == Life.State.ERASED)
                    .isEmpty()) {
                links.erased(after.key());
            }
            return;
        }
        var fresh = new TreeSet<>(after.externalIds());
        before.ifPresent(record -> fresh.removeAll(record.externalIds()));
        fresh.forEach(id -> links.appeared(UniqueKey.external(after.key().object(), id), after.key()));
    }

    /** Nothing is put off. */
    @Override
    public Optional<Change> finish() {
        return Optional.empty();
    }
}
