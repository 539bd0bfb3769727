/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Machine;

/**
 * The index against two other opinions. {@code -Dfuzz.pairs=1000000} compares that many (rule, event) pairs with the
 * brute force instead of 50,000, and {@code -Dfuzz.seed=7} other ones; surefire hands both on.
 */
class RuleIndexFuzzTest {

    private static final int RULES = 40;
    private static final int EVENTS = 25;
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    @Test
    void the_index_agrees_with_the_brute_force() throws Exception {
        var sets = Math.max(1, Integer.getInteger("fuzz.pairs", 50_000) / (RULES * EVENTS));
        var met = 0;
        for (var set = 0; set < sets; set++) {
            var random = new RandomRules(SEED * 1_000_003 + set, false);
            var rules = new LinkedHashMap<String, Value>();
            var builder = RuleIndex.builder();
            while (rules.size() < RULES) {
                var pattern = random.pattern();
                var id = "r" + rules.size();
                builder.add(id, pattern);
                rules.put(id, pattern);
            }
            var index = builder.build();
            for (var i = 0; i < EVENTS; i++) {
                var event = random.event();
                var expected = new ArrayList<String>();
                rules.forEach((id, pattern) -> {
                    if (BruteForce.matches(pattern, event)) {
                        expected.add(id);
                    }
                });
                var found = index.match(event);
                assertThat(found)
                        .as(() -> Json.text(event) + " disputed by " + disputed(rules, expected, found))
                        .isEqualTo(expected);
                met += expected.size();
            }
        }
        // Neither nearly all nor nearly none, or the comparison would say little.
        assertThat(met).isBetween(sets * RULES * EVENTS / 20, sets * RULES * EVENTS / 2);
    }

    private static String disputed(Map<String, Value> rules, List<String> expected, List<String> found) {
        return rules.entrySet().stream()
                .filter(rule -> expected.contains(rule.getKey()) != found.contains(rule.getKey()))
                .map(rule -> rule.getKey() + " " + Json.text(rule.getValue()))
                .collect(Collectors.joining("; "));
    }

    /**
     * event-ruler 2.1.0 with one rule in each machine, on what it is sound for and both define alike: no null beside
     * other conditions, no numbers beyond doubles, no wildcard, no absence inside arrays of objects.
     */
    @Test
    void the_index_agrees_with_event_ruler_where_that_is_sound() throws Exception {
        var random = new RandomRules(SEED, true);
        for (var i = 0; i < 300; i++) {
            var pattern = random.pattern();
            var machine = new Machine();
            machine.addRule("r", Json.text(pattern));
            var index = RuleIndex.builder().add("r", pattern).build();
            var events = IntStream.range(0, 10).mapToObj(_ -> random.event()).toList();
            for (var event : events) {
                assertThat(index.match(event))
                        .as(() -> Json.text(pattern) + " on " + Json.text(event))
                        .isEqualTo(machine.rulesForJSONEvent(Json.text(event)));
            }
        }
    }
}
