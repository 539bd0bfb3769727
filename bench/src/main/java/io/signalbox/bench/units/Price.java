/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

/**
 * The list price of a scenario per million events, in US dollars, us-east-1, on-demand, arm64. Left out, for they do not
 * follow the events: idle polling, logs, alarms, storage, data out.
 *
 * @param httpApi $1.00 a million requests
 * @param lambdaRequests $0.20 a million invocations
 * @param lambdaTime $0.0000133334 a GB-second, see {@link #ASSUMPTION}
 * @param sqs $0.40 a million requests
 * @param writes $0.625 a million write units
 * @param reads $0.125 a million read units
 */
record Price(double httpApi, double lambdaRequests, double lambdaTime, double sqs, double writes, double reads) {

    private static final double GIGABYTES = 1.0;
    private static final double OWN_MILLIS = 3;
    private static final double CALL_MILLIS = 6;

    static final String ASSUMPTION =
            "Lambda time is an assumption: %.0f GB, %.0f ms of own work an invocation and %.0f ms"
                            .formatted(GIGABYTES, OWN_MILLIS, CALL_MILLIS)
                    + " for each AWS call, one after the other: one a delivery, two reads a batch, one a write.";

    static Price of(Meter meter) {
        var events = (double) meter.events;
        var invocations = meter.deliveries + meter.batches + meter.streamBatches;
        var written =
                meter.items().values().stream().mapToInt(Meter.Items::count).sum();
        var calls = meter.deliveries + 2.0 * meter.batches + written + meter.hintWrites + meter.relayWrites;
        var seconds = (invocations * OWN_MILLIS + calls * CALL_MILLIS) / 1_000;
        return new Price(
                meter.deliveries / events * 1.00,
                invocations / events * 0.20,
                seconds * GIGABYTES / events * 13.3334,
                (meter.sends + meter.polls) / events * 0.40,
                meter.writes() / events * 0.625,
                meter.reads / events * 0.125);
    }

    double total() {
        return httpApi + lambdaRequests + lambdaTime + sqs + writes + reads;
    }

    @Override
    public String toString() {
        return "$%.2f = HTTP API %.2f + Lambda requests %.2f + Lambda time %.2f + SQS %.2f + writes %.2f + reads %.2f"
                .formatted(total(), httpApi, lambdaRequests, lambdaTime, sqs, writes, reads);
    }
}
