/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.aws.FaultPlan;
import io.signalbox.emulator.aws.FaultPlan.Fault;
import io.signalbox.model.ObjectType;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.testkit.SettableClock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * One change, all or nothing: the answer to {@code POST} of a lead has the score that was saved with it, and a function
 * that dies at any call on the way leaves a whole lead that its key finds, or no trace of one.
 */
class OneWriteTest {

    private static final String LEADS = "/api/v4/leads";

    private final SettableClock clock = SettableClock.at("2036-03-04T05:06:07Z");

    private static Value lead(String email) {
        return Value.of(Map.of(
                "email", Value.of(email),
                "first_name", Value.of("Ada"),
                "job_title", Value.of("VP of Sales"),
                "company", Value.of("Northwind Robotics"),
                "country", Value.of("Germany")));
    }

    private static UniqueKey key(String email) {
        return UniqueKey.email(ObjectType.LEAD, email).orElseThrow();
    }

    @Test
    void the_answer_to_a_new_lead_has_its_score_and_reads_back_the_same() throws Exception {
        try (var rig = Rig.start(clock)) {
            var made = rig.api("POST", LEADS, lead("ada@northwind.example"));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            var score = Rig.json(made).at("score");
            assertThat(Double.parseDouble(score.at("value").asText())).isPositive();
            assertThat(score.at("reasons")).isNotEqualTo(Value.of(List.<Value>of()));

            var read = rig.api("GET", made.headers().firstValue("Location").orElseThrow(), null);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(Rig.json(read)).isEqualTo(Rig.json(made));
            var saved =
                    rig.view(key("ada@northwind.example")).orElseThrow().score().orElseThrow();
            assertThat(score.at("value")).isEqualTo(Value.of(saved.value()));
        }
    }

    @Test
    void a_crash_at_any_call_leaves_all_of_a_lead_or_nothing() throws Exception {
        try (var rig = Rig.start(clock)) {
            rig.api("POST", LEADS, lead("first@northwind.example"));
            for (var fault : List.of(Fault.CRASH, Fault.ANSWER_LOST)) {
                crashAtEach(rig, fault);
            }
        }
    }

    private static void crashAtEach(Rig rig, Fault fault) throws Exception {
        var token = rig.token();
        var refused = 0;
        for (var call = 1; ; call++) {
            var email = "lead-" + call + "-" + fault.name().toLowerCase(Locale.ROOT) + "@northwind.example";
            var plan = FaultPlan.nth(call, fault, Rig.BY_FUNCTIONS);
            rig.instance().aws().faults(plan);
            var answer = rig.api("POST", LEADS, lead(email), token);
            rig.instance().aws().faults(FaultPlan.none());

            var place = "%s at call %d of %s".formatted(fault, call, plan.log());
            var found = rig.view(key(email));
            if (answer.statusCode() == 201) {
                assertThat(found).as(place).isPresent();
            } else {
                refused++;
                assertThat(answer.statusCode()).as(place).isGreaterThanOrEqualTo(500);
                assertThat(Rig.json(answer).at("error_code").asText()).as(place).isNotBlank();
            }
            found.ifPresent(lead -> {
                assertThat(lead.score()).as(place).isPresent();
                assertThat(lead.history()).as(place).hasSize(1);
            });
            assertSecondTryFits(rig, email, token, place, found.isPresent());
            if (plan.log().isEmpty()) {
                assertThat(answer.statusCode()).as("without a fault").isEqualTo(201);
                assertThat(refused).as("calls that stopped it").isPositive();
                assertThat(call).as("calls a lead takes").isGreaterThan(2);
                return;
            }
        }
    }

    /** A client that was told nothing tries again: it makes the lead, or is told the id of the one that is there. */
    private static void assertSecondTryFits(Rig rig, String email, String token, String place, boolean there)
            throws Exception {
        var again = rig.api("POST", LEADS, lead(email), token);
        assertThat(again.statusCode()).as(place).isEqualTo(there ? 409 : 201);
        if (there) {
            var location = again.headers().firstValue("Location").orElseThrow();
            assertThat(rig.api("GET", location, null, token).statusCode())
                    .as(place)
                    .isEqualTo(200);
        }
    }
}
