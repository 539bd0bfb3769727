/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.store.FeedItems.Item;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The change feed in the Records table; {@link FeedItems} shows its items. */
public final class DynamoFeedStore implements FeedStore {

    private record Items(Table table) implements Feed.Shelf {

        @Override
        public List<Item> after(int shard, long number, int limit) {
            return query(shard, "pk = :pk AND sk > :n", number, limit, true, true);
        }

        @Override
        public List<Item> before(int shard, long number, int limit, boolean consistent) {
            return query(shard, "pk = :pk AND sk < :n", number, limit, false, consistent);
        }

        private List<Item> query(
                int shard, String condition, long number, int limit, boolean forward, boolean consistent) {
            // Beyond 16 digits there is nothing; ":" comes just behind the digits.
            var bound = number == Long.MAX_VALUE ? ":" : FeedItems.sort(number);
            return table
                    .query(QueryRequest.builder()
                            .keyConditionExpression(condition)
                            .expressionAttributeValues(
                                    Map.of(":pk", Table.s(FeedItems.partition(shard)), ":n", Table.s(bound)))
                            .scanIndexForward(forward)
                            .consistentRead(consistent)
                            .limit(limit))
                    .items()
                    .stream()
                    .map(item -> FeedItems.decode(shard, item))
                    .toList();
        }

        @Override
        public boolean put(Item item) {
            try {
                table.put(PutItemRequest.builder()
                        .item(FeedItems.encode(item))
                        .conditionExpression("attribute_not_exists(pk)"));
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
        this.feed = new Feed(new Items(new Table(client, table, units)), clock);
    }

    @Override
    public void append(List<Change> changes) {
        feed.append(changes);
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
