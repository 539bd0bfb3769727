/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.MemoryHttp;
import io.signalbox.runtime.MemoryHttp.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables and parameters of a rehearsal: keeps what is put and gives it back by its key, and knows no conditions and
 * no queries. That is enough for a client to get a token, create a record and read it.
 */
final class RehearsalStack implements MemoryHttp.Service {

    private static final Value NOTHING = Value.of(Map.of());

    private final Map<String, Value> kept = new HashMap<>();

    @Override
    public synchronized Answer answer(String target, Value request) {
        var operation = target.substring(target.indexOf('.') + 1);
        return switch (operation) {
            case "PutParameter" -> put(request.at("Name").asText(), request.at("Value"));
            case "GetParameter" -> parameter(kept.get(request.at("Name").asText()));
            case "PutItem" -> putItem(request);
            case "GetItem" -> ok("Item", item(request.at("TableName").asText(), request.at("Key")));
            case "BatchGetItem" -> batch(request.at("RequestItems"));
            case "TransactWriteItems" -> transact(request.at("TransactItems"));
            case "Query" -> ok("Items", Value.of(List.of()));
            default -> new Answer(200, NOTHING);
        };
    }

    private Answer put(String key, Value value) {
        kept.put(requireNonNull(key, "key is null"), value);
        return new Answer(200, NOTHING);
    }

    private static Answer ok(String member, Value value) {
        return new Answer(200, value == null ? NOTHING : Value.of(Map.of(member, value)));
    }

    private static Answer parameter(Value value) {
        return value == null
                ? new Answer(400, Value.of(Map.of("__type", Value.of("ParameterNotFound"))))
                : ok("Parameter", Value.of(Map.of("Value", value)));
    }

    private Answer putItem(Value put) {
        var item = put.at("Item");
        return put(key(put.at("TableName").asText(), item), item);
    }

    private Answer transact(Value writes) {
        if (writes instanceof Value.Arr(var all)) {
            all.stream()
                    .map(write -> write.at("Put"))
                    .filter(put -> !put.isNull())
                    .forEach(this::putItem);
        }
        return new Answer(200, NOTHING);
    }

    private Answer batch(Value tables) {
        var found = new LinkedHashMap<String, Value>();
        if (tables instanceof Value.Obj(var all)) {
            all.forEach((table, wanted) -> found.put(table, Value.of(items(table, wanted.at("Keys")))));
        }
        return new Answer(200, Value.of(Map.of("Responses", Value.of(found), "UnprocessedKeys", NOTHING)));
    }

    private List<Value> items(String table, Value keys) {
        var items = new ArrayList<Value>();
        if (keys instanceof Value.Arr(var all)) {
            for (var key : all) {
                var item = item(table, key);
                if (item != null) {
                    items.add(item);
                }
            }
        }
        return items;
    }

    private Value item(String table, Value key) {
        return kept.get(key(table, key));
    }

    private static String key(String table, Value item) {
        return table + " " + item.at("pk").at("S").asText() + " "
                + item.at("sk").at("S").asText();
    }
}
