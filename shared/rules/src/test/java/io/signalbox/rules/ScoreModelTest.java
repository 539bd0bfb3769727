/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Engagement;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Score;
import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreModelTest {

    private static final String MODEL = """
            {'apiVersion': 'signalbox/v1', 'kind': 'ScoreModel', 'metadata': {'name': 'test', 'version': 3},
             'spec': {
              'groups': [
               {'id': 'profile', 'type': 'fit', 'min': -40, 'max': 60},
               {'id': 'company', 'type': 'fit', 'max': 30},
               {'id': 'web', 'type': 'engagement', 'halfLife': '7d', 'max': 30},
               {'id': 'intent', 'type': 'engagement', 'halfLife': '14d', 'max': 60},
               {'id': 'negative', 'type': 'engagement', 'halfLife': '90d', 'min': -80, 'max': 0}],
              'rules': [
               {'id': 'title', 'group': 'profile', 'points': 25.5, 'text': 'Decides.',
                'when': {'data': {'title': [{'prefix': 'vp'}]}}},
               {'id': 'mail', 'group': 'profile', 'points': 50,
                'when': {'data': {'email': [{'anything-but': {'suffix': '@gmail.com'}}]}}},
               {'id': 'size', 'group': 'company', 'points': 20, 'when': {'data': {'size': [{'numeric': ['>', 100]}]}}},
               {'id': 'page', 'group': 'web', 'points': 1, 'limit': {'count': 5, 'per': 'day'},
                'when': {'type': ['web.page_view']}},
               {'id': 'reply', 'group': 'intent', 'points': 10, 'when': {'type': ['email.replied']}},
               {'id': 'form', 'group': 'intent', 'points': 40, 'limit': {'count': 1, 'per': 'ever', 'keep': 'last'},
                'when': {'type': ['form.submitted'], 'data': {'form': ['demo']}}},
               {'id': 'first', 'group': 'intent', 'points': 8, 'limit': {'count': 2, 'per': 'week', 'keep': 'first'},
                'when': {'type': ['email.opened']}},
               {'id': 'leave', 'group': 'negative', 'points': -50, 'limit': {'count': 1, 'per': 'ever'},
                'when': {'type': ['email.unsubscribed']}}],
              'bands': {'fit': {'A': 45, 'B': 20, 'C': 0}, 'engagement': {'1': 40, '2': 15, '3': 0}}}}
            """;

    private final ScoreModel model = compiled(Leads.json(MODEL));

    private static ScoreModel compiled(Value document) {
        try {
            return ScoreModel.compile(document);
        } catch (InvalidRules e) {
            throw new AssertionError(e);
        }
    }

    private Score score(Map<String, Engagement> engagement, Duration after) {
        return model.score(Leads.engaged(engagement), Leads.MONDAY.plus(after));
    }

    @Test
    void a_record_nobody_knows_has_no_score_and_the_lowest_label() {
        var score = model.score(Leads.contact("{}"), Leads.MONDAY);
        assertThat(score.value()).isEqualByComparingTo("0");
        assertThat(score.label()).isEqualTo("C3");
        assertThat(score.reasons()).isEmpty();
        assertThat(score.nextChangeAt()).isEmpty();
        assertThat(score.model()).isEqualTo("test@3");
        assertThat(score.at()).isEqualTo(Leads.MONDAY);
    }

    @Test
    void fit_adds_what_the_record_says_within_each_group() {
        var score = model.score(Leads.contact("{'title':'vp sales','email':'a@acme.com','size':500}"), Leads.MONDAY);
        assertThat(score.fit()).isEqualTo(new BigDecimal("80.0"));
        assertThat(score.label()).isEqualTo("A3");
        assertThat(score.reasons())
                .extracting(Score.Reason::rule, reason -> reason.points().toString(), Score.Reason::text)
                .containsExactly(
                        tuple("mail", "50.0", "Meets the rule mail."),
                        tuple("title", "25.5", "Decides."),
                        tuple("size", "20.0", "Meets the rule size."),
                        tuple("cap:profile", "-15.5", "Group profile gives at most 60 points."));
    }

    @Test
    void a_cleared_property_is_missing_for_a_fit_rule() {
        assertThat(model.score(Leads.contact("{'email':null}"), Leads.MONDAY).reasons())
                .isEmpty();
    }

    @Test
    void an_event_is_worth_half_after_a_half_life() {
        var reply = Map.of("reply", Leads.at(ofHours(0)));
        assertThat(score(reply, ofHours(0)).value()).isEqualByComparingTo("10");
        assertThat(score(reply, ofDays(14)).value()).isEqualByComparingTo("5");
        assertThat(score(reply, ofDays(28)).value()).isEqualByComparingTo("2.5");
        assertThat(score(reply, ofHours(-5)).value())
                .as("by a clock that is ahead")
                .isEqualByComparingTo("10");
    }

    @Test
    void a_reason_counts_its_events_and_names_the_newest_hour() {
        var reply = Map.of("reply", Leads.at(ofHours(1), ofHours(1), ofHours(30)));
        assertThat(score(reply, ofHours(31)).reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.count()).isEqualTo(3);
            assertThat(reason.lastAt()).contains(Leads.MONDAY.plus(ofHours(30)));
            assertThat(reason.group()).isEqualTo("intent");
        });
    }

    @Test
    void only_the_newest_events_of_a_day_count() {
        var pages = Leads.at(ofHours(0)).plus(hour(10), 4).plus(hour(20), 3).plus(hour(24), 9);
        var reason = score(Map.of("page", pages), ofHours(24)).reasons().getFirst();
        assertThat(reason.count()).isEqualTo(10);
        // Of the first day the three of hour 20 and two of hour 10; all five of the second day are fresh.
        var expected = 5 + 3 * Math.pow(2, -4 / 168.0) + 2 * Math.pow(2, -14 / 168.0);
        assertThat(reason.points().doubleValue()).isCloseTo(expected, offset(0.05));
    }

    @Test
    void the_last_or_the_first_of_a_period_counts() {
        var forms = Map.of("form", Leads.at(ofDays(0), ofDays(14)));
        assertThat(score(forms, ofDays(14)).value()).isEqualByComparingTo("40");

        // Sunday's is the second of its week, Monday's opens the next.
        var opened = Map.of("first", Leads.at(ofDays(1), ofDays(6), ofDays(6), ofDays(7)));
        var reason = score(opened, ofDays(7)).reasons().getFirst();
        assertThat(reason.count()).isEqualTo(3);
        var expected = 8 * (1 + Math.pow(2, -1 / 14.0) + Math.pow(2, -6 / 14.0));
        assertThat(reason.points().doubleValue()).isCloseTo(expected, offset(0.05));
    }

    @Test
    void caps_are_lines_of_their_own() {
        var replies = Map.of("reply", Leads.at(ofHours(0)).plus(hour(0), 9), "leave", Leads.at(ofHours(0)));
        assertThat(score(replies, ofHours(0)).reasons())
                .extracting(Score.Reason::rule, reason -> reason.points().intValueExact())
                .containsExactly(tuple("reply", 100), tuple("leave", -50), tuple("cap:intent", -40));
        var left = score(Map.of("leave", Leads.at(ofHours(0))), ofHours(0));
        assertThat(left.value()).isEqualByComparingTo("0");
        assertThat(left.reasons())
                .extracting(Score.Reason::rule, reason -> reason.points().intValueExact())
                .containsExactly(tuple("leave", -50), tuple("cap:engagement", 50));
    }

    @Test
    void the_sum_of_both_halves_is_at_most_a_hundred() {
        var record = Leads.record(
                ObjectType.LEAD,
                "{'title':'vp','email':'a@acme.com','size':500}",
                Map.of("form", Leads.at(ofHours(0))));
        var score = model.score(record, Leads.MONDAY);
        assertThat(score.value()).isEqualByComparingTo("100");
        assertThat(score.label()).isEqualTo("A1");
        assertThat(score.reasons().getLast().rule()).isEqualTo("cap:profile");
        assertThat(score.reasons()).anySatisfy(reason -> {
            assertThat(reason.rule()).isEqualTo("cap:total");
            assertThat(reason.points()).isEqualByComparingTo("-20");
        });
    }

    @Test
    void reasons_add_up_to_the_value_whatever_happened() {
        var random = new Random(3);
        for (var i = 0; i < 5_000; i++) {
            var record = randomRecord(random);
            var score = model.score(record, randomTime(random));
            var reasons = score.reasons();
            var sum = reasons.stream().map(Score.Reason::points).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).isEqualByComparingTo(score.value());
            assertThat(score.value()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
            assertThat(score.fit().add(score.engagement()).min(BigDecimal.valueOf(100)))
                    .isEqualByComparingTo(score.value());
            assertThat(reasons)
                    .allSatisfy(reason -> assertThat(reason.points().scale()).isEqualTo(1));
            for (var j = 1; j < reasons.size(); j++) {
                assertThat(reasons.get(j).points().abs())
                        .isLessThanOrEqualTo(reasons.get(j - 1).points().abs());
            }
        }
    }

    @Test
    void the_label_holds_until_next_change_and_falls_then() {
        var random = new Random(5);
        var falls = 0;
        for (var i = 0; i < 2_000; i++) {
            var record = randomRecord(random);
            var now = randomTime(random);
            var score = model.score(record, now);
            var digit = score.label().charAt(1);
            if (score.nextChangeAt().isEmpty()) {
                for (var day = 1; day < 400; day += 13) {
                    assertThat(digitAt(record, now.plus(ofDays(day)))).isLessThanOrEqualTo(digit);
                }
                continue;
            }
            falls++;
            var fall = score.nextChangeAt().get();
            assertThat(fall).isAfter(now);
            assertThat(digitAt(record, fall)).isGreaterThan(digit);
            var span = Duration.between(now, fall);
            var minuteBefore = fall.minus(Duration.ofMinutes(1));
            for (var part = 0; part < 20; part++) {
                var before = now.plus(span.dividedBy(20).multipliedBy(part));
                if (!before.isAfter(minuteBefore)) {
                    assertThat(digitAt(record, before)).isLessThanOrEqualTo(digit);
                }
            }
            if (minuteBefore.isAfter(now)) {
                assertThat(digitAt(record, minuteBefore)).isLessThanOrEqualTo(digit);
            }
        }
        assertThat(falls).isGreaterThan(300);
    }

    /** 30 points fade with 7 days, -50 points with 90: the sum would rise again long after it fell. */
    @Test
    void a_dip_is_not_stepped_over() {
        var record = Leads.engaged(Map.of(
                "page", Leads.at(ofHours(0)).plus(hour(0), 4),
                "form", Leads.at(ofHours(0)),
                "reply", Leads.at(ofHours(0)).plus(hour(0), 1),
                "leave", Leads.at(ofHours(0))));
        var score = model.score(record, Leads.MONDAY);
        assertThat(score.engagement()).isEqualByComparingTo("15");
        assertThat(score.nextChangeAt()).contains(Leads.MONDAY.plus(Duration.ofMinutes(1)));
    }

    @Test
    void next_change_is_the_minute_at_which_the_band_is_left() {
        var forms = Map.of(
                "form", Leads.at(ofHours(0)), "reply", Leads.at(ofHours(0)).plus(hour(0), 1));
        // 60 points reach 40 after 14 days * log2(1.5).
        var expected = (long) Math.ceil(14 * 24 * 60 * Math.log(1.5) / Math.log(2));
        assertThat(score(forms, ofHours(0)).nextChangeAt()).contains(Leads.MONDAY.plus(Duration.ofMinutes(expected)));
    }

    @Test
    void events_meet_the_engagement_rules_that_describe_them() {
        assertThat(model.engagementRules(Leads.event("form.submitted", "{}", "{'form':'demo'}")))
                .containsExactly("form");
        assertThat(model.engagementRules(Leads.event("form.submitted", "{'form':'demo'}", "{'form':'newsletter'}")))
                .as("what the event says of itself goes before what it sets")
                .isEmpty();
        assertThat(model.engagementRules(Leads.event("contact.updated", "{'title':'vp'}", "{}")))
                .isEmpty();
    }

    @Test
    void other_types_are_not_scored() {
        var deal = Leads.record(ObjectType.DEAL, "{'title':'vp'}", Map.of("reply", Leads.at(ofHours(0))));
        assertThat(model.scores(ObjectType.DEAL)).isFalse();
        assertThat(model.score(deal, Leads.MONDAY).value()).isEqualByComparingTo("0");
        assertThat(model.score(deal, Leads.MONDAY).reasons()).isEmpty();
    }

    @Test
    void counts_of_a_rule_that_is_gone_are_worth_nothing() {
        assertThat(score(Map.of("gone", Leads.at(ofHours(0))), ofHours(0)).reasons())
                .isEmpty();
    }

    private static int hour(int after) {
        return Engagement.hourOf(Leads.MONDAY.plus(ofHours(after)).toEpochMilli());
    }

    private char digitAt(CrmRecord record, Instant at) {
        return model.score(record, at).label().charAt(1);
    }

    private static CrmRecord randomRecord(Random random) {
        var engagement = new HashMap<String, Engagement>();
        for (var rule : List.of("page", "reply", "form", "first", "leave")) {
            var held = Engagement.EMPTY;
            for (var i = random.nextInt(rule.equals("leave") ? 2 : 5); i > 0; i--) {
                held = held.plus(hour(random.nextInt(60 * 24)), 1 + random.nextInt(4));
            }
            engagement.put(rule, held);
        }
        var properties = random.nextBoolean() ? "{'title':'vp','size':200}" : "{'email':'a@b.example'}";
        return Leads.record(ObjectType.CONTACT, properties, engagement);
    }

    /** Some of them before the newest events, as by a clock that is behind; to the second. */
    private static Instant randomTime(Random random) {
        return Leads.MONDAY.plus(ofDays(40)).plusSeconds(random.nextInt(90 * 24 * 3_600));
    }
}
