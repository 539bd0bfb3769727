/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendor.ConfigurationError;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.Signatures;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that a user describes: four that are well known, as {@code events/hmac} describes them, and mistakes. */
class HmacDoorTest {

    private static final String SECRET = "0f6a1c1e5e0b4a539f0e1b7b0b0d9c11";
    private static final byte[] BODY = "{\"id\":\"1\"}".getBytes(UTF_8);

    private final Vendor door = Vendors.find("hmac").orElseThrow();

    @Test
    void stripe_is_hex_over_time_dot_body_with_the_time_in_the_header() throws Exception {
        var signed = hex(SECRET.getBytes(UTF_8), "1772359200.".getBytes(UTF_8), BODY);

        assertGenuine("stripe", "stripe-signature", "t=1772359200,v1=" + signed);
        assertGenuine("stripe", "stripe-signature", "t=1772359200,v1=" + "0".repeat(64) + ",v1=" + signed + ",v0=x");
        assertRefused("stripe", Reason.SIGNATURE_MISMATCH, "stripe-signature", "t=1772359201,v1=" + signed);
        assertRefused("stripe", Reason.TIMESTAMP_TOO_OLD, "stripe-signature", "t=1772358899,v1=" + signed);
        assertRefused("stripe", Reason.SIGNATURE_MALFORMED, "stripe-signature", "t=1772359200,v0=" + signed);
    }

    @Test
    void close_is_hex_over_time_and_body_under_a_key_in_hex() throws Exception {
        var signed = hex(HexFormat.of().parseHex(SECRET), "1772359200".getBytes(UTF_8), BODY);

        assertGenuine("close", "close-sig-hash", signed, "close-sig-timestamp", "1772359200");
        assertRefused(
                "close", Reason.SIGNATURE_MISMATCH, "close-sig-hash", signed, "close-sig-timestamp", "1772359201");
        assertRefused(
                "close",
                Reason.SIGNATURE_MISMATCH,
                "close-sig-hash",
                hex(SECRET.getBytes(UTF_8), "1772359200".getBytes(UTF_8), BODY),
                "close-sig-timestamp",
                "1772359200");
    }

    @Test
    void klaviyo_is_hex_over_body_and_time_as_http_writes_it() throws Exception {
        var time = "Sun, 01 Mar 2026 10:00:00 GMT";
        var signed = hex(SECRET.getBytes(UTF_8), BODY, time.getBytes(UTF_8));

        assertGenuine("klaviyo", "klaviyo-signature", signed, "klaviyo-timestamp", time);
        assertRefused(
                "klaviyo", Reason.TIMESTAMP_MALFORMED, "klaviyo-signature", signed, "klaviyo-timestamp", "1772359200");
    }

    @Test
    void attio_is_hex_over_the_body_alone() throws Exception {
        assertGenuine("attio", "attio-signature", hex(SECRET.getBytes(UTF_8), BODY));
        assertRefused("attio", Reason.SIGNATURE_MISMATCH, "attio-signature", hex(SECRET.getBytes(UTF_8), new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stripe", "close", "klaviyo", "attio"})
    void four_well_known_senders_can_be_described(String sender) throws Exception {
        assertThat(door.check(connection(sender))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /options/signature_header",
                "{'signature_header': 'a b'} | /options/signature_header",
                "{'signature_header': 'Host'} | /options/signature_header",
                "{'signature_header': 'S', 'algorithm': 'md5'} | /options/algorithm",
                "{'signature_header': 'S', 'signed_content': '{timestamp}'} | /options/signed_content",
                "{'signature_header': 'S', 'signed_content': 'constant'} | /options/signed_content",
                "{'signature_header': 'S', 'signed_content': '{timestamp}{body}'} | /options/signed_content",
                "{'signature_header': 'S', 'timestamp_header': 'T'} | /options/signed_content",
                "{'signature_header': 'S', 'timestamp_header': 's', 'signed_content': '{timestamp}{body}'}"
                        + " | /options/timestamp_header",
                "{'signature_header': 'S', 'signed_content': '{id}.{body}'} | /options/id_header",
                "{'signature_header': 'S', 'id_header': 'I'} | /options/id_header",
                "{'signature_header': 'S', 'id_header': 'I', 'signed_content': '{id}{body}'} | /options/signed_content",
                "{'signature_header': 'S', 'timestamp_element': 't', 'prefix': 'v1=',"
                        + " 'signed_content': '{timestamp}{body}'} | /options/separator",
                "{'signature_header': 'S', 'timestamp_element': 't', 'prefix': 't=', 'separator': ',',"
                        + " 'signed_content': '{timestamp}{body}'} | /options/timestamp_element",
                "{'signature_header': 'S', 'timestamp_element': 't', 'timestamp_header': 'T', 'prefix': 'v1=',"
                        + " 'separator': ',', 'signed_content': '{timestamp}{body}'} | /options/timestamp_element",
                "{'signature_header': 'S', 'separator': ','} | /options/prefix",
                "{'signature_header': 'S', 'tolerance_seconds': 0} | /options/tolerance_seconds",
                "{'signature_header': 'S', 'tolerance_seconds': 86400} | /options/tolerance_seconds",
                "{'signature_header': 'S', 'type_path': 'event.type'} | /options/type_path",
                "{'signature_header': 'S', 'types': {'a': 'Contact'}} | /options/types",
                "{'signature_header': 'S', 'types': {'a': 7}} | /options/types",
                "{'signature_header': 'S', 'types': []} | /options/types",
                "{'signature_header': 'S', 'allow_all': true} | /options/allow_all",
                "{'signature_header': 'S', 'secret_encoding': 'base64'} | /secrets/0"
            })
    void description_that_cannot_work_or_would_let_anything_in_is_refused(String options, String pointer)
            throws Exception {
        var connection = Connections.of("hmac", "https://a.example/", options(options), "not base64: 0f6a1c1e5e0b4a53");

        assertThat(door.check(connection))
                .extracting(ConfigurationError::pointer)
                .containsOnly(pointer);
        if (pointer.startsWith("/options")) {
            assertThat(door.verify(request("s", "x"), connection, NOW))
                    .extracting("reason")
                    .isEqualTo(Reason.SCHEME_NOT_ALLOWED);
        }
    }

    @Test
    void key_of_fewer_than_16_bytes_is_refused_however_it_is_written() throws Exception {
        for (var each : Map.of("hex", "ab".repeat(15), "base64", "AAAAAAAAAAAAAAAAAAAA", "text", "fifteen letters")
                .entrySet()) {
            var connection = Connections.of(
                    "hmac",
                    "https://a.example/",
                    options("{'signature_header': 'S', 'secret_encoding': '" + each.getKey() + "'}"),
                    each.getValue());

            assertThat(door.check(connection))
                    .extracting(ConfigurationError::code)
                    .containsExactly("INVALID");
        }
    }

    @Test
    void same_delivery_is_the_same_event_and_another_is_not() throws Exception {
        var body = "{\"events\":[{\"event_type\":\"record.updated\",\"id\":{\"record_id\":\"r1\"}}]}".getBytes(UTF_8);
        var first = event("attio", body, NOW, "idempotency-key", "k1");

        assertThat(event("attio", body, NOW.plusSeconds(60), "idempotency-key", "k1")
                        .id())
                .isEqualTo(first.id());
        assertThat(event("attio", body, NOW, "idempotency-key", "k2").id()).isNotEqualTo(first.id());
        assertThat(event("attio", body, NOW).id()).isNotEqualTo(first.id());
        assertThat(event("attio", body, NOW).id())
                .isEqualTo(event("attio", body, NOW.plusSeconds(60)).id());
        assertThat(first.type()).isEqualTo("contact.updated");
    }

    private CanonicalEvent event(String sender, byte[] body, Instant receivedAt, String... headers) throws Exception {
        var request = new InboundRequest("POST", "", Headers.of(headers), body);
        var kept = door.kept(request, connection(sender));
        var delivery = new Delivery(door.id(), new ConnectionId("acme"), receivedAt, "1-test-test", kept, body);
        return door.normalize(delivery).getFirst();
    }

    @Test
    void events_path_that_leads_nowhere_keeps_the_body_whole() throws Exception {
        var event = event("attio", "{\"event\":1}".getBytes(UTF_8), NOW);

        assertThat(event.type()).isEqualTo("vendor.raw");
        assertThat(event.properties().get("payload")).isEqualTo(Json.parse("{\"event\":1}"));
    }

    private void assertGenuine(String sender, String... headers) throws Exception {
        assertThat(door.verify(request(headers), connection(sender), NOW))
                .isInstanceOfSatisfying(
                        Verdict.Genuine.class,
                        genuine -> assertThat(genuine.secretId()).isEqualTo("s0"));
    }

    private void assertRefused(String sender, Reason reason, String... headers) throws Exception {
        assertThat(door.verify(request(headers), connection(sender), NOW))
                .extracting("reason")
                .isEqualTo(reason);
    }

    private static InboundRequest request(String... headers) {
        return new InboundRequest("POST", "", Headers.of(headers), BODY);
    }

    private static Connection connection(String sender) throws IOException, Json.Malformed {
        var file = SampleBodiesTest.EVENTS.resolve("hmac").resolve(sender + SampleBodiesTest.OPTIONS);
        return Connections.of("hmac", "https://a.example/hooks", options(Files.readString(file)), SECRET);
    }

    private static Map<String, Value> options(String json) throws Json.Malformed {
        return new LinkedHashMap<>(((Value.Obj) Json.parse(json.replace('\'', '"'))).members());
    }

    private static String hex(byte[] key, byte[]... parts) {
        assertThat(Hmac.SHA256.of(key, parts)).isEqualTo(Signatures.hmacSha256(key, parts));
        return HexFormat.of().formatHex(Hmac.SHA256.of(key, parts));
    }
}
