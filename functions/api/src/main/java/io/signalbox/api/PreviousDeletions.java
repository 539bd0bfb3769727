/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.store.FeedStore;
import io.signalbox.store.FeedToken;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What v3 has in place of v4's change feed: the records that were deleted, merged away or erased in the last 30 days, the
 * newest first, out of that feed. What has been restored since is not among them.
 *
 * <p>A page reads up to {@value #MOST_READ} changes, so it may hold fewer than it was asked for and still lead on.
 */
final class PreviousDeletions implements Endpoint {

    private static final int MOST_READ = 1_000;
    private static final Set<FeedStore.Kind> GONE =
            Set.of(FeedStore.Kind.DELETED, FeedStore.Kind.MERGED, FeedStore.Kind.ERASED);

    private final Kind kind;
    private final RecordService records;
    private final FeedStore feed;
    private final Cursors cursors;

    PreviousDeletions(Kind kind, RecordService records, FeedStore feed, Cursors cursors) {
        this.kind = requireNonNull(kind, "kind is null");
        this.records = requireNonNull(records, "records is null");
        this.feed = requireNonNull(feed, "feed is null");
        this.cursors = requireNonNull(cursors, "cursors is null");
    }

    @Override
    public Response answer(Call call) throws ParametersUnavailable {
        var page = Page.of(call, cursors, "deleted_after");
        var since = since(page.query().get("deleted_after"));
        var walk = feed.newest(page.after().flatMap(FeedToken::parse));
        var found = new LinkedHashMap<RecordKey, FeedStore.Entry>();
        var isAtEnd = false;
        for (var read = 0; read < MOST_READ && found.size() < page.limit() && !isAtEnd; read++) {
            var entry = walk.next();
            isAtEnd = entry.isEmpty() || !entry.get().at().isAfter(since);
            entry.filter(one -> one.at().isAfter(since))
                    .filter(this::isGone)
                    .ifPresent(one -> found.putIfAbsent(one.change().record(), one));
        }
        var now = records.get(found.keySet());
        var results = new ArrayList<Value>();
        found.forEach((key, entry) -> {
            var record = Optional.ofNullable(now.get(key));
            if (record.filter(one -> one.isAlive() && one.mergedInto().isEmpty())
                    .isEmpty()) {
                results.add(json(entry.change(), record));
            }
        });
        var next = isAtEnd ? Optional.<String>empty() : Optional.of(walk.place().text());
        return page.answer(call, cursors, results, next);
    }

    private boolean isGone(FeedStore.Entry entry) {
        return GONE.contains(entry.change().kind())
                && entry.change().record().object().equals(kind.object());
    }

    private static Instant since(String text) {
        try {
            return text == null ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw Call.badParameter(
                    "deleted_after",
                    "INVALID_DATETIME",
                    "deleted_after is a time with its offset: 2026-03-01T12:00:00Z.");
        }
    }

    private static Value json(FeedStore.Change change, Optional<CrmRecord> record) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(change.record().id().toString()));
        json.put("object", Value.of(change.record().object().name()));
        json.put("reason", Value.of(change.kind().name().toLowerCase(Locale.ROOT)));
        json.put("deleted_at", Value.of(change.updatedAt().toString()));
        record.flatMap(CrmRecord::mergedInto).ifPresent(into -> json.put("merged_into", Value.of(into.toString())));
        return Value.of(json);
    }
}
