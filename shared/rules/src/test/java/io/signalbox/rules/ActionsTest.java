/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Score;
import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActionsTest {

    private static final String HOT = """
        {'id': 'hot', 'when': {'object': ['contact'], 'score': {'value': [{'numeric': ['>=', 50]}]}},
         'push': {'connection': 'crm', 'set': {
            'lead_score': {'from': 'score.value'}, 'lead_grade': {'from': 'score.label'},
            'hs_lead_status': 'OPEN', 'town': {'from': 'data.city'}, 'cleared': null}}}
        """;

    private static ScoreModel model(String actions) throws InvalidRules {
        return ScoreModel.compile(Leads.json("""
            {'apiVersion': 'signalbox/v1', 'kind': 'ScoreModel', 'metadata': {'name': 'm', 'version': 1},
             'spec': {'groups': [{'id':'f','type':'fit'}],
                      'rules': [{'id':'r','group':'f','points':1,'when':{'data':{'a':['x']}}}],
                      'bands': {'fit': {'A': 50, 'B': 0}, 'engagement': {'1': 50, '2': 0}}, 'actions': [%s]}}
            """.formatted(actions)));
    }

    private static CrmRecord scored(CrmRecord record, String value) {
        var number = new BigDecimal(value);
        return record.withScore(
                new Score(number, number, BigDecimal.ZERO, "A2", List.of(), Optional.empty(), "m@1", Leads.MONDAY));
    }

    @Test
    void what_an_action_says_follows_from_the_record_and_its_score() throws Exception {
        var model = model(HOT);
        assertThat(model.hasActions()).isTrue();
        assertThat(model.pushedTo()).containsExactly(new ConnectionId("crm"));
        var push = model.pushes(scored(Leads.contact("{'city': 'Graz'}"), "50.5"));
        assertThat(push)
                .containsExactly(new Push(
                        "hot",
                        Optional.of(new ConnectionId("crm")),
                        Map.of(
                                "lead_score", Value.of(new BigDecimal("50.5")),
                                "lead_grade", Value.of("A2"),
                                "hs_lead_status", Value.of("OPEN"),
                                "town", Value.of("Graz"),
                                "cleared", Value.NULL)));
    }

    @Test
    void a_record_that_does_not_meet_it_or_has_no_score_is_left_alone() throws Exception {
        var model = model(HOT);
        assertThat(model.pushes(scored(Leads.contact("{}"), "49.9"))).isEmpty();
        assertThat(model.pushes(Leads.contact("{}"))).isEmpty();
        assertThat(model.pushes(scored(Leads.record(ObjectType.LEAD, "{}", Map.of()), "90")))
                .isEmpty();
    }

    @Test
    void a_field_that_was_never_said_anything_of_is_not_set_and_a_cleared_one_is_cleared() throws Exception {
        var model = model("{'id':'a','when':{'object':['contact']},'push':{'set':{'town':{'from':'data.city'}}}}");
        assertThat(model.pushes(Leads.contact("{}"))).isEmpty();
        assertThat(model.pushes(Leads.contact("{'city': null}")))
                .containsExactly(new Push("a", Optional.empty(), Map.of("town", Value.NULL)));
    }

    @Test
    void a_model_without_actions_says_nothing() throws Exception {
        assertThat(model("").hasActions()).isFalse();
        assertThat(ScoreModel.starter().hasActions()).isFalse();
        assertThat(ScoreModel.starter().pushes(scored(Leads.contact("{}"), "100")))
                .isEmpty();
    }

    @Test
    void every_problem_of_an_action_names_its_field() {
        assertThatThrownBy(() -> model("""
            {'id': 'A', 'when': {'type': ['x']}, 'push': {'to': 1, 'connection': 'No', 'set': {}}},
            {'id': 'b'},
            {'id': 'c', 'when': {'score': {'value': []}},
             'push': {'set': {'a b': 1, 'x': {'from': 'score.best'}, 'y': [1], 'z': {'of': 'data.a'}}}},
            {'id': 'c', 'when': {'object': ['deal']}, 'push': {'set': {'x': 1}}, 'then': 1}
            """))
                .isInstanceOfSatisfying(
                        InvalidRules.class,
                        e -> assertThat(e.problems())
                                .extracting(RuleProblem::pointer)
                                .containsExactlyInAnyOrder(
                                        "/spec/actions/0/id",
                                        "/spec/actions/0/push/to",
                                        "/spec/actions/0/push/connection",
                                        "/spec/actions/0/push/set",
                                        "/spec/actions/0/when/type",
                                        "/spec/actions/1/push",
                                        "/spec/actions/1/when",
                                        "/spec/actions/2/push/set/a b",
                                        "/spec/actions/2/push/set/x/from",
                                        "/spec/actions/2/push/set/y",
                                        "/spec/actions/2/push/set/z/of",
                                        "/spec/actions/2/push/set/z/from",
                                        "/spec/actions/2/when/score/value",
                                        "/spec/actions/3/id",
                                        "/spec/actions/3/then"));
    }
}
