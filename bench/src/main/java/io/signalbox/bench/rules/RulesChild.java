/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.rules;

import io.signalbox.bench.measure.Cpu;
import io.signalbox.model.Value;
import io.signalbox.rules.InvalidRules;
import io.signalbox.rules.RuleIndex;
import io.signalbox.runtime.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What is measured in a JVM of its own, where nothing is compiled yet. Prints its result and then waits to be ended, so
 * that the parent can read the CPU time of the whole process.
 */
final class RulesChild {

    private static final int AMOUNTS_PER_RULE = 10;

    private RulesChild() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "parse" -> System.out.println(Json.parse(anEvent()).at("id").asText());
            case "match" -> match();
            case "load" -> load(Integer.parseInt(args[1]));
            case "thresholds" -> thresholds(Integer.parseInt(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.flush();
        System.in.read();
    }

    private static String anEvent() {
        return RuleSets.events(1, new Random(1)).getFirst();
    }

    private static void match() throws Exception {
        var event = Json.parse(anEvent());
        var index = index(patterns(RuleSets.rules(RuleSets.BROAD, new Random(1))));
        System.out.println(event.at("id").asText() + " " + index.match(event).size());
    }

    /** Prints the CPU nanoseconds of reading the patterns' JSON, and of making an index of them that answers. */
    private static void load(int count) throws Exception {
        var texts = RuleSets.rules(count, new Random(1));
        var start = Cpu.process();
        var patterns = patterns(texts);
        var parsed = Cpu.process();
        index(patterns).match(Value.NULL);
        System.out.println((parsed - start) + " " + (Cpu.process() - parsed));
    }

    /** Prints CPU nanoseconds and bytes of heap for an index of that many distinct amounts, ten a rule. */
    private static void thresholds(int count) throws Exception {
        var random = new Random(1);
        var texts = new ArrayList<String>();
        for (var i = 0; i < count; i += AMOUNTS_PER_RULE) {
            var amounts = new StringBuilder();
            for (var j = i; j < i + AMOUNTS_PER_RULE; j++) {
                amounts.append(j == i ? "" : ",").append(RuleSets.threshold(j * 100L + random.nextInt(100)));
            }
            texts.add("{\"data\":{\"amount\":[" + amounts + "]}}");
        }
        var patterns = patterns(texts);
        var before = heap();
        var start = Cpu.process();
        var index = index(patterns);
        var cpu = Cpu.process() - start;
        System.out.println(cpu + " " + (heap() - before) + " "
                + index.match(Json.parse("{\"data\":{\"amount\":1234.5}}")).size());
    }

    static List<Value> patterns(List<String> texts) throws Json.Malformed {
        var patterns = new ArrayList<Value>(texts.size());
        for (var text : texts) {
            patterns.add(Json.parse(text));
        }
        return patterns;
    }

    static RuleIndex index(List<Value> patterns) throws InvalidRules {
        var builder = RuleIndex.builder();
        for (var i = 0; i < patterns.size(); i++) {
            builder.add("r" + i, patterns.get(i));
        }
        return builder.build();
    }

    private static long heap() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
