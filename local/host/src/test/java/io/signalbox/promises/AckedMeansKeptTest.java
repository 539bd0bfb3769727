/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.aws.Call;
import io.signalbox.emulator.aws.FaultPlan;
import io.signalbox.emulator.aws.FaultPlan.Fault;
import io.signalbox.emulator.sqs.Message;
import io.signalbox.emulator.sqs.Received;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.UniqueKey;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Acked means kept: every event that was answered with 2xx ends in its record, once, or in the dead-letter queue with
 * the reason, whatever fails on the way.
 *
 * <p>Every call of a function to SQS, DynamoDB and Parameter Store may be throttled, answered 500, done without an answer
 * or be the one at which the function dies, drawn from a seed; halfway DynamoDB is away until messages are given up. The
 * sender repeats what got no 2xx and one in twenty of what did. Then every record must be the one that the same events
 * give without any fault.
 *
 * <p>That the test can see it was tried by breaking the code: the receiver answering before the queue has it, the
 * processor calling a failed event done, the fold counting without looking for duplicates. Each fails it.
 */
class AckedMeansKeptTest {

    /** About as many; {@code -Dfaults.events} has another number. */
    private static final int EVENTS = Integer.getInteger("faults.events", 10_000);

    private static final long SEED = Long.getLong("faults.seed", 20_260);
    private static final Map<Fault, Double> CHANCES =
            Map.of(Fault.THROTTLE, 0.02, Fault.INTERNAL_ERROR, 0.02, Fault.ANSWER_LOST, 0.02, Fault.CRASH, 0.005);

    private final SettableClock clock = SettableClock.at("2036-03-04T05:06:07Z");
    private final Random random = new Random(SEED);
    private final Map<UniqueKey, List<byte[]>> lives = new LinkedHashMap<>();
    private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
    private final Set<String> given = new HashSet<>();
    private int deliveries;
    private int refused;
    private int duplicates;
    private int events;

    @Test
    void what_was_acknowledged_is_kept_once_whatever_fails() throws Exception {
        try (var rig = Rig.start(clock)) {
            var reference = new Reference(rig.connection(), clock);
            var bodies = bodies(rig);
            send(rig, bodies);
            rig.settle(clock);

            var letters = rig.queue("EventsDeadLetterQueue").peek(Integer.MAX_VALUE);
            given.addAll(letters.stream().map(AckedMeansKeptTest::body).toList());
            assertThat(letters)
                    .as("dead letters, %s", this)
                    .isNotEmpty()
                    .allSatisfy(letter -> assertThat(reason(letter)).isNotBlank());
            assertKeptOrGiven(rig, reference);

            redrive(rig, letters);
            rig.settle(clock);
            assertSameAs(reference, rig);
            for (var fault : CHANCES.keySet()) {
                assertThat(injected.getOrDefault(fault, 0))
                        .as("%s, %s", fault, this)
                        .isPositive();
            }
        }
    }

    private List<byte[]> bodies(Rig rig) {
        var bodies = new ArrayList<byte[]>();
        while (events < EVENTS) {
            var life = rig.samples.life(random, clock.instant());
            var id = new ExternalId(rig.connection().id(), life.externalId());
            lives.put(UniqueKey.external(ObjectType.CONTACT, id), life.bodies());
            bodies.addAll(life.bodies());
            events += life.events();
        }
        // Near each other as in life, and yet not in order: events of a contact meet in a batch, or do not.
        for (var from = 0; from < bodies.size(); from += 60) {
            Collections.shuffle(bodies.subList(from, Math.min(bodies.size(), from + 60)), random);
        }
        deliveries = bodies.size();
        return bodies;
    }

    /** Posts until each was acknowledged; the queue is worked off in between, never wholly. */
    private void send(Rig rig, List<byte[]> bodies) throws Exception {
        var waiting = new ArrayDeque<>(bodies);
        var plan = faults(rig);
        var outageAt = bodies.size() / 2;
        var untilDrain = 0;
        while (!waiting.isEmpty()) {
            var body = waiting.poll();
            if (rig.post(body) / 100 != 2) {
                refused++;
                waiting.add(body);
            } else if (random.nextInt(20) == 0) {
                duplicates++;
                waiting.add(body);
            }
            plan.revive();
            if (untilDrain-- <= 0) {
                clock.advance(Duration.ofSeconds(random.nextInt(60)));
                rig.instance().drain();
                plan.revive();
                untilDrain = 1 + random.nextInt(120);
            }
            if (--outageAt == 0) {
                count(plan);
                outage(rig);
                plan = faults(rig);
            }
        }
        count(plan);
    }

    private FaultPlan faults(Rig rig) {
        var plan = FaultPlan.random(random.nextLong(), CHANCES, Rig.BY_FUNCTIONS);
        rig.instance().aws().faults(plan);
        return plan;
    }

    /** DynamoDB answers nothing but errors until what is in the queue has been given up. */
    private void outage(Rig rig) {
        rig.instance()
                .aws()
                .faults(FaultPlan.random(
                        1, Map.of(Fault.INTERNAL_ERROR, 1.0), call -> call.service() == Call.Service.DYNAMODB));
        for (var receive = 0; receive < 6; receive++) {
            rig.instance().drain();
            clock.advance(Rig.VISIBILITY);
        }
    }

    private void count(FaultPlan plan) {
        plan.log().forEach(fault -> injected.merge(fault.fault(), 1, Integer::sum));
    }

    private static String body(Received letter) {
        try {
            return new String(DeliveryCodec.decode(letter.message().body()).body(), StandardCharsets.UTF_8);
        } catch (DeliveryCodec.Undecodable e) {
            throw new AssertionError("a dead letter is no delivery", e);
        }
    }

    /** The processor's own, or that SQS gave it up because even that could not be written. */
    private static String reason(Received letter) {
        var reason = letter.message().attributes().get("reason");
        return reason != null ? reason.text() : letter.deadLetterSource();
    }

    private void assertKeptOrGiven(Rig rig, Reference reference) throws Exception {
        var lost = 0;
        for (var life : lives.entrySet()) {
            var kept = rig.view(life.getKey())
                    .map(view -> Set.copyOf(view.history()))
                    .orElse(Set.of());
            for (var body : life.getValue()) {
                var ids = reference.apply(body);
                if (!kept.containsAll(ids) && !given.contains(new String(body, StandardCharsets.UTF_8))) {
                    lost++;
                }
            }
        }
        assertThat(lost)
                .as("acknowledged deliveries that are nowhere, %s", this)
                .isZero();
    }

    /** As an operator sends dead letters back. */
    private void redrive(Rig rig, List<Received> letters) throws Exception {
        for (var letter : letters) {
            rig.queue("EventsQueue")
                    .send(
                            "SendMessage",
                            List.of(Message.Draft.of(letter.message().body())));
        }
    }

    private void assertSameAs(Reference reference, Rig rig) {
        var wrong = new ArrayList<UniqueKey>();
        for (var key : lives.keySet()) {
            if (!rig.view(key).equals(reference.view(key))) {
                wrong.add(key);
            }
        }
        if (!wrong.isEmpty()) {
            var first = wrong.getFirst();
            assertThat(rig.view(first))
                    .as("%d of %d records differ, %s; the first", wrong.size(), lives.size(), this)
                    .isEqualTo(reference.view(first));
        }
    }

    @Override
    public String toString() {
        return "%d events in %d deliveries, %d sent twice, %d refused and sent again, %d given up, faults %s"
                .formatted(events, deliveries, duplicates, refused, given.size(), injected);
    }
}
