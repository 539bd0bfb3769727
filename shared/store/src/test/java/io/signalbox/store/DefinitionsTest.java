/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filterable;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

    private static final ObjectType VEHICLE = new ObjectType("vehicle");
    private static final CustomField TIER = new CustomField(
            new FieldDef("tier", FieldType.ENUM, "how well served", List.of("gold", "silver")),
            "Tier",
            false,
            true,
            Upkeep.OFF,
            Upkeep.READY,
            Optional.of("job-1"));
    private static final CustomField MEMBER_NO =
            new CustomField(new FieldDef("member_no", FieldType.STRING), "Number").withUnique(Upkeep.BUILDING);

    private final MemoryDocumentStore documents = new MemoryDocumentStore();
    private final Definitions definitions = new Definitions(documents);
    private final SettableClock clock = new SettableClock(Instant.parse("2036-03-01T12:00:00Z"));
    private final SchemaCache cache = new SchemaCache(documents, clock);

    @Test
    void a_standard_object_is_there_before_anybody_adds_to_it() {
        var contact = definitions.get(ObjectType.CONTACT).orElseThrow();

        assertThat(contact.version()).isZero();
        assertThat(contact.label()).isEqualTo("Contact");
        assertThat(contact.schema().own()).isEmpty();
        assertThat(definitions.get(VEHICLE)).isEmpty();
        assertThat(definitions.all()).extracting(Definition::label).contains("Raw event");
    }

    @Test
    void what_was_added_comes_back_as_it_was() {
        var changed = definitions.get(ObjectType.CONTACT).orElseThrow().next(List.of(TIER, MEMBER_NO));

        assertThat(definitions.put(changed)).isTrue();
        assertThat(definitions.put(changed.next(List.of()).next(List.of()))).isFalse();
        assertThat(definitions.get(ObjectType.CONTACT)).contains(changed);
        assertThat(definitions.all()).contains(changed);
    }

    @Test
    void an_object_of_ones_own_has_its_fields_at_the_top() {
        var vehicle = new Definition(ObjectSchema.custom(VEHICLE, List.of(TIER)), "Vehicle", "Vehicles", "", 1);
        definitions.put(vehicle);

        var held = definitions.get(VEHICLE).orElseThrow();
        assertThat(held).isEqualTo(vehicle);
        assertThat(held.schema().pathOf(7)).isEqualTo("/api/v4/objects/vehicle/7");
        assertThat(held.schema().field("tier")).contains(TIER.def());
        assertThat(held.schema().ownByShownName("tier")).contains(TIER);
        assertThat(Filterable.of(held.schema()).names()).contains("tier", "created_at");
        assertThat(definitions.delete(held)).isTrue();
        assertThat(definitions.get(VEHICLE)).isEmpty();
    }

    @Test
    void a_field_of_a_standard_object_is_called_custom_and_filtered_by_once_its_index_is_complete() {
        var contact = definitions.get(ObjectType.CONTACT).orElseThrow();
        var ready = contact.schema().withOwn(List.of(TIER));
        var building = contact.schema().withOwn(List.of(TIER.withFilterable(Upkeep.BUILDING)));

        assertThat(ready.ownByShownName("custom.tier")).contains(TIER);
        assertThat(ready.ownByShownName("tier")).isEmpty();
        assertThat(Filterable.of(ready).type("custom.tier")).contains(FieldType.ENUM);
        assertThat(Filterable.of(building).type("custom.tier")).isEmpty();
        assertThat(Filterable.kept(building).type("custom.tier")).contains(FieldType.ENUM);
    }

    @Test
    void a_change_is_seen_within_a_minute_and_at_once_by_who_looks_again() {
        assertThat(cache.get().of(VEHICLE)).isEmpty();
        definitions.put(new Definition(ObjectSchema.custom(VEHICLE, List.of()), "Vehicle", "Vehicles", "", 1));

        assertThat(cache.get().of(VEHICLE)).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(cache.get().of(VEHICLE)).isEmpty();
        assertThat(cache.fresh().of(VEHICLE)).isPresent();
        assertThat(cache.get().of(VEHICLE)).isPresent();
    }

    @Test
    void a_minute_later_everybody_sees_it() {
        cache.get();
        definitions.put(new Definition(ObjectSchema.custom(VEHICLE, List.of()), "Vehicle", "Vehicles", "", 1));
        clock.advance(SchemaCache.KEPT);

        assertThat(cache.get().of(VEHICLE)).isPresent();
    }

    @Test
    void a_value_is_of_the_type_and_among_the_options() {
        assertThat(TIER.accept(Value.of("gold"))).contains(Value.of("gold"));
        assertThat(TIER.accept(Value.of("lead"))).isEmpty();
        assertThat(MEMBER_NO.accept(Value.of("  "))).isEmpty();
        assertThat(MEMBER_NO.accept(Value.of("x".repeat(201)))).isEmpty();
        assertThat(MEMBER_NO.accept(Value.of("A-7"))).contains(Value.of("A-7"));
    }

    @Test
    void a_key_is_the_value_in_one_form() {
        var number = new CustomField(new FieldDef("no", FieldType.INTEGER), "No");
        var email = new CustomField(new FieldDef("second_email", FieldType.EMAIL), "E-mail");

        assertThat(number.key(VEHICLE, Value.of("70"))).isEqualTo(number.key(VEHICLE, Value.of(70)));
        assertThat(email.key(VEHICLE, Value.of(" Ann@Example.com "))
                        .orElseThrow()
                        .value())
                .isEqualTo("ann@example.com");
        assertThat(number.key(VEHICLE, Value.NULL)).isEmpty();
    }

    @Test
    void what_makes_no_sense_cannot_be_defined() {
        assertThatThrownBy(() -> new CustomField(new FieldDef("No", FieldType.STRING), "No"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CustomField(new FieldDef("no", FieldType.ENUM), "No"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CustomField(new FieldDef("no", FieldType.BOOLEAN), "No").withUnique(Upkeep.READY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
