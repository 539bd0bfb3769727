/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import io.signalbox.emulator.aws.PriceList;
import io.signalbox.emulator.aws.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a load consumed and what a million events like it cost at list price. Lambda's duration is left out, for a
 * laptop's is not Lambda's.
 */
final class Bill {

    private Bill() {}

    static List<String> lines(Account used, long events) {
        if (events == 0) {
            return List.of();
        }
        // What this command itself asked of the API is no part of an event's way.
        var invocations = used.invocations().entrySet().stream()
                .filter(function ->
                        !function.getKey().equals("api") && !function.getKey().equals("authorizer"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        var usage = new Usage(
                Map.of("all", new Usage.Units(used.writeUnits(), used.readUnits())),
                Map.of("all", used.sqsRequests()),
                Map.of());
        var work = new PriceList.Work(events, usage, used.invocations().getOrDefault("receiver", 0L), invocations, 0);
        var cost = PriceList.US_EAST_1.perMillion(work);

        var lines = new ArrayList<String>();
        lines.add("consumed       per event: %.2f write units, %.2f read units, %.2f SQS requests, %.2f invocations"
                .formatted(
                        used.writeUnits() / events,
                        used.readUnits() / events,
                        (double) used.sqsRequests() / events,
                        (double) invocations / events));
        lines.add("price          $%.2f per million events at list price (us-east-1, without Lambda duration)"
                .formatted(cost.total()));
        cost.parts().forEach((part, dollars) -> {
            if (dollars > 0) {
                lines.add("               $%.2f %s".formatted(dollars, part));
            }
        });
        return lines;
    }
}
