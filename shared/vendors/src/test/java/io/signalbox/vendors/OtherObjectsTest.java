/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A vendor's objects beside the standard ones: raw until the connection says what they are here, typed then. */
class OtherObjectsTest {

    static List<Path> bodies() throws Exception {
        return SampleBodiesTest.bodies();
    }

    /** A record of an object that the API does not show could be neither found nor erased. */
    @ParameterizedTest
    @MethodSource("bodies")
    void no_sample_becomes_a_record_that_nothing_shows(Path body) throws Exception {
        assertThat(events(body, Map.of()))
                .allSatisfy(event -> assertThat(Schemas.of(event.object())).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "salesforce/change-custom-object.json, robot__c, robot.created",
        "salesforce/platform-event.json, order_shipped__e, robot.created",
        "salesforce/custom-object.xml, robot__c, robot.updated",
        "hubspot/product-property-change.json, product, robot.updated",
        "hubspot/line-item-deletion.json, line_item, robot.deleted",
        "hubspot/conversation-creation.json, conversation, robot.created",
        "hubspot/custom-object-creation.json, object_2_3465404, robot.created",
        "zoho/custom-module.json, robots, robot.created",
        "dynamics/custom-table.json, new_robot, robot.created"
    })
    void an_object_that_the_connection_names_is_typed(String file, String vendors, String type) throws Exception {
        var body = Path.of(file);
        var raw = events(body, Map.of()).getFirst();
        assertThat(raw.type()).isEqualTo("vendor.raw");
        assertThat(raw.properties().get("reason").asText()).contains("objects", vendors);
        assertThat(raw.properties().get("payload")).isNotEqualTo(Value.NULL);

        var event = events(body, Map.of(new ObjectType(vendors), new ObjectType("robot")))
                .getFirst();

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.object().name()).isEqualTo("robot");
        assertThat(event.data()).doesNotContainKey(":whole");
        assertThat(event.id()).isEqualTo(raw.id());
        assertThat(event.time()).isEqualTo(raw.time());
    }

    @Test
    void an_object_that_is_a_standard_one_here_has_its_fields_mapped() throws Exception {
        var body = "{\"type\":\"patient.created\",\"timestamp\":1772359200,"
                + "\"data\":{\"id\":7,\"birth_date\":\"1990-05-01T00:00:00Z\",\"shoe\":42}}";

        var event = events("standard", body, Map.of(new ObjectType("patient"), ObjectType.CONTACT))
                .getFirst();

        assertThat(event.type()).isEqualTo("contact.created");
        assertThat(event.properties())
                .containsOnly(Map.entry("birth_date", Value.of("1990-05-01")), Map.entry("shoe", Value.of(42)));
    }

    @ParameterizedTest
    @CsvSource({
        "Invoice__c, invoice__c",
        "2-3465404, object_2_3465404",
        "Contact, object_contact",
        "raw_event, object_raw_event",
        "Größe, gr__e"
    })
    void no_name_of_a_vendors_is_taken_for_a_standard_object(String vendors, String name) {
        assertThat(OtherObjects.named(vendors).name()).isEqualTo(name);
    }

    @Test
    void kind_of_an_activity_is_its_type_where_no_field_says_it() throws Exception {
        var types = new HashMap<String, Value>();
        for (var file : List.of(
                "salesforce/change-task-create.json",
                "zoho/meeting-insert.json",
                "dynamics/phonecall-create.json",
                "hubspot/call-creation.json",
                "gong/call.json")) {
            var event = events(Path.of(file), Map.of()).getFirst();
            types.put(file.substring(0, file.indexOf('/')), event.properties().get("type"));
        }

        assertThat(types)
                .containsOnly(
                        Map.entry("salesforce", Value.of("call")),
                        Map.entry("zoho", Value.of("meeting")),
                        Map.entry("dynamics", Value.of("call")),
                        Map.entry("hubspot", Value.of("call")),
                        Map.entry("gong", Value.of("call")));
    }

    private static List<CanonicalEvent> events(Path body, Map<ObjectType, ObjectType> objects) throws Exception {
        var vendor = body.getName(0).toString();
        return events(
                vendor, Files.readString(SampleBodiesTest.EVENTS.resolve(body)), objects, SampleBodiesTest.kept(body));
    }

    private static List<CanonicalEvent> events(String vendor, String body, Map<ObjectType, ObjectType> objects)
            throws Exception {
        return events(
                vendor, body, objects, Map.of("webhook-id", EventId.of(body).value()));
    }

    private static List<CanonicalEvent> events(
            String vendor, String body, Map<ObjectType, ObjectType> objects, Map<String, String> headers)
            throws Exception {
        var delivery = new Delivery(
                new VendorId(vendor),
                new ConnectionId("acme"),
                Connections.NOW,
                "1-test-test",
                headers,
                body.getBytes(UTF_8));
        return Vendors.find(vendor)
                .orElseThrow()
                .events(delivery, new ConnectionSettings(Map.of(), Optional.empty(), Optional.empty(), objects));
    }
}
