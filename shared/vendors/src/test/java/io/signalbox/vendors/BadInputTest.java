/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.Vendor.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A genuine sender may still send nonsense. Nothing of it is lost, and nothing of it breaks a batch. */
class BadInputTest {

    private static final String SECRET_WORD = "hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "[{\"objectId\": hunter2}]",
                "[{\"a\": 1, \"a\": \"hunter2\"}]",
                "{\"type\": \"hunter2\", \"type\": 1}",
                "[{\"a\": \"\\ud83d hunter2\"}]",
                "[{\"a\": \"\\ude00\"}]",
                "{\"a\": NaN}",
                "{\"a\": 1e10001}",
                "{\"a\": 1771e9992359000}",
                "[{\"a\": -1.5e-99999999999}]",
                "{} {}",
                "\"hunter2\"",
                "17",
                "null",
                "true"
            })
    void body_that_no_vendor_sends_is_unreadable_and_not_quoted(String body) {
        for (var vendor : Vendors.all()) {
            assertThatThrownBy(() -> vendor.normalize(delivery(vendor, body.getBytes(UTF_8))))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageNotContaining(SECRET_WORD);
        }
    }

    @Test
    void bytes_that_are_not_utf_8_are_unreadable() {
        for (var vendor : Vendors.all()) {
            assertThatThrownBy(() -> vendor.normalize(delivery(vendor, new byte[] {'{', '"', (byte) 0xFF, '"', '}'})))
                    .isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void nesting_without_end_is_unreadable() {
        for (var vendor : Vendors.all()) {
            var body = ("{\"data\":" + "[".repeat(100_000)).getBytes(UTF_8);
            assertThatThrownBy(() -> vendor.normalize(delivery(vendor, body))).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void million_elements_are_refused_at_the_thousand_and_first() {
        var body = ("[" + "1,".repeat(1_000_000) + "1]").getBytes(UTF_8);

        assertThatThrownBy(() -> hubSpot(body)).isInstanceOf(Unreadable.class).hasMessageContaining("1000");
    }

    @Test
    void thousand_events_are_all_kept() throws Unreadable {
        var body = ("[" + "1,".repeat(999) + "1]").getBytes(UTF_8);

        assertThat(hubSpot(body)).hasSize(1_000).allMatch(event -> event.type().equals("vendor.raw"));
    }

    @Test
    void event_that_no_item_could_hold_is_unreadable() {
        var big = "x".repeat(RawEvents.MAX_EVENT_BYTES);

        assertThatThrownBy(() -> hubSpot(("[{\"a\":\"" + big + "\"}]").getBytes(UTF_8)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("256 KiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "17",
                "{}",
                "{\"subscriptionType\":\"contact.creation\",\"objectId\":1}",
                "{\"subscriptionType\":\"contact.creation\",\"objectId\":1,\"occurredAt\":-1}",
                "{\"subscriptionType\":\"contact.creation\",\"objectId\":1,\"occurredAt\":253402300800000}",
                "{\"subscriptionType\":\"contact.creation\",\"objectId\":1,\"occurredAt\":1e300}",
                "{\"subscriptionType\":\"contact.creation\",\"objectId\":1,\"occurredAt\":1.5}",
                "{\"subscriptionType\":\"contact.creation\",\"objectId\":1.5,\"occurredAt\":1}",
                "{\"subscriptionType\":\"contact.creation\",\"objectId\":{},\"occurredAt\":1}",
                "{\"subscriptionType\":\"contact.vanishing\",\"objectId\":1,\"occurredAt\":1}",
                "{\"subscriptionType\":\"unicorn.creation\",\"objectId\":1,\"occurredAt\":1}",
                "{\"subscriptionType\":\"contact.propertyChange\",\"objectId\":1,\"occurredAt\":1}",
                "{\"subscriptionType\":7,\"objectId\":1,\"occurredAt\":1}"
            })
    void event_beyond_understanding_is_kept_whole_beside_its_neighbours(String odd) throws Unreadable {
        var good = "{\"subscriptionType\":\"contact.creation\",\"objectId\":1,\"occurredAt\":1}";

        var events = hubSpot(("[" + good + "," + odd + "," + good + "]").getBytes(UTF_8));

        assertThat(events)
                .extracting(CanonicalEvent::type)
                .containsExactly("contact.created", "vendor.raw", "contact.created");
        assertThat(events.get(1).properties().get("payload")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 1970-01-01T00:00:00Z", "1, 1970-01-01T00:00:00.001Z", "253402300799999, 9999-12-31T23:59:59.999Z"})
    void earliest_and_latest_times_are_understood(String millis, Instant time) throws Unreadable {
        var body = "[{\"subscriptionType\":\"contact.creation\",\"objectId\":1,\"occurredAt\":" + millis + "}]";

        assertThat(hubSpot(body.getBytes(UTF_8)).getFirst())
                .returns(time, CanonicalEvent::time)
                .returns("contact.created", CanonicalEvent::type);
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 9007199254740993",
        "1780000000000000001, 1780000000000000001",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1801.0, 1801",
        "1.801e3, 1801",
        "'\" 1801 \"', 1801"
    })
    void ids_keep_every_digit(String written, String id) throws Unreadable {
        var body = "[{\"subscriptionType\":\"contact.creation\",\"objectId\":" + written + ",\"occurredAt\":1}]";

        assertThat(hubSpot(body.getBytes(UTF_8)).getFirst().subject())
                .isEqualTo(new Subject.External(new ExternalId(new ConnectionId("acme"), id)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"contact.created\",\"data\":{\"id\":1}}",
                "{\"type\":\"contact.created\",\"timestamp\":\"yesterday\",\"data\":{\"id\":1}}",
                "{\"type\":\"contact.created\",\"timestamp\":\"+999999999-12-31T23:59:59Z\",\"data\":{\"id\":1}}",
                "{\"type\":\"contact.created\",\"timestamp\":-1,\"data\":{\"id\":1}}",
                "{\"type\":\"contact.created\",\"timestamp\":1e300,\"data\":{\"id\":1}}",
                "{\"type\":\"contact.created\",\"timestamp\":1e-9000,\"data\":[]}",
                "{\"type\":\"contact.created\",\"timestamp\":1,\"data\":{}}",
                "{\"type\":\"company.created\",\"timestamp\":1,\"data\":{\"email\":\"a@b.example\"}}",
                "{\"type\":\"contact.created\",\"timestamp\":1,\"data\":{\"email\":\"nobody\"}}",
                "{\"type\":\"contact\",\"timestamp\":1,\"data\":{\"id\":1}}",
                "{\"type\":\"Contact.Created\",\"timestamp\":1,\"data\":{\"id\":1}}",
                "{\"type\":\"contact..created\",\"timestamp\":1,\"data\":{\"id\":1}}",
                "{\"type\":[],\"timestamp\":1,\"data\":{\"id\":1}}",
                "{\"type\":\"web.page_view\",\"timestamp\":1,\"data\":{\"path\":\"/\"}}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"contact.created\",\"data_base64\":\"AA==\"}"
            })
    void message_beyond_understanding_is_kept_whole(String body) throws Unreadable {
        var events = Vendors.find("standard").orElseThrow().normalize(delivery(standard(), body.getBytes(UTF_8)));

        assertThat(events).singleElement().returns("vendor.raw", CanonicalEvent::type);
        assertThat(events.getFirst().properties()).containsKeys("payload", "reason");
    }

    @Test
    void any_json_is_read_or_refused_and_read_the_same_again() {
        var random = new Random(5);
        for (var round = 0; round < 3_000; round++) {
            var body = io.signalbox.runtime.Json.bytes(value(random, 4));
            for (var vendor : Vendors.all()) {
                assertThat(attempt(vendor, body)).isEqualTo(attempt(vendor, body));
            }
        }
    }

    private static Object attempt(Vendor vendor, byte[] body) {
        try {
            return vendor.normalize(delivery(vendor, body));
        } catch (Unreadable e) {
            return e.getMessage();
        }
    }

    /** Values that hold the vendors' own words in odd places. */
    private static Value value(Random random, int depth) {
        var words = List.of(
                "type",
                "subscriptionType",
                "contact.creation",
                "contact.merge",
                "objectId",
                "occurredAt",
                "data",
                "timestamp",
                "properties",
                "vid",
                "id",
                "email",
                "a@b.example",
                "specversion",
                "1.0",
                "contact.merged",
                "versions",
                "web.page_view",
                "value",
                "mergedObjectIds",
                "merged_ids");
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> Value.of(words.get(random.nextInt(words.size())));
            case 1 -> Value.of(random.nextLong() >> random.nextInt(64));
            case 2 -> random.nextBoolean() ? Value.TRUE : Value.NULL;
            case 3 -> Value.of(new java.math.BigDecimal(new java.math.BigInteger(40, random), random.nextInt(-30, 30)));
            case 4 -> Value.of(List.of(value(random, depth - 1), value(random, depth - 1)));
            default -> {
                var members = new java.util.LinkedHashMap<String, Value>();
                for (var i = random.nextInt(8); i > 0; i--) {
                    members.put(words.get(random.nextInt(words.size())), value(random, depth - 1));
                }
                yield Value.of(members);
            }
        };
    }

    private static Vendor standard() {
        return Vendors.find("standard").orElseThrow();
    }

    private static List<CanonicalEvent> hubSpot(byte[] body) throws Unreadable {
        var vendor = Vendors.find("hubspot").orElseThrow();
        return vendor.normalize(delivery(vendor, body));
    }

    private static Delivery delivery(Vendor vendor, byte[] body) {
        return new Delivery(
                new VendorId(vendor.id().value()),
                new ConnectionId("acme"),
                Connections.NOW,
                "1-test-test",
                Map.of("webhook-id", "msg_1"),
                body);
    }
}
