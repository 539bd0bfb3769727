/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import io.signalbox.bench.load.HubSpot;
import io.signalbox.bench.measure.Median;
import io.signalbox.bench.measure.Project;
import io.signalbox.bench.measure.Report;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.testkit.LocalAws;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function costs from the start of its process to its first answer, beside the least that a function with the
 * same client could cost; and what is left of that after a snapshot. Interleaved, medians.
 */
final class ColdStartBench {

    private static final int RUNS = 9;
    private static final int RESTORES = 7;

    private final Report report = new Report(System.out, "coldstart");
    private final Functions functions;

    private ColdStartBench(Functions functions) {
        this.functions = functions;
    }

    public static void main(String[] args) {
        try {
            System.exit(run(List.of(args)) == 0 ? 0 : 1);
        } catch (Exception e) {
            // Threads of the embedded services would keep the JVM alive.
            e.printStackTrace();
            System.exit(2);
        }
    }

    private static int run(List<String> names) throws Exception {
        var work = Files.createTempDirectory("signalbox-coldstart");
        try (var cloud = LocalAws.dedicated(InstantSource.system())) {
            new ConnectionParameters(SsmParameters.of(cloud.env()), InstantSource.system())
                    .save(HubSpot.connection(Instant.now()));
            var bench = new ColdStartBench(new Functions(cloud, work));
            if (names.isEmpty() || names.contains("receiver")) {
                bench.receiver();
            }
            if (names.isEmpty() || names.contains("api")) {
                bench.api();
            }
            return bench.report.missed();
        } finally {
            Project.delete(work);
        }
    }

    private void receiver() throws Exception {
        compare(functions.sendOnly(), functions.receiver(), 1.3);
    }

    private void api() throws Exception {
        compare(functions.emptyServlet(), functions.api(), 1.5);
    }

    private void compare(Function baseline, Function ours, double goal) throws Exception {
        var starts = starts(List.of(baseline, ours));
        starts.forEach((function, measured) -> {
            report.text(
                    function.name() + ", start to first answer, CPU",
                    "%.0f ms (%.0f + %.0f)"
                            .formatted(
                                    sum(measured),
                                    Median.of(measured.stream()
                                            .map(ColdStart::init)
                                            .toList()),
                                    Median.of(measured.stream()
                                            .map(ColdStart::first)
                                            .toList())));
        });
        report.atMost(
                ours.name() + " / " + baseline.name(), sum(starts.get(ours)) / sum(starts.get(baseline)), goal, "");
        restored(ours);
    }

    private static double sum(List<ColdStart> starts) {
        return Median.of(starts.stream().map(ColdStart::sum).toList());
    }

    private static Map<Function, List<ColdStart>> starts(List<Function> functions) throws Exception {
        var starts = new LinkedHashMap<Function, List<ColdStart>>();
        for (var run = 0; run < RUNS; run++) {
            for (var function : functions) {
                starts.computeIfAbsent(function, f -> new ArrayList<>()).add(ColdStart.of(function));
            }
        }
        return starts;
    }

    private void restored(Function function) throws Exception {
        var classes = Restored.of(function, true);
        report.atMost(
                function.name() + ", own classes loaded after the restore",
                classes.own().size(),
                0,
                "");
        report.figure(
                function.name() + ", all classes loaded after the restore",
                classes.loaded().size(),
                "");
        classes.own().forEach(name -> report.text("&nbsp; left by priming", name));
        var first = new ArrayList<Double>();
        var second = new ArrayList<Double>();
        for (var run = 0; run < RESTORES; run++) {
            var restored = Restored.of(function, false);
            first.add(restored.first());
            second.add(restored.second());
        }
        report.figure(function.name() + ", first request after the restore, CPU", Median.of(first), " ms");
        report.figure(function.name() + ", second request, CPU", Median.of(second), " ms");
        report.atMost(function.name() + ", first / second request", Median.of(first) / Median.of(second), 3, "");
    }
}
