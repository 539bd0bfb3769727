/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rule sets as users write them, of any size, and events for them: a CRM's types, owners, plans, titles, sites and
 * amounts. Each rule has a selective clause, and about ten rules of a set meet each event, however large the set is.
 */
public final class RuleSetGenerator {

    private static final List<String> TYPES =
            List.of("contact.updated", "contact.created", "deal.updated", "web.page_view", "form.submitted");
    private static final List<String> COUNTRIES = List.of("ES", "PT", "FR", "DE", "IT", "GB", "US", "NL");
    private static final int MET = 10;

    private final int size;
    private final Random random;
    private final List<Value> patterns;

    private RuleSetGenerator(int size, long seed) {
        this.size = size;
        this.random = new Random(seed);
        this.patterns = IntStream.range(0, size).mapToObj(this::pattern).toList();
    }

    public static RuleSetGenerator of(int size, long seed) {
        return new RuleSetGenerator(size, seed);
    }

    public List<Value> patterns() {
        return patterns;
    }

    public RuleIndex index() throws InvalidRules {
        var builder = RuleIndex.builder(size);
        for (var i = 0; i < size; i++) {
            builder.add("rule-" + i, patterns.get(i));
        }
        return builder.build();
    }

    /** Rule i belongs to account i / 10, so that an account's event meets at most ten whatever the number of rules. */
    private Value pattern(int i) {
        var account = i / MET;
        var type = list(Value.of(typeOf(account)));
        var data = switch (i % 5) {
            case 0 -> Map.of("account", list(Value.of("acc-" + account)));
            case 1 -> Map.of("site", list(operator("prefix", "https://acc-" + account + ".example/")));
            case 2 ->
                Map.of(
                        "title",
                        list(operator("wildcard", Map.of("equals-ignore-case", Value.of("*lead " + account + " *")))));
            case 3 -> Map.of("amount", list(Value.of(Map.of("numeric", band(account)))));
            default ->
                Map.of(
                        "email", list(operator("suffix", "@acc-" + account + ".example")),
                        "country", list(operator("anything-but", "XX")));
        };
        return object("type", type, "data", Value.of(data));
    }

    private static String typeOf(int account) {
        return TYPES.get(account % TYPES.size());
    }

    private static Value band(int account) {
        return Value.of(
                List.of(Value.of(">="), Value.of(account * 1_000L), Value.of("<"), Value.of(account * 1_000L + 1_000)));
    }

    /** Events of accounts at random, each of about 0.5 KB as JSON. */
    public List<Value> events(int count) {
        var events = new ArrayList<Value>();
        for (var i = 0; i < count; i++) {
            var account = random.nextInt(Math.max(1, size / MET));
            var data = new LinkedHashMap<String, Value>();
            data.put("account", Value.of("acc-" + account));
            data.put("first_name", Value.of("Jo"));
            data.put("last_name", Value.of("Doe-" + random.nextInt(1_000)));
            data.put("email", Value.of("jo@acc-" + account + ".example"));
            data.put("title", Value.of("Team Lead " + account + " of Research"));
            data.put("company", Value.of("Account " + account + " Ltd"));
            data.put("country", Value.of(COUNTRIES.get(random.nextInt(COUNTRIES.size()))));
            data.put("site", Value.of("https://acc-" + account + ".example/about"));
            data.put("amount", Value.of(account * 1_000L + random.nextInt(1_000)));
            data.put("tags", Value.of(List.of(Value.of("a"), Value.of("b"))));
            events.add(object("type", Value.of(typeOf(account)), "data", Value.of(data)));
        }
        return events;
    }

    private static Value list(Value only) {
        return Value.of(List.of(only));
    }

    private static Value operator(String name, String operand) {
        return Value.of(Map.of(name, Value.of(operand)));
    }

    private static Value operator(String name, Map<String, Value> operand) {
        return Value.of(Map.of(name, Value.of(operand)));
    }

    private static Value object(String first, Value one, String second, Value two) {
        var members = new LinkedHashMap<String, Value>();
        members.put(first, one);
        members.put(second, two);
        return Value.of(members);
    }
}
