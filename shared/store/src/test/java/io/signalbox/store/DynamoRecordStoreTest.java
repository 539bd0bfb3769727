/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Life;
import io.signalbox.model.RecordId;
import io.signalbox.store.RecordStore.SaveResult.Saved;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class DynamoRecordStoreTest extends RecordStoreContract {

    private final LocalAws aws = LocalAws.fresh();
    private final SettableClock clock = new SettableClock(Samples.NOW);
    private final ConsumedUnits units = new ConsumedUnits();
    private final RecordStore store = new DynamoRecordStore(aws.dynamo(), aws.table("RecordsTable"), clock, units);

    @AfterEach
    void close() {
        aws.close();
    }

    @Override
    RecordStore store() {
        return store;
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        return aws.dynamo()
                .getItem(get -> get.tableName(aws.table("RecordsTable")).key(key))
                .item();
    }

    @Test
    void a_change_of_a_full_contact_is_one_write_unit_and_its_segment_another() {
        var contact = Samples.fullContact(Samples.contact(1_600_000_000_000_000L), new Random(1));
        store.save(Optional.empty(), contact, false);
        // A transaction: twice for each kilobyte and for the index entry. DynamoDB Local rounds the sum of the items
        // up to kilobytes; AWS rounds each of the record and its 3 keys, which makes 10.
        assertThat(units.take().written()).isEqualTo(6);

        var before = store.get(contact.key()).orElseThrow();
        assertThat(units.take()).isEqualTo(new ConsumedUnits.Taken(1, 0));
        store.save(Optional.of(before), contact.withScore(contact.score().orElseThrow()), false);
        assertThat(units.take().written()).isEqualTo(1);

        store.append(Samples.segment(new Random(2), 1, 1));
        assertThat(units.take().written()).isEqualTo(1);
        store.append(Samples.segment(new Random(2), 10, 10));
        assertThat(units.take().written()).isEqualTo(1);
        store.append(Samples.segment(new Random(2), 100, 100));
        assertThat(units.take().written()).isLessThanOrEqualTo(8);
    }

    @Test
    void a_record_without_keys_is_made_and_deleted_for_two_units() {
        var alive = created(Draft.contact(1));
        assertThat(units.take().written()).isEqualTo(2);

        changed(alive, Draft.contact(1).life(Life.State.DELETED));
        assertThat(units.take().written()).isEqualTo(2);
    }

    @Test
    void a_key_that_nobody_holds_leaves_no_item() {
        var alive = created(Draft.contact(1).email("ada@example.org"));
        var key = RecordItems.key(emailKey("ada@example.org"));
        assertThat(item(key)).isNotEmpty();

        changed(alive, Draft.contact(1).life(Life.State.ERASED));
        assertThat(item(key)).isEmpty();
    }

    @Test
    void what_is_deleted_expires_after_its_keys_and_what_is_erased_never() {
        var alive = created(Draft.contact(1).external(5));
        var recordKey = RecordItems.key(alive.key());
        var externalKey = RecordItems.key(externalKey(5));
        assertThat(item(recordKey)).doesNotContainKey("ttl");

        changed(alive, Draft.contact(1).external(5).life(Life.State.DELETED));
        assertThat(item(externalKey).get("ttl"))
                .isEqualTo(Table.n(Samples.NOW.plus(Duration.ofDays(90)).getEpochSecond()));
        assertThat(item(recordKey).get("ttl"))
                .isEqualTo(Table.n(Samples.NOW.plus(Duration.ofDays(97)).getEpochSecond()));

        changed(
                store.get(alive.key()).orElseThrow(),
                Draft.contact(1).external(5).life(Life.State.ERASED));
        assertThat(item(recordKey)).isNotEmpty().doesNotContainKey("ttl");
        assertThat(item(externalKey)).isNotEmpty().doesNotContainKey("ttl");
    }

    @Test
    void an_expired_key_is_free_though_its_item_is_still_there() {
        var alive = created(Draft.contact(1).external(5));
        changed(alive, Draft.contact(1).external(5).life(Life.State.DELETED));
        clock.advance(Duration.ofDays(90));

        assertThat(store.find(List.of(externalKey(5)))).isEmpty();
        assertThat(store.save(Optional.empty(), Draft.contact(2).external(5).record(), false))
                .isEqualTo(new Saved(1));
        assertThat(store.find(List.of(externalKey(5)))).containsValue(new RecordId(2));
        assertThat(item(RecordItems.key(externalKey(5)))).doesNotContainKey("ttl");
    }

    @Test
    void a_rewritten_large_segment_leaves_no_parts_behind() {
        var segment = Samples.segment(new Random(3), 2, 2);
        var bytes = new byte[900_000];
        new Random(4).nextBytes(bytes);
        var blobs = new Blobs(new Table(aws.dynamo(), aws.table("RecordsTable"), units));
        var key = RecordItems.key(segment.id());
        assertThat(blobs.put(key, new Blobs.Blob(1, bytes))).isTrue();
        assertThat(blobs.get(key).orElseThrow().bytes()).isEqualTo(bytes);
        assertThat(blobs.put(key, new Blobs.Blob(2, new byte[10]))).isTrue();
        assertThat(blobs.put(key, new Blobs.Blob(1, bytes))).isFalse();

        var left = aws.dynamo()
                .scan(scan -> scan.tableName(aws.table("RecordsTable")))
                .items();
        assertThat(left).hasSize(1);
    }

    @Test
    void an_image_of_the_stream_is_a_record_again() {
        var contact = created(Draft.contact(9).external(5).text("city", "Ulm"));
        var item = item(RecordItems.key(contact.key()));

        assertThat(RecordImage.read(
                        item.get(RecordImage.PARTITION_KEY).s(),
                        item.get(RecordImage.VERSION).n(),
                        item.get(RecordImage.BODY).b().asByteBuffer()))
                .contains(contact);
        assertThat(RecordImage.read("U#contact#email#a@b.c", null, null)).isEmpty();
    }

    @Test
    void a_mistake_in_the_set_up_is_not_taken_for_an_outage() {
        var elsewhere = new DynamoRecordStore(aws.dynamo(), "no-such-table", clock, units);

        assertThatThrownBy(() -> elsewhere.get(Samples.contact(1))).isInstanceOf(ResourceNotFoundException.class);
    }
}
