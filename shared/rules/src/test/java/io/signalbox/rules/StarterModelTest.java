/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ObjectType;
import io.signalbox.model.Score;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StarterModelTest {

    @Test
    void the_json_that_is_loaded_says_what_the_yaml_says() throws Exception {
        assertThat(Json.parse(resource("lead-default.json"))).isEqualTo(YamlModel.parse(resource("lead-default.yaml")));
    }

    @Test
    void it_compiles_without_a_warning() {
        var model = ScoreModel.starter();
        assertThat(model.warnings()).isEmpty();
        assertThat(model.id()).isEqualTo("lead-default@1");
    }

    /** Each rule has a record or an event that it was written for, and its near miss. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fit-decision-maker | {'job_title':'VP'}                              | {'job_title':'MVP Developer'}
            fit-decision-maker | {'job_title':'Senior vice president, sales'}   | {'job_title':'Salesperson'}
            fit-decision-maker | {'job_title':'Chief Revenue Officer'}           | {'company':'VP'}
            fit-junior         | {'job_title':'Marketing Intern'}                | {'job_title':'Internal Audit Lead'}
            fit-business-email | {'email':'jo@acme.example'}                    | {'email':'jo@Gmail.com'}
            fit-business-email | {'email':'jo@gmailings.example'}               | {'email':'jo'}
            fit-customer       | {'lifecycle_stage':'customer'}                  | {'lifecycle_stage':'lead'}
            fit-industry       | {'industry':'COMPUTER_SOFTWARE'}               | {'industry':'FARMING'}
            fit-size           | {'employees':50}                               | {'employees':'500'}
            fit-size           | {'employees':5000}                             | {'employees':5001}
            fit-country        | {'country':'Germany'}                          | {'country':'de'}
            """)
    void fit_rules_meet_what_they_were_written_for(String rule, String met, String missed) {
        assertThat(rulesOf(met)).contains(rule);
        assertThat(rulesOf(missed)).doesNotContain(rule);
    }

    private static List<String> rulesOf(String properties) {
        return ScoreModel.starter().score(Leads.contact(properties), Leads.MONDAY).reasons().stream()
                .map(Score.Reason::rule)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            web.page_view      | {'path':'/about'}                                             | eng-page-view
            web.page_view      | {'path':'/pricing/eu'}                                        | eng-page-view,eng-pricing-page
            contact.updated    | {'hs_analytics_last_url':'https://acme.example/pricing'}      | eng-page-view,eng-pricing-page
            contact.updated    | {'hs_analytics_last_url':null}                                | -
            form.submitted     | {'form':'Request a Demo'}                                     | eng-form-sales
            form.submitted     | {'form':'newsletter'}                                         | -
            contact.updated    | {'recent_conversion_event_name':'Contact us: contact sales'}  | eng-form-sales
            email.replied      | {}                                                            | eng-email-reply
            contact.updated    | {'hs_email_last_reply_date':'2026-06-01T00:00:00Z'}           | eng-email-reply
            contact.updated    | {'hs_email_last_reply_date':null}                             | -
            email.unsubscribed | {}                                                            | neg-unsubscribed
            email.bounced      | {'bounce':'hard'}                                             | neg-unsubscribed
            email.bounced      | {'bounce':'soft'}                                             | -
            contact.updated    | {'email_opt_out':true}                                      | neg-unsubscribed
            contact.updated    | {'job_title':'VP'}                                             | -
            """)
    void engagement_rules_count_what_they_were_written_for(String type, String data, String rules) {
        var expected = rules == null ? Set.<String>of() : Set.of(rules.split(","));
        assertThat(ScoreModel.starter().engagementRules(Leads.event(type, data, "{}")))
                .isEqualTo(expected);
        assertThat(ScoreModel.starter().engagementRules(Leads.event(type, "{}", data)))
                .isEqualTo(expected);
    }

    @Test
    void a_decision_maker_who_asks_for_a_demo_is_an_a1() {
        var record = Leads.record(
                ObjectType.CONTACT,
                "{'email':'ana@acme.example','job_title':'VP Engineering','industry':'COMPUTER_SOFTWARE',"
                        + "'employees':800,'country':'Spain'}",
                Map.of("eng-form-sales", Leads.at(Duration.ZERO), "eng-page-view", Leads.at(Duration.ZERO)));
        var score = ScoreModel.starter().score(record, Leads.MONDAY);
        assertThat(score.label()).isEqualTo("A1");
        assertThat(score.fit()).isEqualByComparingTo("70");
        assertThat(score.value()).isEqualByComparingTo("100");
        assertThat(score.reasons().getFirst().text()).isEqualTo("Asked for a demo, a trial or a call.");
    }

    private static String resource(String name) throws IOException {
        try (var in = ScoreModel.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
