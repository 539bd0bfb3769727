/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.signalbox.emulator.aws.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the steps of a scenario consumed, each part apart. */
final class Meter {

    /** Items of one kind that were written, and their bytes as DynamoDB counts them. */
    static final class Items {
        private int count;
        private long bytes;

        int count() {
            return count;
        }

        double meanBytes() {
            return (double) bytes / count;
        }
    }

    int events;
    int deliveries;
    int batches;
    int streamBatches;
    double recordsWrites;
    double indexWrites;
    double hintWrites;
    double relayWrites;
    double reads;
    long sends;
    long polls;
    private final Map<String, Items> items = new TreeMap<>();

    void receiver(Usage used, int eventsOfDelivery) {
        deliveries++;
        events += eventsOfDelivery;
        sends += used.sqsTotal();
    }

    void poller(Usage used) {
        polls += used.sqsTotal();
    }

    void processor(Usage used) {
        batches++;
        sends += used.sqsTotal();
        reads += used.readUnits();
        used.tables().forEach((table, units) -> {
            if (table.contains("/")) {
                indexWrites += units.writes();
            } else if (table.endsWith("ControlTable")) {
                hintWrites += units.writes();
            } else {
                recordsWrites += units.writes();
            }
        });
    }

    void relay(Usage used) {
        streamBatches++;
        relayWrites += used.writeUnits();
        reads += used.readUnits();
    }

    /** An item that the stream shows as written; told apart by what its key starts with. */
    void item(StreamRecord change) {
        if (change.getNewImage() == null) {
            return;
        }
        var key = change.getKeys().get("pk").getS();
        var kind = items.computeIfAbsent(key.replaceFirst("#.*", "#"), k -> new Items());
        kind.count++;
        change.getNewImage().forEach((name, value) -> kind.bytes += name.length() + bytes(value));
    }

    private static long bytes(AttributeValue value) {
        if (value.getS() != null) {
            return value.getS().getBytes(StandardCharsets.UTF_8).length;
        }
        if (value.getB() != null) {
            return value.getB().remaining();
        }
        if (value.getN() != null) {
            return value.getN().length() / 2L + 1;
        }
        return 1;
    }

    Map<String, Items> items() {
        return items;
    }

    double writes() {
        return recordsWrites + indexWrites + hintWrites + relayWrites;
    }

    void reset() {
        events = deliveries = batches = streamBatches = 0;
        recordsWrites = indexWrites = hintWrites = relayWrites = reads = 0;
        sends = polls = 0;
        items.clear();
    }
}
