/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What consumed units cost at list price, in dollars a million of each unit. Parameter Store is free at standard
 * throughput; storage, logs and data out are left out, for they go by the month and the byte.
 *
 * @param gatewayRequest HTTP API, up to 512 KB
 * @param lambdaRequest one invocation
 * @param lambdaGigabyteSecond one second of 1 GB
 * @param queueRequest standard queue, 64 KB
 * @param writeUnit DynamoDB on demand, 1 KB
 * @param readUnit DynamoDB on demand, 4 KB, strongly consistent
 */
public record PriceList(
        double gatewayRequest,
        double lambdaRequest,
        double lambdaGigabyteSecond,
        double queueRequest,
        double writeUnit,
        double readUnit) {

    /** First tiers in us-east-1 with arm64 functions, as AWS's pricing pages had them in 2026. */
    public static final PriceList US_EAST_1 = new PriceList(1.00, 0.20, 13.3334, 0.40, 0.625, 0.125);

    /**
     * What was done for a number of events.
     *
     * @param usage of the services, as the difference of two snapshots
     * @param gigabyteSeconds time of all invocations times the memory of their functions
     */
    public record Work(long events, Usage usage, long gatewayRequests, long invocations, double gigabyteSeconds) {
        public Work {
            requireNonNull(usage, "usage is null");
            if (events < 1) {
                throw new IllegalArgumentException("a price per event needs events");
            }
        }
    }

    /** Dollars per million events, and what they are made of. */
    public record Cost(SequencedMap<String, Double> parts) {
        public Cost {
            parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
        }

        public double total() {
            return parts.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** The cost of a million events like these. */
    public Cost perMillion(Work work) {
        var usage = work.usage();
        var parts = new LinkedHashMap<String, Double>();
        parts.put("API Gateway requests", work.gatewayRequests() * gatewayRequest);
        parts.put("Lambda requests", work.invocations() * lambdaRequest);
        parts.put("Lambda duration", work.gigabyteSeconds() * lambdaGigabyteSecond);
        parts.put("SQS requests", usage.sqsTotal() * queueRequest);
        parts.put("DynamoDB writes", usage.writeUnits() * writeUnit);
        parts.put("DynamoDB reads", usage.readUnits() * readUnit);
        // Prices are per million units: so many units for so many events cost units x price / events for a million.
        parts.replaceAll((name, sum) -> sum / work.events());
        return new Cost(parts);
    }
}
