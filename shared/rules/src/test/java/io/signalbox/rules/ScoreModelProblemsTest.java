/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

class ScoreModelProblemsTest {

    private static String model(String groups, String rules) {
        return """
                {'apiVersion': 'signalbox/v1', 'kind': 'ScoreModel', 'metadata': {'name': 'm', 'version': 1},
                 'spec': {'groups': [%s], 'rules': [%s],
                          'bands': {'fit': {'A': 50, 'B': 0}, 'engagement': {'1': 50, '2': 0}}}}
                """.formatted(groups, rules);
    }

    private static final String GROUPS = "{'id':'f','type':'fit'},{'id':'e','type':'engagement','halfLife':'12h'}";

    @Test
    void every_problem_is_told_at_once_with_its_place() {
        assertThatThrownBy(() -> ScoreModel.compile(Leads.json("""
                        {'apiVersion': 'hub/v1', 'kind': 'ScoreModel', 'metadata': {'name': 'Lead Default', 'version': 0},
                         'extra': 1,
                         'spec': {
                          'groups': [
                           {'id': 'total', 'type': 'fit'},
                           {'id': 'e', 'type': 'engagement', 'halfLife': 'a week', 'max': -5},
                           {'id': 'f', 'type': 'fit', 'halfLife': '7d', 'min': -1.25}],
                          'rules': [
                           {'id': 'r', 'group': 'x', 'points': 1, 'when': {'data': {'a': [{'foo': 1}]}}},
                           {'id': 'r', 'group': 'e', 'points': 5000, 'limit': {'count': 0, 'per': 'year'}},
                           {'id': 's', 'group': 'f', 'points': 1, 'limit': {'count': 1, 'per': 'day'},
                            'when': {'$or': [{'type': ['a']}, {'data': {'b': []}}]}, 'text': ''},
                           {'id': 't', 'group': 'e'}],
                          'bands': {'fit': {'AA': 10, 'B': 10}, 'engagement': {}}}}
                        """)))
                .isInstanceOfSatisfying(
                        InvalidRules.class,
                        e -> assertThat(e.problems())
                                .extracting(RuleProblem::pointer)
                                .containsExactlyInAnyOrder(
                                        "/extra",
                                        "/apiVersion",
                                        "/metadata/name",
                                        "/metadata/version",
                                        "/spec/groups/0/id",
                                        "/spec/groups/1/max",
                                        "/spec/groups/1/halfLife",
                                        "/spec/groups/2/min",
                                        "/spec/groups/2/halfLife",
                                        "/spec/rules/0/group",
                                        "/spec/rules/0/when/data/a/0",
                                        "/spec/rules/1/points",
                                        "/spec/rules/1/limit/count",
                                        "/spec/rules/1/limit/per",
                                        "/spec/rules/1/id",
                                        "/spec/rules/2/limit",
                                        "/spec/rules/2/when/$or/0/type",
                                        "/spec/rules/2/when/$or/1/data/b",
                                        "/spec/rules/2/text",
                                        "/spec/rules/3/points",
                                        "/spec/rules/3/when",
                                        "/spec/bands/fit/AA",
                                        "/spec/bands/fit",
                                        "/spec/bands/fit",
                                        "/spec/bands/engagement"));
    }

    @Test
    void anything_but_an_object_is_refused_kindly() {
        for (var document : new String[] {"[]", "1", "null", "{}", "{'spec':{'groups':{},'rules':[1],'bands':[]}}"}) {
            assertThatThrownBy(() -> ScoreModel.compile(Leads.json(document))).isInstanceOf(InvalidRules.class);
        }
    }

    @Test
    void what_is_probably_not_meant_is_a_warning() throws Exception {
        var model = ScoreModel.compile(Leads.json(model(GROUPS, """
                {'id':'good','group':'f','points':1,'when':{'data':{'a':['x']}}},
                {'id':'wide','group':'f','points':1,'when':{'data':{'a':[{'exists':false}]}}},
                {'id':'piles','group':'e','points':1,'when':{'type':['x']}}
                """)));
        assertThat(model.warnings())
                .extracting(RuleProblem::pointer, warning -> warning.message().substring(0, 8))
                .containsExactlyInAnyOrder(tuple("/spec/rules/1/when", "not inde"), tuple("/spec/rules/2", "no limit"));
    }

    @Test
    void the_document_is_kept_as_it_was() throws Exception {
        var document = Leads.json(model(GROUPS, "{'id':'r','group':'f','points':1,'when':{'data':{'a':['x']}}}"));
        assertThat(ScoreModel.compile(document).json()).isEqualTo(document);
    }
}
