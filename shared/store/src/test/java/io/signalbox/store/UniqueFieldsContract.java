/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.SchemaSet;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.store.RecordStore.SaveResult.KeyTaken;
import io.signalbox.store.RecordStore.SaveResult.Saved;
import io.signalbox.store.RecordStore.SaveResult.Stale;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What any store does with fields that users made unique. */
abstract class UniqueFieldsContract {

    private static final ObjectType VEHICLE = new ObjectType("vehicle");
    private static final CustomField PLATE = new CustomField(new FieldDef("plate", FieldType.STRING), "Plate");

    /** What users have defined so far. */
    private SchemaSet schemas = SchemaSet.STANDARD;

    abstract RecordStore store();

    SchemaSet schemas() {
        return schemas;
    }

    private void makeUnique() {
        schemas = new SchemaSet(List.of(ObjectSchema.custom(VEHICLE, List.of(PLATE.withUnique(Upkeep.BUILDING)))));
    }

    private static Draft vehicle(long id, String plate) {
        return Draft.of(VEHICLE, id).text("plate", plate);
    }

    private CrmRecord created(Draft draft) {
        assertThat(store().save(Optional.empty(), draft.record(), true)).isEqualTo(new Saved(1));
        return draft.record().withVersion(1);
    }

    private Optional<RecordId> holder(String plate) {
        var key = new UniqueKey(VEHICLE, "plate", plate);
        return Optional.ofNullable(store().find(List.of(key)).get(key));
    }

    @Test
    void a_unique_field_finds_its_record_and_no_other_may_have_the_value() {
        makeUnique();
        var first = created(vehicle(1, "B-AB 1"));

        assertThat(holder("B-AB 1")).contains(first.key().id());
        assertThat(store().save(Optional.empty(), vehicle(2, " B-AB 1 ").record(), true))
                .isEqualTo(new KeyTaken(
                        new UniqueKey(VEHICLE, "plate", "B-AB 1"), first.key().id()));
        assertThat(store().get(vehicle(2, "").record().key())).isEmpty();
    }

    @Test
    void a_value_that_is_given_up_is_free() {
        makeUnique();
        var first = created(vehicle(1, "B-AB 1"));
        assertThat(store().save(Optional.of(first), vehicle(1, "B-AB 2").record(), true))
                .isEqualTo(new Saved(2));

        assertThat(holder("B-AB 1")).isEmpty();
        assertThat(holder("B-AB 2")).contains(first.key().id());
        created(vehicle(2, "B-AB 1"));
        var gone = vehicle(1, "B-AB 2").life(Life.State.DELETED).record();
        store().save(Optional.of(vehicle(1, "B-AB 2").record().withVersion(2)), gone, true);
        assertThat(holder("B-AB 2")).isEmpty();
    }

    @Test
    void records_from_before_the_field_was_unique_claim_their_values() {
        var first = created(vehicle(1, "B-AB 1"));
        var second = created(vehicle(2, "B-AB 1"));
        makeUnique();
        assertThat(holder("B-AB 1")).isEmpty();

        assertThat(store().claim(first, Set.of("plate"))).isEqualTo(new Saved(2));
        assertThat(holder("B-AB 1")).contains(first.key().id());
        assertThat(store().claim(first, Set.of("plate"))).isEqualTo(new Saved(2));
        assertThat(store().claim(second.withVersion(7), Set.of("plate"))).isEqualTo(new Stale());
        assertThat(store().claim(second, Set.of("plate")))
                .isEqualTo(new KeyTaken(
                        new UniqueKey(VEHICLE, "plate", "B-AB 1"), first.key().id()));
        assertThat(store().get(first.key()).orElseThrow().value("plate")).isEqualTo(Value.of("B-AB 1"));
    }

    @Test
    void a_change_before_the_claim_does_not_lose_the_key() {
        var first = created(vehicle(1, "B-AB 1"));
        makeUnique();
        store().save(Optional.of(first), vehicle(1, "B-AB 2").record(), true);

        assertThat(holder("B-AB 1")).isEmpty();
        assertThat(holder("B-AB 2")).contains(first.key().id());
    }
}
