/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.store.FeedItems.Page;
import io.signalbox.store.FeedItems.Total;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The change feed in the Records table; {@link FeedItems} shows its items. */
public final class DynamoFeedStore implements FeedStore {

    private record Items(Table table, InstantSource clock) implements FeedShelf {

        @Override
        public List<Page> after(long number, int limit) {
            return query("pk = :pk AND sk > :n", FeedItems.sort(number), limit, true);
        }

        @Override
        public List<Page> before(long number, int limit) {
            // Beyond 16 digits there is nothing; ":" comes just behind the digits.
            var bound = number == Long.MAX_VALUE ? ":" : FeedItems.sort(number);
            return query("pk = :pk AND sk < :n", bound, limit, false);
        }

        /** One query is cut off at a megabyte. */
        private List<Page> query(String condition, String bound, int limit, boolean forward) {
            var found = new ArrayList<Page>();
            var from = Map.<String, AttributeValue>of();
            do {
                var answer = table.query(QueryRequest.builder()
                        .keyConditionExpression(condition)
                        .expressionAttributeValues(Map.of(":pk", Table.s(FeedItems.PARTITION), ":n", Table.s(bound)))
                        .scanIndexForward(forward)
                        .consistentRead(true)
                        .exclusiveStartKey(from.isEmpty() ? null : from)
                        .limit(limit - found.size()));
                answer.items().forEach(item -> found.add(FeedItems.decode(item)));
                from = answer.lastEvaluatedKey();
            } while (!from.isEmpty() && found.size() < limit);
            return found;
        }

        @Override
        public boolean put(Page page) {
            return put(PutItemRequest.builder()
                    .item(FeedItems.encode(page))
                    .conditionExpression("attribute_not_exists(pk)"));
        }

        @Override
        public Optional<Total> total(Optional<ConnectionId> connection) {
            return table.get(FeedItems.totalKey(connection)).map(FeedItems::decodeTotal);
        }

        @Override
        public boolean put(Optional<ConnectionId> connection, long was, Total total) {
            var request = PutItemRequest.builder().item(FeedItems.encode(connection, total, clock.instant()));
            return put(
                    was == 0
                            ? request.conditionExpression("attribute_not_exists(pk) OR p = :was")
                                    .expressionAttributeValues(Map.of(":was", Table.n(0)))
                            : request.conditionExpression("p = :was")
                                    .expressionAttributeValues(Map.of(":was", Table.n(was))));
        }

        private boolean put(PutItemRequest.Builder request) {
            try {
                table.put(request);
                return true;
            } catch (ConditionalCheckFailedException _) {
                return false;
            }
        }
    }

    private final Feed feed;

    /**
     * @param table the Records table's name
     * @param units where to count what calls cost
     */
    public DynamoFeedStore(DynamoDbClient client, String table, InstantSource clock, ConsumedUnits units) {
        this.feed = new Feed(new Items(new Table(client, table, units), requireNonNull(clock, "clock is null")), clock);
    }

    @Override
    public void append(List<Change> changes, List<Counted> counted) {
        feed.append(changes, counted);
    }

    @Override
    public Counts counts(ConnectionId connection) {
        return feed.counts(connection);
    }

    @Override
    public void forget(ConnectionId connection) {
        feed.forget(connection);
    }

    @Override
    public boolean rollUp() {
        return feed.rollUp();
    }

    @Override
    public FeedToken end() {
        return feed.end();
    }

    @Override
    public Reading read(FeedToken after, int limit) {
        return feed.read(after, limit);
    }

    @Override
    public Walk newest(Optional<FeedToken> from) {
        return feed.newest(from);
    }
}
