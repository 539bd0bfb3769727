/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.UniqueKey;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Duplicates and disorder change nothing: the same deliveries in any order, cut into any batches and some of them
 * repeated, late ones too, give the same records with the same scores.
 */
class DisorderTest {

    private static final int CONTACTS = 8;
    private static final int ORDERS = 4;

    @Test
    void any_order_of_any_repetition_gives_the_same_records() throws Exception {
        var first = Map.<UniqueKey, View>of();
        for (var order = 0; order < ORDERS; order++) {
            var views = views(new Random(order), order > 0);
            if (order == 0) {
                first = views;
                assertThat(views).hasSize(CONTACTS);
                assertThat(views.values())
                        .allSatisfy(view -> assertThat(view.history()).doesNotHaveDuplicates());
                assertThat(views.values()).extracting(View::properties).doesNotHaveDuplicates();
            } else {
                assertThat(views).as("order %d", order).isEqualTo(first);
            }
        }
    }

    private static Map<UniqueKey, View> views(Random random, boolean disorder) throws Exception {
        var clock = SettableClock.at("2036-03-04T05:06:07Z");
        try (var rig = Rig.start(clock)) {
            var keys = new ArrayList<UniqueKey>();
            var bodies = bodies(rig, clock, keys);
            if (disorder) {
                for (var repeated = bodies.size() / 3; repeated > 0; repeated--) {
                    bodies.add(bodies.get(random.nextInt(bodies.size())));
                }
                Collections.shuffle(bodies, random);
            }
            var left = 0;
            for (var body : bodies) {
                assertThat(rig.post(body)).isEqualTo(200);
                if (disorder && left-- == 0) {
                    rig.instance().drain();
                    left = random.nextInt(12);
                }
            }
            rig.settle(clock);
            if (disorder) {
                // A month later, when no record has it in mind any more.
                clock.advance(Duration.ofDays(34));
                assertThat(rig.post(bodies.get(random.nextInt(bodies.size())))).isEqualTo(200);
                rig.settle(clock);
            }
            clock.set(SettableClock.at("2036-04-10T00:00:00Z").instant());
            var views = new LinkedHashMap<UniqueKey, View>();
            keys.forEach(key -> views.put(key, rig.view(key).orElseThrow()));
            return views;
        }
    }

    private static List<byte[]> bodies(Rig rig, SettableClock clock, List<UniqueKey> keys) {
        var lives = new Random(7);
        var bodies = new ArrayList<byte[]>();
        for (var i = 0; i < CONTACTS; i++) {
            var life = rig.samples.life(lives, clock.instant());
            bodies.addAll(life.bodies());
            keys.add(UniqueKey.external(
                    ObjectType.CONTACT, new ExternalId(rig.connection().id(), life.externalId())));
        }
        return bodies;
    }
}
