/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleIndexTest {

    @Test
    void ids_come_in_the_order_they_were_added() throws Exception {
        var index = RuleIndex.builder()
                .add("z", json("{'x':['a']}"))
                .add("a", json("{'x':[{'exists':true}]}"))
                .add("m", json("{'x':[{'prefix':'a'}]}"))
                .build();
        assertThat(index.match(json("{'x':'a'}"))).containsExactly("z", "a", "m");
        assertThat(index.size()).isEqualTo(3);
    }

    @Test
    void a_rule_met_by_two_branches_and_many_elements_is_named_once() throws Exception {
        var index = RuleIndex.builder()
                .add("r", json("{'$or':[{'x':['a']},{'x':[{'wildcard':'*a*'}]}]}"))
                .build();
        assertThat(index.match(json("{'x':['a','a','aaa']}"))).containsExactly("r");
    }

    @Test
    void a_text_is_not_the_number_or_null_that_reads_the_same() throws Exception {
        var index = RuleIndex.builder()
                .add("text", json("{'x':['1']}"))
                .add("number", json("{'x':[1]}"))
                .add("word", json("{'x':['null']}"))
                .add("null", json("{'x':[null]}"))
                .add("truth", json("{'x':[true]}"))
                .add("true", json("{'x':['true']}"))
                .build();
        assertThat(index.match(json("{'x':'1'}"))).containsExactly("text");
        assertThat(index.match(json("{'x':1.0}"))).containsExactly("number");
        assertThat(index.match(json("{'x':'null'}"))).containsExactly("word");
        assertThat(index.match(json("{'x':null}"))).containsExactly("null");
        assertThat(index.match(json("{'x':true}"))).containsExactly("truth");
        assertThat(index.match(json("{'x':'true'}"))).containsExactly("true");
    }

    @Test
    void an_empty_index_matches_nothing() throws Exception {
        assertThat(RuleIndex.builder().build().match(json("{'x':1}"))).isEmpty();
    }

    @Test
    void an_event_that_is_no_object_has_no_fields() throws Exception {
        var index = RuleIndex.builder()
                .add("x", json("{'x':['a']}"))
                .add("none", json("{'x':[{'exists':false}]}"))
                .build();
        assertThat(index.match(Value.of("a"))).containsExactly("none");
    }

    @Test
    void all_problems_of_a_rule_are_told_at_once() {
        assertThatThrownBy(() -> RuleIndex.builder().add("r", json("{'x':[],'y':[{'foo':1},{'prefix':2}]}")))
                .isInstanceOfSatisfying(
                        InvalidRules.class,
                        e -> assertThat(e.problems())
                                .extracting(RuleProblem::pointer)
                                .containsExactly("/x", "/y/0", "/y/1/prefix"));
    }

    @Test
    void a_refused_rule_leaves_no_trace() throws Exception {
        var builder = RuleIndex.builder().add("good", json("{'x':['a']}"));
        assertThatThrownBy(() -> builder.add("bad", json("{'x':['a'],'y':[]}"))).isInstanceOf(InvalidRules.class);
        assertThat(builder.add("bad", json("{'x':['b']}")).build().match(json("{'x':'a'}")))
                .containsExactly("good");
    }

    @Test
    void ids_are_unique() throws Exception {
        var builder = RuleIndex.builder().add("r", json("{'x':['a']}"));
        assertThatThrownBy(() -> builder.add("r", json("{'x':['b']}"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limits_hold_at_their_edge() throws Exception {
        var longest = "a".repeat(Limits.LITERAL_LENGTH);
        RuleIndex.builder().add("r", json("{'x':['" + longest + "']}"));
        refused("{'x':['" + longest + "a']}", "1025 characters; at most 1024");
        refused("{'x':[{'prefix':'" + longest + "a'}]}", "1025 characters; at most 1024");

        RuleIndex.builder().add("r", listOf(Limits.LITERALS, "1"));
        refused(listOf(Limits.LITERALS + 1, "1"), "10001 values");
        RuleIndex.builder().add("r", listOf(Limits.WILDCARDS, "{'wildcard':'a*'}"));
        refused(listOf(Limits.WILDCARDS + 1, "{'wildcard':'a*'}"), "at most 200 in one rule");

        var builder = RuleIndex.builder(1).add("r", json("{'x':[1]}"));
        assertThatThrownBy(() -> builder.add("s", json("{'x':[1]}"))).hasMessageContaining("at most 1 rules");
    }

    @Test
    void sixty_four_branches_are_allowed_and_no_more() throws Exception {
        var eight = "[" + String.join(",", Collections.nCopies(8, "{'x':[1]}")) + "]";
        RuleIndex.builder().add("r", json("{'a':{'$or':" + eight + "},'b':{'$or':" + eight + "}}"));
        refused("{'a':{'$or':" + eight + "},'b':{'$or':" + eight + "},'c':{'$or':[{'x':[1]},{'y':[1]}]}}", "64 comb");
    }

    /** 20 pairs would be a million branches; it must be refused before they are made. */
    @Test
    void an_exploding_or_is_refused_at_once() {
        var pairs = IntStream.range(0, 20)
                .mapToObj(i -> "'f" + i + "':{'$or':[{'x':[1]},{'y':[1]}]}")
                .toList();
        refused("{" + String.join(",", pairs) + "}", "64 combinations");
    }

    @Test
    void rules_that_nothing_narrows_are_reported() throws Exception {
        var index = RuleIndex.builder()
                .add("indexed", json("{'x':[{'anything-but':'a'}],'y':['b']}"))
                .add("but", json("{'x':[{'anything-but':'a'}]}"))
                .add("absent", json("{'x':[{'exists':false}]}"))
                .add("star", json("{'x':[{'wildcard':'*'}]}"))
                .add("branch", json("{'$or':[{'y':['b']},{'x':[{'none-of':['b']}]}]}"))
                .add("all", json("{'x':[{'all':[{'anything-but':'a'},{'prefix':'b'}]}]}"))
                .build();
        assertThat(index.warnings())
                .extracting(RuleProblem::pointer)
                .containsExactly("/but", "/absent", "/star", "/branch");
    }

    @Test
    void one_index_serves_many_threads() throws Exception {
        var set = RuleSetGenerator.of(2_000, 7);
        var index = set.index();
        var events = set.events(200);
        var expected = events.stream().map(index::match).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var runs = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(
                            () -> events.stream().map(index::match).toList()))
                    .toList();
            for (var run : runs) {
                assertThat(run.get()).isEqualTo(expected);
            }
        }
        assertThat(expected.stream().mapToInt(List::size).sum()).isPositive();
    }

    private static void refused(String pattern, String message) {
        try {
            refused(json(pattern), message);
        } catch (Json.Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(Value pattern, String message) {
        assertThatThrownBy(() -> RuleIndex.builder().add("r", pattern))
                .isInstanceOf(InvalidRules.class)
                .hasMessageContaining(message);
    }

    private static Value listOf(int count, String entry) throws Json.Malformed {
        return json("{'x':[" + String.join(",", Collections.nCopies(count, entry)) + "]}");
    }

    private static Value json(String text) throws Json.Malformed {
        return Json.parse(text.replace('\'', '"'));
    }
}
