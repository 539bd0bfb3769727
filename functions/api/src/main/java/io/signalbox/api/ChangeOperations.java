/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.search.Search;
import io.signalbox.core.search.SearchQuery;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.FeedStore;
import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Reading;
import io.signalbox.store.FeedToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happened to records since a token: created, updated, deleted, restored, merged, erased. A token is a place in the
 * feed, never a time, so nothing is lost at equal times. {@code sync=initial} begins with all records there are, behind
 * a token that was taken before the first of them was read; from then on the caller only follows.
 *
 * <p>Cost of a page: a read unit for every 4 KB of the feed; of a page of the
 * beginning, that of a listing.
 */
final class ChangeOperations implements Family {

    private static final int USUAL = 100;

    /** Changes of other types of records are passed over, so often at most; then the page ends short. */
    private static final int READS = 10;

    /** Far longer than the feed is kept: who comes late learns that it is too late, and not that the token is wrong. */
    private static final Duration SIGNED_FOR = Duration.ofDays(400);

    /** Of which types the changes are wanted. */
    @FunctionalInterface
    interface Objects {
        List<Kind> of(Call call, Map<String, String> query);
    }

    private final String operation;
    private final Objects objects;
    private final RecordService records;
    private final Search search;
    private final FeedStore feed;
    private final Cursors cursors;

    ChangeOperations(
            String operation, Objects objects, RecordService records, Search search, FeedStore feed, Cursors cursors) {
        this.operation = requireNonNull(operation, "operation is null");
        this.objects = requireNonNull(objects, "objects is null");
        this.records = requireNonNull(records, "records is null");
        this.search = requireNonNull(search, "search is null");
        this.feed = requireNonNull(feed, "feed is null");
        this.cursors = requireNonNull(cursors, "cursors is null");
    }

    /** The types that the parameter {@code objects} names, else all; each asks for the scope to read it. */
    static Objects named(Kinds kinds) {
        return (call, query) -> {
            var named = query.get("objects");
            var all = named == null
                    ? kinds.all()
                    : Arrays.stream(named.split(",", -1))
                            .map(name -> kinds.find(name.strip())
                                    .orElseThrow(() -> Call.badParameter(
                                            "objects",
                                            "UNKNOWN_OBJECT",
                                            "objects names types of records, with commas between them:"
                                                    + " contacts,deals.")))
                            .distinct()
                            .toList();
            all.forEach(kind -> call.require(Kinds.readScope(kind)));
            return all;
        };
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(operation, this::changes);
    }

    private Response changes(Call call) throws ParametersUnavailable {
        var isForAll = operation.equals("listChanges");
        var query = isForAll
                ? call.query("since", "sync", "limit", "include_records", "objects")
                : call.query("since", "sync", "limit", "include_records");
        var isInitial = isInitial(query);
        var isWhole = Call.flag(query, "include_records");
        var limit = Call.limit(query, USUAL);
        var kinds = objects.of(call, query);
        var page = new Page(call, kinds, isWhole, limit);
        if (isInitial) {
            page.snapshot(0, feed.end(), Optional.empty());
            return page.answer();
        }
        var token = token(call, page.about(), query.get("since"));
        if (token.startsWith("f")) {
            page.follow(FeedToken.parse(token.substring(1)).orElseThrow(ChangeOperations::wrong));
        } else {
            var parts = token.substring(1).split(":", 3);
            page.snapshot(
                    Integer.parseInt(parts[0]),
                    FeedToken.parse(parts[1]).orElseThrow(ChangeOperations::wrong),
                    Optional.of(parts[2]).filter(place -> !place.isEmpty()));
        }
        return page.answer();
    }

    private static boolean isInitial(Map<String, String> query) {
        var sync = query.get("sync");
        if (sync != null && !sync.equals("initial")) {
            throw Call.badParameter("sync", "INVALID_VALUE", "sync is initial, or left out.");
        }
        if ((sync == null) == (query.get("since") == null)) {
            throw Call.badParameter(
                    "since",
                    "REQUIRED",
                    "Start with sync=initial; then send since with the next_sync_token of the answer before.");
        }
        return sync != null;
    }

    private String token(Call call, String about, String since) throws ParametersUnavailable {
        try {
            return cursors.read(call, about, since);
        } catch (Refusal _) {
            throw wrong();
        }
    }

    private static Refusal wrong() {
        var message =
                "since is not a token of these changes; take it from next_sync_token, or start with sync=initial.";
        return Refusal.of(ErrorCode.CURSOR_INVALID, message, new Detail("since", "INVALID_TOKEN", message));
    }

    /** A page while it is put together. */
    private final class Page {
        private final Call call;
        private final List<Kind> kinds;
        private final boolean isWhole;
        private final int limit;
        private final List<Value> changes = new ArrayList<>();
        private String token = "";
        private boolean hasMore;

        Page(Call call, List<Kind> kinds, boolean isWhole, int limit) {
            this.call = call;
            this.kinds = kinds;
            this.isWhole = isWhole;
            this.limit = limit;
        }

        /** What a token is good for, besides the operation. */
        String about() {
            return "changes of "
                    + kinds.stream().map(kind -> kind.object().name()).sorted().collect(Collectors.joining(","));
        }

        /** Records that are there, a page of one type; then the token from before. */
        void snapshot(int index, FeedToken before, Optional<String> from) {
            if (index >= kinds.size()) {
                throw wrong();
            }
            var kind = kinds.get(index);
            var found = search.find(SearchQuery.all(kind.filterable(), limit), from);
            for (var record : found.records()) {
                var change = new Change(
                        record.key(), record.version(), FeedStore.Kind.CREATED, record.createdAt(), List.of());
                changes.add(json(kind, Value.NULL, change, Optional.of(record)));
            }
            var isLast = found.next().isEmpty() && index + 1 == kinds.size();
            hasMore = true;
            var next = found.next().isPresent() ? index : index + 1;
            token = isLast
                    ? "f" + before.text()
                    : "s" + next + ":" + before.text() + ":" + found.next().orElse("");
        }

        void follow(FeedToken from) {
            var entries = new ArrayList<FeedStore.Entry>();
            var at = from;
            hasMore = true;
            for (var reads = 0; reads < READS && hasMore && entries.size() < limit; reads++) {
                switch (feed.read(at, limit - entries.size())) {
                    case Reading.Expired() ->
                        throw Refusal.of(
                                ErrorCode.SYNC_TOKEN_EXPIRED,
                                "Changes are kept for " + FeedStore.KEPT.toDays()
                                        + " days, and this token is older; start again with sync=initial.");
                    case Reading.Changes(var some, var next, var more) -> {
                        some.stream()
                                .filter(entry -> kind(entry.change()).isPresent())
                                .forEach(entries::add);
                        at = next;
                        hasMore = more;
                    }
                }
            }
            token = "f" + at.text();
            var needed = entries.stream()
                    .map(FeedStore.Entry::change)
                    .filter(change -> isWhole || change.kind() == FeedStore.Kind.MERGED)
                    .map(Change::record)
                    .collect(Collectors.toSet());
            var read = records.get(needed);
            for (var entry : entries) {
                var change = entry.change();
                changes.add(json(
                        kind(change).orElseThrow(),
                        Value.of(entry.seq()),
                        change,
                        Optional.ofNullable(read.get(change.record()))));
            }
        }

        private Optional<Kind> kind(Change change) {
            return kinds.stream()
                    .filter(kind -> kind.object().equals(change.record().object()))
                    .findFirst();
        }

        private Value json(Kind kind, Value seq, Change change, Optional<CrmRecord> record) {
            RecordKey key = change.record();
            var json = new LinkedHashMap<String, Value>();
            json.put("seq", seq);
            json.put("object", Value.of(key.object().name()));
            json.put("id", Value.of(key.id().toString()));
            json.put("change_type", Value.of(change.kind().name().toLowerCase(Locale.ROOT)));
            json.put(
                    "changed_fields",
                    Value.of(change.fields().stream()
                            .filter(RecordJson::isShown)
                            .map(name -> Value.of(name))
                            .toList()));
            json.put("version", Value.of(change.version()));
            json.put("occurred_at", Value.of(change.updatedAt().toString()));
            record.flatMap(CrmRecord::mergedInto)
                    .ifPresent(survivor -> json.put("merged_into", Value.of(survivor.toString())));
            if (isWhole) {
                var base = call.request().url().base();
                record.filter(CrmRecord::isAlive)
                        .ifPresent(now -> json.put("record", kind.json().record(now, records.score(now), base)));
            }
            json.put("_links", Value.of(Map.of("self", RecordJson.link(kind.link(call, key.id())))));
            return Value.of(json);
        }

        Response answer() throws ParametersUnavailable {
            var since = cursors.write(call, about(), token, SIGNED_FOR);
            var next = new StringBuilder(call.link(call.request().path()));
            next.append("?since=").append(since).append("&limit=").append(limit);
            if (isWhole) {
                next.append("&include_records=true");
            }
            if (operation.equals("listChanges")) {
                next.append("&objects=")
                        .append(kinds.stream().map(kind -> kind.object().name()).collect(Collectors.joining(",")));
            }
            var body = new LinkedHashMap<String, Value>();
            body.put("changes", Value.of(changes));
            body.put("next_sync_token", Value.of(since));
            body.put("has_more", hasMore ? Value.TRUE : Value.FALSE);
            body.put("_links", Value.of(Map.of("next", RecordJson.link(next.toString()))));
            var response = new Response(200, Map.of("Content-Type", MediaTypes.JSON), Json.bytes(Value.of(body)));
            return hasMore ? response.with("Link", "<" + next + ">; rel=\"next\"") : response;
        }
    }
}
