/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Documents in the Control table: {@code M#pipelines}, the id, with {@code v} version and {@code b} content. */
public final class DynamoDocumentStore implements DocumentStore {

    private static final String VERSION = "v";
    private static final String BODY = "b";

    private final Table table;

    /**
     * @param table the Control table's name
     * @param units where to count what calls cost
     */
    public DynamoDocumentStore(DynamoDbClient client, String table, ConsumedUnits units) {
        this.table = new Table(client, table, units);
    }

    @Override
    public List<Document> all(Kind kind) {
        var found = new ArrayList<Document>();
        Map<String, AttributeValue> start = null;
        do {
            var answer = table.query(QueryRequest.builder()
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", Table.s(partition(kind))))
                    .exclusiveStartKey(start)
                    .consistentRead(true));
            answer.items().forEach(item -> found.add(document(item)));
            start = answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : null;
        } while (start != null);
        return found;
    }

    @Override
    public Optional<Document> get(Kind kind, String id) {
        return table.get(key(kind, id)).map(DynamoDocumentStore::document);
    }

    @Override
    public boolean put(Kind kind, Document document) {
        var bytes = ControlItems.encode(document.content());
        if (bytes.length > TooLarge.LIMIT_BYTES) {
            throw new TooLarge("a document", bytes.length);
        }
        var item = new HashMap<>(key(kind, document.id()));
        item.put(VERSION, Table.n(document.version()));
        item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
        var put = PutItemRequest.builder().item(item);
        if (document.version() == 1) {
            put.conditionExpression("attribute_not_exists(pk)");
        } else {
            put.conditionExpression("v = :before")
                    .expressionAttributeValues(Map.of(":before", Table.n(document.version() - 1)));
        }
        try {
            table.put(put);
            return true;
        } catch (ConditionalCheckFailedException e) {
            // The put before may have arrived though its answer did not.
            return e.hasItem() && e.item().equals(item);
        }
    }

    @Override
    public boolean delete(Kind kind, String id, long version) {
        return table.deleteIf(key(kind, id), "v = :v", Map.of(":v", Table.n(version)));
    }

    private static String partition(Kind kind) {
        return "M#" + kind.name();
    }

    private static Map<String, AttributeValue> key(Kind kind, String id) {
        return Table.key(partition(kind), id);
    }

    private static Document document(Map<String, AttributeValue> item) {
        return new Document(
                item.get(Table.SK).s(),
                Long.parseLong(item.get(VERSION).n()),
                ControlItems.value(item.get(BODY).b().asByteArrayUnsafe()));
    }
}
