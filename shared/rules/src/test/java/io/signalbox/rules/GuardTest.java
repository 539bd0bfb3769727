/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {

    private final Field root = Field.root();

    private Guard over(String... patterns) throws Json.Malformed {
        var rules = new ArrayList<List<List<Clause>>>();
        for (var pattern : patterns) {
            rules.add(branches(pattern));
        }
        return Guard.over(rules);
    }

    private List<List<Clause>> branches(String pattern) throws Json.Malformed {
        var problems = new Problems();
        var branches = PatternParser.parse(json(pattern), root, Place.ROOT, problems);
        assertThat(problems.size()).isZero();
        return branches;
    }

    private long bits(Guard guard, String pattern) throws Json.Malformed {
        return guard.of(branches(pattern).getFirst());
    }

    private static Value json(String text) throws Json.Malformed {
        return Json.parse(text.replace('\'', '"'));
    }

    @Test
    void the_field_that_most_rules_name_texts_of_is_chosen() throws Exception {
        var guard = over("{'a':['x'],'type':['p','q']}", "{'type':['p']}", "{'type':['q'],'b':[1]}", "{'b':[2]}");
        assertThat(bits(guard, "{'a':['x']}")).isEqualTo(Guard.ANY);
        assertThat(bits(guard, "{'type':['p','q']}"))
                .isEqualTo(bits(guard, "{'type':['p']}") | bits(guard, "{'type':['q']}"));
    }

    @Test
    void an_event_has_the_bits_of_a_branch_that_names_its_text_and_of_no_other() throws Exception {
        var guard = over("{'a':{'type':['p']}}", "{'a':{'type':['q']}}");
        var event = guard.of(json("{'a':[{'type':'p'},{'type':['r',7]},{}]}"));
        assertThat(event & bits(guard, "{'a':{'type':['p']}}")).isNotZero();
        assertThat(event & bits(guard, "{'a':{'type':['z','r']}}")).isNotZero();
        assertThat(event & bits(guard, "{'a':{'type':['q']}}")).isZero();
    }

    @Test
    void what_is_no_plain_text_may_be_for_any_event() throws Exception {
        var guard = over("{'type':['p']}");
        for (var list : List.of("[1]", "['p',1]", "[{'prefix':'p'}]", "[null]", "[{'exists':false}]")) {
            assertThat(bits(guard, "{'type':" + list + "}")).as(list).isEqualTo(Guard.ANY);
        }
        for (var event : List.of("{}", "{'type':1}", "{'type':{'type':'p'}}", "[]", "'p'", "null")) {
            assertThat(guard.of(json(event)) & Guard.ANY).as(event).isNotZero();
            assertThat(guard.of(json(event)) & bits(guard, "{'type':['p']}"))
                    .as(event)
                    .isZero();
        }
    }

    @Test
    void rules_without_any_plain_text_have_no_guard() throws Exception {
        var guard = over("{'n':[1]}");
        assertThat(bits(guard, "{'n':[1]}")).isEqualTo(Guard.ANY);
        assertThat(guard.of(json("{'n':'x'}")) & Guard.ANY).isNotZero();
    }
}
