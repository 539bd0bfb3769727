/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.rules;

import io.signalbox.bench.measure.Cpu;
import io.signalbox.bench.measure.Median;
import io.signalbox.bench.measure.Paired;
import io.signalbox.bench.measure.Project;
import io.signalbox.bench.measure.Report;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whether ten thousand rules cost an event much more than ten do, and what loading and starting with rules costs. */
final class RulesBench {

    private static final int MANY = 10_000;
    private static final int EVENTS = 2_000;
    private static final int FRESH_JVMS = 9;

    private final Report report = new Report(System.out, "rules");

    private RulesBench() {}

    public static void main(String[] args) throws Exception {
        var bench = new RulesBench();
        bench.matching();
        bench.loading();
        bench.starting();
        bench.thresholds();
        System.exit(bench.report.missed() == 0 ? 0 : 1);
    }

    private void matching() throws Exception {
        var few = RulesChild.index(RulesChild.patterns(RuleSets.rules(RuleSets.BROAD, new Random(1))));
        var many = RulesChild.index(RulesChild.patterns(RuleSets.rules(MANY, new Random(1))));
        var texts = new ArrayList<byte[]>();
        var events = new ArrayList<Value>();
        var fewHits = 0;
        var manyHits = 0;
        for (var text : RuleSets.events(EVENTS, new Random(2))) {
            var event = Json.parse(text);
            texts.add(text.getBytes(StandardCharsets.UTF_8));
            events.add(event);
            fewHits += few.match(event).size();
            manyHits += many.match(event).size();
        }
        report.figure("rules met per event, of 10", (double) fewHits / EVENTS, "");
        report.figure("rules met per event, of 10,000", (double) manyHits / EVENTS, "");
        var parsed = Paired.measure(
                i -> few.match(events.get(i % EVENTS)).size(),
                i -> many.match(events.get(i % EVENTS)).size());
        report.figure("match, 10 rules", parsed.base() / 1_000, " µs");
        report.figure("match, 10,000 rules", parsed.candidate() / 1_000, " µs");
        report.atMost("match(10,000) / match(10)", parsed.ratio(), 2.0, "");
        var text = Paired.measure(
                i -> few.match(Json.parse(texts.get(i % EVENTS))).size(),
                i -> many.match(Json.parse(texts.get(i % EVENTS))).size());
        report.figure("parse JSON and match, 10 rules", text.base() / 1_000, " µs");
        report.atMost("the same ratio with JSON parsing", text.ratio(), 1.4, "");
    }

    private void loading() throws IOException {
        var parse = new ArrayList<Long>();
        var load = new ArrayList<Long>();
        for (var i = 0; i < FRESH_JVMS; i++) {
            var fields = child(LAMBDA, "load", Integer.toString(MANY)).line().split(" ");
            parse.add(Long.parseLong(fields[0]));
            load.add(Long.parseLong(fields[1]));
        }
        report.figure("read the JSON of 10,000 patterns in a fresh JVM, CPU", Median.of(parse) / 1e9, " s");
        report.atMost("then compile and index them, CPU", Median.of(load) / 1e9, 0.5, " s");
    }

    private void starting() throws IOException {
        var parse = new ArrayList<Long>();
        var match = new ArrayList<Long>();
        for (var i = 0; i < FRESH_JVMS; i++) {
            parse.add(child(LAMBDA, "parse").cpu());
            match.add(child(LAMBDA, "match").cpu());
        }
        report.figure("fresh JVM that parses one event, CPU", Median.of(parse) / 1e6, " ms");
        report.atMost(
                "more for compiling ten rules and one match", (Median.of(match) - Median.of(parse)) / 1e6, 100, " ms");
    }

    private void thresholds() throws IOException {
        var fields = child(List.of("-Xmx1g"), "thresholds", "1000000").line().split(" ");
        report.figure("load 1,000,000 distinct amounts, CPU", Double.parseDouble(fields[0]) / 1e9, " s");
        report.figure("their heap", Double.parseDouble(fields[1]) / 1e6, " MB");
    }

    private static final List<String> LAMBDA = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    private record Result(String line, long cpu) {}

    /** Runs one child to its printed result. */
    private static Result child(List<String> flags, String... arguments) throws IOException {
        var command = new ArrayList<>(Project.onOneCore());
        command.add(Project.java());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RulesChild.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = process.inputReader()) {
            var line = lines.readLine();
            if (line == null) {
                throw new IOException("the JVM for " + String.join(" ", arguments) + " ended without a result");
            }
            return new Result(line, Cpu.of(process.toHandle()));
        } finally {
            process.destroyForcibly();
        }
    }
}
