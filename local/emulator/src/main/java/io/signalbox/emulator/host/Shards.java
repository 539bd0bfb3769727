/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the records of a table's stream: shards in the order of their lineage, each from its checkpoint on. */
final class Shards {

    private static final String STREAMS = "DynamoDBStreams_20120810.";

    /** How many reads go by before the list of shards is asked for again. */
    private static final int REFRESH = 20;

    /** The next records of one shard. */
    record Page(String shard, String streamArn, List<Map<String, Object>> records) {}

    private final AwsJson aws;
    private final String table;
    private final boolean fromStart;
    private final Checkpoints checkpoints;
    private final Map<String, String> parents = new LinkedHashMap<>();
    private final Map<String, String> iterators = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private String streamArn;
    private int reads;

    Shards(AwsJson aws, String table, boolean fromStart, Checkpoints checkpoints) {
        this.aws = aws;
        this.table = table;
        this.fromStart = fromStart;
        this.checkpoints = checkpoints;
    }

    /** One read of every shard that may be read now: its parent, if known, is read to its end. */
    List<Page> read(int limit) throws IOException {
        if (streamArn == null || reads++ % REFRESH == 0) {
            refresh();
        }
        var pages = new ArrayList<Page>();
        for (var shard : parents.entrySet()) {
            var parent = shard.getValue();
            var ready = parent == null || !parents.containsKey(parent) || finished.contains(parent);
            if (ready && !finished.contains(shard.getKey())) {
                var records = read(shard.getKey(), limit);
                if (!records.isEmpty()) {
                    pages.add(new Page(shard.getKey(), streamArn, records));
                }
            }
        }
        return pages;
    }

    private void refresh() throws IOException {
        var described = aws.call("DynamoDB_20120810.DescribeTable", Map.of("TableName", table));
        streamArn = (String) ((Map<?, ?>) described.get("Table")).get("LatestStreamArn");
        var request = new HashMap<String, Object>();
        request.put("StreamArn", streamArn);
        do {
            var stream =
                    (Map<?, ?>) aws.call(STREAMS + "DescribeStream", request).get("StreamDescription");
            for (var shard : (List<?>) stream.get("Shards")) {
                var members = (Map<?, ?>) shard;
                parents.put((String) members.get("ShardId"), (String) members.get("ParentShardId"));
            }
            request.put("ExclusiveStartShardId", stream.get("LastEvaluatedShardId"));
        } while (request.get("ExclusiveStartShardId") != null);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> read(String shard, int limit) throws IOException {
        try {
            var iterator = iterators.get(shard);
            if (iterator == null) {
                iterator = iterator(shard);
            }
            var answer = aws.call(
                    STREAMS + "GetRecords", Map.of("ShardIterator", iterator, "Limit", Math.min(limit, 1_000)));
            var next = (String) answer.get("NextShardIterator");
            var records = (List<Map<String, Object>>) answer.get("Records");
            iterators.put(shard, next);
            if (next == null && records.isEmpty()) {
                finished.add(shard);
            } else if (next == null) {
                iterators.remove(shard);
            }
            return records;
        } catch (IOException e) {
            // An iterator lives for fifteen minutes; the checkpoint is what counts.
            iterators.remove(shard);
            throw e;
        }
    }

    private String iterator(String shard) throws IOException {
        var request = new HashMap<String, Object>();
        request.put("StreamArn", streamArn);
        request.put("ShardId", shard);
        var checkpoint = checkpoints.get(shard);
        request.put(
                "ShardIteratorType",
                checkpoint.isPresent() ? "AFTER_SEQUENCE_NUMBER" : fromStart ? "TRIM_HORIZON" : "LATEST");
        checkpoint.ifPresent(sequence -> request.put("SequenceNumber", sequence));
        try {
            return (String) aws.call(STREAMS + "GetShardIterator", request).get("ShardIterator");
        } catch (AwsJson.Refused e) {
            if (!e.is("TrimmedDataAccessException")) {
                throw e;
            }
            request.put("ShardIteratorType", "TRIM_HORIZON");
            request.remove("SequenceNumber");
            return (String) aws.call(STREAMS + "GetShardIterator", request).get("ShardIterator");
        }
    }

    /** Handled up to here: the next run starts after it. */
    void handled(String shard, String sequenceNumber) throws IOException {
        checkpoints.set(shard, sequenceNumber);
    }

    /** Reads again from the checkpoint. */
    void rewind(String shard) {
        iterators.remove(shard);
    }
}
