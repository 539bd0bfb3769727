/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import io.signalbox.model.Value;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts and times as one CloudWatch Embedded Metric Format line: CloudWatch makes metrics of it, no API call is
 * needed. Format: docs.aws.amazon.com, "Embedded metric format specification".
 */
public final class Metrics {

    private static final String NAMESPACE = "Signalbox";

    private final String function;
    private final Clock clock;
    private final PrintStream out;

    public Metrics(String function, Clock clock, PrintStream out) {
        this.function = function;
        this.clock = clock;
        this.out = out;
    }

    public static Metrics of(String function, Clock clock) {
        return new Metrics(function, clock, System.out);
    }

    /**
     * Prints the metrics with the dimension {@code function} and those given.
     *
     * @param dimensions name to value; few values each, for every combination is a metric that is billed
     * @param counts name to number of things
     */
    public void count(Map<String, String> dimensions, Map<String, Long> counts) {
        var names = new ArrayList<Value>();
        names.add(Value.of("function"));
        dimensions.keySet().forEach(name -> names.add(Value.of(name)));
        var metrics = new ArrayList<Value>();
        counts.keySet()
                .forEach(name -> metrics.add(Value.of(Map.of("Name", Value.of(name), "Unit", Value.of("Count")))));

        var directive = new LinkedHashMap<String, Value>();
        directive.put("Namespace", Value.of(NAMESPACE));
        directive.put("Dimensions", Value.of(java.util.List.of(Value.of(names))));
        directive.put("Metrics", Value.of(metrics));
        var aws = new LinkedHashMap<String, Value>();
        aws.put("Timestamp", Value.of(clock.millis()));
        aws.put("CloudWatchMetrics", Value.of(java.util.List.of(Value.of(directive))));

        var line = new LinkedHashMap<String, Value>();
        line.put("_aws", Value.of(aws));
        line.put("function", Value.of(function));
        dimensions.forEach((name, value) -> line.put(name, Value.of(value)));
        counts.forEach((name, count) -> line.put(name, Value.of(count)));
        var bytes = (Json.text(Value.of(line)) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
