/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Control items in a DynamoDB table: connections {@code C}, their settings {@code M#id},
 * numbers of refused requests {@code N#connection#shard}, clients {@code A#id},
 * the rule set {@code RULES}, rejections ({@link RejectionRing}) and due hints ({@link DueHints}).
 */
public final class DynamoControlStore implements ControlStore {

    private static final String BODY = "b";
    private static final String CONNECTIONS = "C";

    /** An item takes 1,000 writes a second; a busy connection's count is spread. */
    private static final int COUNTER_SHARDS = 8;

    private static final Map<String, AttributeValue> RULES = Table.key("RULES", "RULES");

    private final Table table;
    private final Blobs blobs;
    private final RejectionRing rejections;
    private final DueHints hints;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param table the Control table's name
     * @param random which part of a counter to add to
     * @param units where to count what calls cost
     */
    public DynamoControlStore(
            DynamoDbClient client, String table, InstantSource clock, RandomGenerator random, ConsumedUnits units) {
        this.table = new Table(client, table, units);
        this.blobs = new Blobs(this.table);
        this.rejections = new RejectionRing(this.table);
        this.hints = new DueHints(this.table);
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
    }

    @Override
    public List<Connection> connections(Optional<ConnectionId> after, int limit) {
        var found = new ArrayList<Connection>();
        var from = after.map(ConnectionId::value).orElse("!");
        var more = true;
        while (more && found.size() < limit) {
            var answer = table.query(QueryRequest.builder()
                    .keyConditionExpression("pk = :pk AND sk > :after")
                    .expressionAttributeValues(Map.of(":pk", Table.s(CONNECTIONS), ":after", Table.s(from)))
                    .consistentRead(true)
                    .limit(limit - found.size()));
            answer.items().forEach(item -> found.add(ControlItems.connection(bytes(item))));
            more = answer.hasLastEvaluatedKey();
            from = found.isEmpty() ? from : found.getLast().id().value();
        }
        return found;
    }

    @Override
    public Optional<Connection> connection(ConnectionId id) {
        return table.get(connectionKey(id)).map(item -> ControlItems.connection(bytes(item)));
    }

    @Override
    public boolean createConnection(Connection connection) {
        return put(connection, "attribute_not_exists(pk)");
    }

    @Override
    public boolean replaceConnection(Connection connection) {
        return put(connection, "attribute_exists(pk)");
    }

    private boolean put(Connection connection, String condition) {
        var bytes = ControlItems.encode(ControlStore.masked(connection));
        try {
            table.put(PutItemRequest.builder()
                    .item(item(connectionKey(connection.id()), bytes))
                    .conditionExpression(condition));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    @Override
    public ConnectionSettings settings(ConnectionId id) {
        return table.get(settingsKey(id))
                .map(item -> SettingsCodec.decode(bytes(item)))
                .orElse(ConnectionSettings.NONE);
    }

    @Override
    public void putSettings(ConnectionId id, ConnectionSettings settings) {
        table.put(PutItemRequest.builder().item(item(settingsKey(id), SettingsCodec.encode(settings))));
    }

    /** The connection last, so that a deletion cut off can be asked for again. */
    @Override
    public boolean deleteConnection(ConnectionId id) {
        rejections.clear(id);
        table.delete(settingsKey(id));
        table.deleteAll(counterKeys(id));
        return table.delete(connectionKey(id));
    }

    @Override
    public void countRejected(ConnectionId id, long requests) {
        table.update(UpdateItemRequest.builder()
                .key(counterKeys(id).get(random.nextInt(COUNTER_SHARDS)))
                .updateExpression("ADD r :r")
                .expressionAttributeValues(Map.of(":r", Table.n(requests))));
    }

    @Override
    public long rejected(ConnectionId id) {
        return table.getAll(counterKeys(id)).stream()
                .mapToLong(item -> Long.parseLong(item.get("r").n()))
                .sum();
    }

    @Override
    public void addRejections(ConnectionId id, List<Rejection> added) {
        rejections.add(id, added, clock.instant());
    }

    @Override
    public List<Rejection> rejections(ConnectionId id, int limit) {
        return rejections.newest(id, limit, clock.instant());
    }

    @Override
    public Optional<StoredRules> rules() {
        return blobs.get(RULES).map(blob -> new StoredRules(blob.version(), ControlItems.value(blob.bytes())));
    }

    @Override
    public boolean replaceRules(long expectedVersion, Value rules) {
        return blobs.put(RULES, new Blobs.Blob(expectedVersion + 1, ControlItems.encode(rules)));
    }

    @Override
    public Optional<ApiClient> client(String clientId) {
        return table.get(clientKey(clientId)).map(item -> ControlItems.client(bytes(item)));
    }

    @Override
    public void putClient(ApiClient client) {
        table.put(PutItemRequest.builder().item(item(clientKey(client.id()), ControlItems.encode(client))));
    }

    @Override
    public void noteDue(List<Due> due) {
        hints.note(due, clock.instant());
    }

    @Override
    public List<Due> due(Instant now, int limit) {
        return hints.due(now, limit);
    }

    @Override
    public void removeDue(List<Due> done) {
        hints.remove(done);
    }

    private static Map<String, AttributeValue> connectionKey(ConnectionId id) {
        return Table.key(CONNECTIONS, id.value());
    }

    private static Map<String, AttributeValue> settingsKey(ConnectionId id) {
        return Table.key("M#" + id, "M");
    }

    private static Map<String, AttributeValue> clientKey(String id) {
        return Table.key("A#" + id, "A");
    }

    private static List<Map<String, AttributeValue>> counterKeys(ConnectionId id) {
        var keys = new ArrayList<Map<String, AttributeValue>>();
        for (var shard = 0; shard < COUNTER_SHARDS; shard++) {
            keys.add(Table.key("N#" + id + "#" + shard, "N"));
        }
        return keys;
    }

    private static Map<String, AttributeValue> item(Map<String, AttributeValue> key, byte[] body) {
        var item = new HashMap<>(key);
        item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArray(body)));
        return item;
    }

    private static byte[] bytes(Map<String, AttributeValue> item) {
        return item.get(BODY).b().asByteArrayUnsafe();
    }
}
