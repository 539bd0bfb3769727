/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/**
 * Counts what DynamoDB says it charged: a write unit is a kilobyte written (two in a transaction), a read unit 4
 * kilobytes read consistently. Thread-safe. A failed conditional write is charged too, but DynamoDB does not say so.
 */
public final class ConsumedUnits {

    private final DoubleAdder read = new DoubleAdder();
    private final DoubleAdder written = new DoubleAdder();

    /** Units since the last time. */
    public record Taken(double read, double written) {}

    /** Starts again from zero. */
    public Taken take() {
        return new Taken(read.sumThenReset(), written.sumThenReset());
    }

    void addRead(ConsumedCapacity capacity) {
        add(read, capacity);
    }

    void addRead(List<ConsumedCapacity> capacities) {
        capacities.forEach(this::addRead);
    }

    void addWritten(ConsumedCapacity capacity) {
        add(written, capacity);
    }

    void addWritten(List<ConsumedCapacity> capacities) {
        capacities.forEach(this::addWritten);
    }

    private static void add(DoubleAdder to, ConsumedCapacity capacity) {
        if (capacity != null && capacity.capacityUnits() != null) {
            to.add(capacity.capacityUnits());
        }
    }
}
