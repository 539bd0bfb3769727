/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Value;
import io.signalbox.store.LinkStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Linked records to be shown with a record: {@code expand=companies(limit:3),deals}. One step far and so many a relation
 * as it says, 3 where it says nothing, so what an answer costs can be told before: one query a record and relation, and
 * one read for all.
 */
final class Expansion {

    static final Expansion NONE = new Expansion(Map.of());

    private static final Pattern ONE = Pattern.compile("([a-z][a-z0-9_]{0,62})(?:\\(limit:(\\d{1,2})\\))?");
    private static final int USUAL = 3;
    private static final int MOST = 10;
    private static final int RELATIONS = 3;

    /** How many of each kind at most. */
    private final Map<Kind, Integer> limits;

    private Expansion(Map<Kind, Integer> limits) {
        this.limits = limits;
    }

    /** @param text what the parameter says; null for none */
    static Expansion of(Call call, Kinds kinds, String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        var limits = new LinkedHashMap<Kind, Integer>();
        for (var part : text.split(",")) {
            var match = ONE.matcher(part.strip());
            var kind = match.matches() ? kinds.find(match.group(1)) : Optional.<Kind>empty();
            var limit = match.matches() && match.group(2) != null ? Integer.parseInt(match.group(2)) : USUAL;
            if (kind.isEmpty() || limit < 1 || limit > MOST) {
                throw Call.badParameter(
                        "expand",
                        "INVALID_VALUE",
                        "expand is a list of relations, each with a limit of 1 to " + MOST
                                + ": companies(limit:3),deals.");
            }
            call.require(Kinds.readScope(kind.get()));
            limits.put(kind.get(), limit);
        }
        if (limits.size() > RELATIONS) {
            throw Call.badParameter("expand", "TOO_MANY", "expand names at most " + RELATIONS + " relations.");
        }
        return new Expansion(limits);
    }

    /** The records with a member {@code expanded} each, in their order. */
    List<Value> of(Call call, List<CrmRecord> records, List<Value> shown, RecordService service, LinkStore links) {
        if (limits.isEmpty()) {
            return shown;
        }
        var found = new ArrayList<Map<Kind, List<RecordKey>>>();
        var wanted = new LinkedHashSet<RecordKey>();
        for (var record : records) {
            var byKind = new LinkedHashMap<Kind, List<RecordKey>>();
            limits.forEach((kind, limit) -> {
                // One record may be linked twice, under two labels.
                var keys = links.list(record.key(), Optional.of(kind.object()), Optional.empty(), limit + 1).stream()
                        .map(LinkStore.Linked::other)
                        .distinct()
                        .limit(limit)
                        .toList();
                byKind.put(kind, keys);
                wanted.addAll(keys);
            });
            found.add(byKind);
        }
        var linked = service.get(wanted);
        var all = new ArrayList<Value>();
        for (var i = 0; i < records.size(); i++) {
            all.add(with(shown.get(i), expanded(call, found.get(i), linked, service)));
        }
        return all;
    }

    private static Value with(Value record, Value expanded) {
        var members = new LinkedHashMap<>(((Value.Obj) record).members());
        members.put("expanded", expanded);
        return Value.of(members);
    }

    private static Value expanded(
            Call call, Map<Kind, List<RecordKey>> found, Map<RecordKey, CrmRecord> linked, RecordService service) {
        var base = call.request().url().base();
        var expanded = new LinkedHashMap<String, Value>();
        found.forEach((kind, keys) -> {
            var some = new ArrayList<Value>();
            for (var key : keys) {
                var record = linked.get(key);
                if (record != null && record.isAlive()) {
                    some.add(kind.json().record(record, service.score(record), base));
                }
            }
            expanded.put(kind.schema().path(), Value.of(some));
        });
        return Value.of(expanded);
    }
}
