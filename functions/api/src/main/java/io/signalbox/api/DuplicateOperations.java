/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.search.Search;
import io.signalbox.core.search.SearchQuery;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.filter.FieldPath;
import io.signalbox.model.filter.Filter.Clause;
import io.signalbox.model.filter.IndexKey;
import io.signalbox.model.filter.Operator;
import io.signalbox.runtime.Problem.Detail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records that may be the same as one there is, or as one that is about to be made: those with the same e-mail address,
 * telephone number, domain or name. {@code POST …/merge} makes one of them.
 *
 * <p>Cost: a page of the index for each of the fields, and a read of what was found.
 */
final class DuplicateOperations implements Family {

    private static final int MOST = 50;

    /** The fields that tell, the most telling first. */
    private static final Map<ObjectType, List<String>> TELLING = Map.of(
            ObjectType.CONTACT, List.of("email", "phone"),
            ObjectType.LEAD, List.of("email", "phone"),
            ObjectType.COMPANY, List.of("domain", "name"),
            ObjectType.DEAL, List.of("name"));

    private final ObjectSchema names;
    private final Kind.Of kinds;
    private final RecordService records;
    private final Search search;

    DuplicateOperations(ObjectSchema names, Kind.Of kinds, RecordService records, Search search) {
        this.names = requireNonNull(names, "names is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
        this.search = requireNonNull(search, "search is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("search" + names.one() + "Duplicates", this::search);
    }

    private Response search(Call call) {
        call.query();
        var kind = kinds.of(call);
        var fields = TELLING.getOrDefault(kind.object(), List.of());
        var body = Bodies.object(call.request());
        for (var name : body.members().keySet()) {
            if (!name.equals("id") && !name.equals("record")) {
                throw invalid("/" + Pointers.step(name), "UNKNOWN_FIELD", "Give id or record, and nothing else.");
            }
        }
        var itself = itself(kind, body);
        var clauses = clauses(kind, fields, values(kind, body, itself));
        if (clauses.isEmpty()) {
            throw invalid(
                    itself.isPresent() ? "/id" : "/record",
                    "NOTHING_TO_GO_BY",
                    "Duplicates are told by " + String.join(", ", fields) + ", and it has none of these.");
        }
        var found = new TreeMap<RecordId, CrmRecord>();
        for (var clause : clauses) {
            for (var record : candidates(kind, clause)) {
                found.put(record.key().id(), record);
            }
        }
        itself.ifPresent(record -> found.remove(record.key().id()));
        return answer(call, kind, clauses, List.copyOf(found.values()));
    }

    private Optional<CrmRecord> itself(Kind kind, Value.Obj body) {
        var id = SearchInput.text(body, "id");
        if (id.isEmpty() == body.get("record").isNull()) {
            throw invalid("", "REQUIRED", "Give the id of a record, or a record as it would be created.");
        }
        return id.map(text -> {
            var record = RecordId.parse(text)
                    .flatMap(one -> records.get(kind.object(), one))
                    .filter(one -> one.mergedInto().isEmpty())
                    .orElseThrow(() -> Outcomes.missing(kind, "id"));
            if (!record.isAlive()) {
                throw Outcomes.gone(kind, record);
            }
            return record;
        });
    }

    private static Map<String, Value> values(Kind kind, Value.Obj body, Optional<CrmRecord> itself) {
        if (itself.isPresent()) {
            var values = new LinkedHashMap<String, Value>();
            itself.get().properties().forEach((name, property) -> values.put(name, property.value()));
            return values;
        }
        if (body.get("record") instanceof Value.Obj record) {
            return RecordInput.patch(kind.schema(), record);
        }
        throw invalid("/record", "INVALID_TYPE", "record must be an object.");
    }

    private static List<Clause> clauses(Kind kind, List<String> fields, Map<String, Value> values) {
        var clauses = new ArrayList<Clause>();
        for (var field : fields) {
            var type = kind.filterable().type(field).orElseThrow();
            var value = values.getOrDefault(field, Value.NULL);
            if (IndexKey.of(type, value).isPresent()) {
                clauses.add(new Clause(FieldPath.of(field), type, Operator.EQ, List.of(value)));
            }
        }
        return clauses;
    }

    private List<CrmRecord> candidates(Kind kind, Clause clause) {
        var all = SearchQuery.all(kind.filterable(), MOST);
        var found = new ArrayList<>(
                search.find(all.matching(clause), Optional.empty()).records());
        if (clause.path().field().equals(UniqueKey.EMAIL)) {
            // The key finds one record, at once; the index all that vendors gave the address.
            var value = clause.values().getFirst();
            var range = new Clause(clause.path(), clause.type(), Operator.BETWEEN, List.of(value, value));
            found.addAll(search.find(all.matching(range), Optional.empty()).records());
        }
        return found;
    }

    private Response answer(Call call, Kind kind, List<Clause> clauses, List<CrmRecord> found) {
        record Match(CrmRecord record, List<String> on) {}
        var matches = found.stream()
                .map(record -> new Match(
                        record,
                        clauses.stream()
                                .filter(clause -> clause.isMetBy(record))
                                .map(clause -> clause.path().field())
                                .toList()))
                .sorted(Comparator.comparingInt((Match match) -> -match.on().size())
                        .thenComparing(match -> match.record().key().id()))
                .limit(MOST)
                .toList();
        var base = call.request().url().base();
        var results = new ArrayList<Value>();
        for (var match : matches) {
            var json = new LinkedHashMap<String, Value>();
            json.put(
                    "matched_on",
                    Value.of(match.on().stream().map(name -> Value.of(name)).toList()));
            json.put("record", kind.json().record(match.record(), records.score(match.record()), base));
            results.add(Value.of(json));
        }
        return Response.json(200, Value.of(Map.of("results", Value.of(results))));
    }

    private static Refusal invalid(String pointer, String code, String message) {
        return Refusal.invalid(List.of(new Detail(pointer, code, message)));
    }
}
