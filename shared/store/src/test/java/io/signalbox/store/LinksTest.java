/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.LinkStore.Linked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Events of links, records that come and records that merge, heard of in every order. */
class LinksTest {

    private static final RecordKey ADA = Samples.contact(1);
    private static final RecordKey TWIN = Samples.contact(2);
    private static final RecordKey ACME = new RecordKey(ObjectType.COMPANY, new RecordId(7));
    private static final UniqueKey ACME_KEY = UniqueKey.external(ObjectType.COMPANY, Samples.external(7));

    private final MemoryRecordStore records = new MemoryRecordStore();
    private final MemoryLinkStore store = new MemoryLinkStore();
    private final Links links = new Links(records, store);

    private List<RecordKey> others(RecordKey record) {
        return store.list(record, Optional.empty(), Optional.empty(), 100).stream()
                .map(Linked::other)
                .toList();
    }

    private void create(Draft draft) {
        records.save(Optional.empty(), draft.record(), false);
    }

    @Test
    void a_link_to_a_record_to_come_is_there_once_it_came() {
        create(Draft.contact(1));
        links.said(ADA, ACME_KEY, "", true, new Stamp(1, 1));
        assertThat(others(ADA)).isEmpty();

        create(Draft.of(ObjectType.COMPANY, 7).external(7));
        links.appeared(ACME_KEY, ACME);
        assertThat(others(ADA)).containsExactly(ACME);
        assertThat(store.parked(ACME_KEY)).isEmpty();
    }

    @Test
    void every_order_of_hearing_ends_in_the_same_links() {
        for (var seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var world = new LinksTest();
            world.create(Draft.contact(1).external(1));
            world.create(Draft.contact(2).external(2));
            var hearsay = new ArrayList<Runnable>();
            hearsay.add(() -> world.links.said(ADA, ACME_KEY, "", true, new Stamp(1, 1)));
            hearsay.add(() -> world.links.said(TWIN, ACME_KEY, "", false, new Stamp(2, 1)));
            hearsay.add(() -> world.links.said(TWIN, ACME_KEY, "employer", true, new Stamp(2, 1)));
            hearsay.add(() -> world.links.said(TWIN, ACME_KEY, "", true, new Stamp(3, 1)));
            hearsay.add(() -> {
                if (world.records.get(ACME).isEmpty()) {
                    world.create(Draft.of(ObjectType.COMPANY, 7).external(7));
                }
                world.links.appeared(ACME_KEY, ACME);
            });
            hearsay.add(() -> {
                world.merge();
                world.links.merged(TWIN);
            });
            hearsay.add(hearsay.get(random.nextInt(4)));
            Collections.shuffle(hearsay, random);
            hearsay.forEach(Runnable::run);

            assertThat(world.others(ADA)).as("seed " + seed).containsExactly(ACME, ACME);
            assertThat(world.others(TWIN)).as("seed " + seed).isEmpty();
            assertThat(world.others(ACME)).as("seed " + seed).containsExactly(ADA, ADA);
            assertThat(world.store.parked(ACME_KEY)).as("seed " + seed).isEmpty();
        }
    }

    private void merge() {
        var survivor = records.get(ADA).orElseThrow();
        var loser = records.get(TWIN).orElseThrow();
        if (loser.mergedInto().isEmpty()) {
            CrmRecord gone = loser.withMergedInto(ADA.id());
            records.merge(survivor, survivor, loser, gone);
        }
    }
}
