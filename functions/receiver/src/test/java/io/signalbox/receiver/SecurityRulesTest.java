/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.queue.MemoryEventQueue;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Metrics;
import io.signalbox.testkit.SettableClock;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.Signatures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rules that fall out of how vendors sign, one test each, at the door that the vendors knock on. They are the same for
 * all vendors they concern; what is one vendor's alone is tested with it.
 */
class SecurityRulesTest {

    /** Vendors that cannot sign, or do not in the way that their samples show. */
    private static final Set<String> SHARED_SECRETS =
            Set.of("salesforce", "zoho", "dynamics", "pipedrive", "gong", "marketo");

    private final SettableClock clock = SettableClock.at("2026-03-01T10:00:00Z");
    private final MemoryParameters parameters = new MemoryParameters();
    private final MemoryEventQueue queue = new MemoryEventQueue();
    private final ConnectionParameters connections = new ConnectionParameters(parameters, clock);
    private final PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    private final ReceiverHandler handler = new ReceiverHandler(
            new Receiver(new Env(Map.of("PUBLIC_URL", "https://signalbox.test")), connections, queue, clock),
            new Log("receiver", clock, out),
            new Metrics("receiver", clock, out));

    @Test
    void rule_1_signatures_are_over_the_raw_bytes() throws Exception {
        for (var vendor : signing()) {
            var connection = connect(vendor, 1);
            var signed = signed(vendor, connection);
            assertStatus(200, event(connection, signed));
            assertStatus(200, event(connection, signed).inBase64());
            assertStatus(401, event(connection, signed).withBody(other(signed.body())));
        }
    }

    /** The same to whoever parses it, and other bytes. */
    private static byte[] other(byte[] body) {
        try {
            var pretty = Json.pretty(Json.parse(body)).getBytes(UTF_8);
            return Arrays.equals(pretty, body) ? (new String(body, UTF_8) + "\n").getBytes(UTF_8) : pretty;
        } catch (Json.Malformed e) {
            return (new String(body, UTF_8) + "&").getBytes(UTF_8);
        }
    }

    @Test
    void rule_2_header_names_have_no_case_and_a_proof_is_given_once() throws Exception {
        for (var vendor : signing()) {
            var connection = connect(vendor, 2);
            var signed = signed(vendor, connection);
            var later = vendor.samples()
                    .sign(signed.body(), connection, clock.instant().plusSeconds(1));
            var another = vendor.samples().sign(new byte[] {'{', '}'}, connection, clock.instant());
            var shouted = new LinkedHashMap<String, String>();
            signed.headers().forEach((name, value) -> shouted.put(name.toUpperCase(Locale.ROOT), value));
            assertStatus(
                    200, event(connection, new VendorSamples.Signed("POST", signed.query(), shouted, signed.body())));
            for (var header : signed.headers().entrySet()) {
                var isProof = header.getKey().contains("signature")
                        && (!header.getValue().equals(later.headers().get(header.getKey()))
                                || !header.getValue().equals(another.headers().get(header.getKey())));
                if (isProof) {
                    // As the gateway joins a header that comes twice.
                    var twice = header.getValue() + "," + header.getValue();
                    assertStatus(401, event(connection, signed).with(header.getKey(), twice));
                }
            }
        }
    }

    @Test
    void rule_3_the_url_that_is_signed_is_the_configured_one_whatever_the_host_header_says() throws Exception {
        var vendor = vendor("hubspot");
        var connection = connect(vendor, 3);
        var elsewhere = with(connection, "https://evil.example/hooks/v1/hubspot/own");
        var body = "[]".getBytes(UTF_8);

        assertStatus(
                200,
                event(connection, vendor.samples().sign(body, connection, clock.instant()))
                        .with("host", "evil.example")
                        .with("x-forwarded-host", "evil.example")
                        .with("x-forwarded-proto", "http"));
        assertStatus(
                401,
                event(connection, vendor.samples().sign(body, elsewhere, clock.instant()))
                        .with("host", "evil.example")
                        .with("x-forwarded-host", "evil.example"));
    }

    @Test
    void rule_4_a_weaker_signature_counts_only_where_it_was_opted_in_and_no_better_one_is_there() throws Exception {
        var body = "[]".getBytes(UTF_8);
        var connection = connect(vendor("hubspot"), 4);
        var secret = connection.secrets().getFirst().value();
        var v1 = Map.of(
                "content-type", "application/json",
                "x-hubspot-signature", Signatures.sha256Hex(secret.getBytes(UTF_8), body),
                "x-hubspot-signature-version", "v1");

        assertStatus(401, HttpEvents.post("hubspot", "own", v1, body));
        connect(vendor("hubspot"), 4, Map.of("allow_v1", Value.TRUE));
        assertStatus(200, HttpEvents.post("hubspot", "own", v1, body));
        assertStatus(
                401,
                HttpEvents.post("hubspot", "own", v1, body)
                        .with("x-hubspot-signature-v3", "A".repeat(43) + "=")
                        .with("x-hubspot-request-timestamp", Long.toString(clock.millis())));
    }

    @Test
    void rule_5_a_challenge_is_no_oracle_and_no_echo() throws Exception {
        var linkedIn = connect(vendor("linkedin"), 5);
        var key = linkedIn.secrets().getFirst().value().getBytes(UTF_8);
        var forged = "hmacsha256={\"type\":\"LEAD_ACTION\"}";
        var oracle = get(linkedIn, "challengeCode=" + URLEncoder.encode(forged, UTF_8))
                .to(handler);
        assertThat(oracle.status()).isEqualTo(401);
        assertThat(Json.text(oracle.body()))
                .doesNotContain(HexFormat.of().formatHex(Hmac.SHA256.of(key, forged.getBytes(UTF_8))));
        assertStatus(200, get(linkedIn, "challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0"));

        var meta = connect(vendor("meta"), 5);
        var token = meta.options().get("verify_token").asText();
        assertStatus(200, get(meta, "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + token));
        assertStatus(401, get(meta, "hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=" + token));
        assertStatus(401, get(meta, "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=guess"));

        var slack = connect(vendor("slack"), 5);
        var question = "{\"type\":\"url_verification\",\"challenge\":\"c-1\"}".getBytes(UTF_8);
        var json = Map.of("content-type", "application/json");
        assertThat(Json.text(HttpEvents.post("slack", "own", json, question)
                        .to(handler)
                        .body()))
                .doesNotContain("c-1");
        assertThat(event(slack, vendor("slack").samples().sign(question, slack, clock.instant()))
                        .to(handler)
                        .body())
                .isEqualTo(Value.of("c-1"));
        assertThat(queue.deliveries()).isEmpty();
    }

    private static HttpEvents get(Connection connection, String query) {
        return HttpEvents.post(connection.vendor().value(), "own", Map.of(), new byte[0])
                .withMethod("GET")
                .withQuery(query);
    }

    @Test
    void rule_6_no_byte_moves_between_time_and_body_where_nothing_stands_between() throws Exception {
        var body = "1{\"a\":1}".getBytes(UTF_8);
        var shorter = Arrays.copyOfRange(body, 1, body.length);

        // HubSpot signs method, URL, body, time: the time's first digit would be the body's last.
        var hubSpot = connect(vendor("hubspot"), 6);
        var signed = vendor("hubspot").samples().sign(body, hubSpot, clock.instant());
        var time = signed.headers().get("x-hubspot-request-timestamp");
        assertStatus(200, event(hubSpot, signed));
        assertStatus(
                401,
                event(hubSpot, signed)
                        .withBody((new String(body, UTF_8) + time.charAt(0)).getBytes(UTF_8))
                        .with("x-hubspot-request-timestamp", time.substring(1)));

        // Zendesk, and Close by the generic door, sign time and body: the body's first byte would be the time's last.
        for (var id : List.of("zendesk", "hmac")) {
            var options = id.equals("hmac")
                    ? Map.of(
                            "signature_header", Value.of("X-Zendesk-Webhook-Signature"),
                            "timestamp_header", Value.of("X-Zendesk-Webhook-Signature-Timestamp"),
                            "signed_content", Value.of("{timestamp}{body}"))
                    : vendor(id).samples().options();
            var connection = connect(vendor(id), 6, options);
            var sent = vendor(id).samples().sign(body, connection, clock.instant());
            var at = sent.headers().get("x-zendesk-webhook-signature-timestamp");
            assertStatus(200, event(connection, sent));
            assertStatus(
                    401,
                    event(connection, sent).withBody(shorter).with("x-zendesk-webhook-signature-timestamp", at + "1"));
        }
    }

    @Test
    void rule_7_a_secret_that_the_world_knows_is_no_setting() {
        for (var each : Map.of(
                        "zendesk", "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==",
                        "hubspot", "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
                        "slack", "8f742231b10e8888abcd99yyyzzz85a5",
                        "hmac", "8f742231b10e8888abcd99yyyzzz85a5",
                        "standard", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .entrySet()) {
            var vendor = vendor(each.getKey());
            var connection =
                    connection(vendor, "own", each.getValue(), vendor.samples().options());

            assertThat(vendor.check(connection))
                    .extracting(Vendor.ConfigurationError::code)
                    .containsExactly("PUBLIC_SECRET");
        }
    }

    @Test
    void rule_8_a_batch_of_which_the_first_alone_is_signed_is_refused() throws Exception {
        var segment = connect(vendor("segment"), 8);
        var first = "{\"type\":\"track\"}";
        var signed = vendor("segment").samples().sign(first.getBytes(UTF_8), segment, clock.instant());

        assertStatus(200, event(segment, signed));
        assertStatus(200, event(segment, signed).withBody(("[" + first + "]").getBytes(UTF_8)));
        assertStatus(401, event(segment, signed).withBody(("[" + first + ",{\"type\":\"identify\"}]").getBytes(UTF_8)));
    }

    @Test
    void rule_9_where_a_secret_is_all_the_proof_it_is_long_and_the_connections_own() throws Exception {
        for (var vendor : Vendors.all()) {
            if (!SHARED_SECRETS.contains(vendor.id().value())) {
                continue;
            }
            var options = vendor.samples().options();
            for (var weak : List.of("secret", "w7Tq-2mB9xKfV4sLzR8pYc6", "a".repeat(40))) {
                assertThat(vendor.check(connection(vendor, "own", weak, options)))
                        .as("%s takes %s", vendor.id(), weak)
                        .isNotEmpty();
            }
            var mine = connect(vendor, 9);
            var body = vendor.samples()
                    .life(new Random(9), clock.instant())
                    .bodies()
                    .getFirst();
            var theirs = connection(vendor, "own", vendor.samples().newSecret(new Random(10)), options);
            assertStatus(200, event(mine, vendor.samples().sign(body, mine, clock.instant())));
            assertStatus(401, event(mine, vendor.samples().sign(body, theirs, clock.instant())));
        }
    }

    @Test
    void rule_10_ids_past_2_to_the_53rd_keep_every_digit() throws Exception {
        var id = "9007199254740993";
        var bodies = Map.of(
                "hubspot",
                "[{\"subscriptionType\":\"contact.creation\",\"objectId\":" + id + ",\"occurredAt\":1}]",
                "meta",
                "{\"object\":\"page\",\"entry\":[{\"id\":1,\"time\":1,\"changes\":[{\"field\":\"leadgen\",\"value\":"
                        + "{\"leadgen_id\":" + id + ",\"page_id\":1,\"form_id\":1,\"created_time\":1440120384}}]}]}",
                "marketo",
                "{\"id\":" + id + "}",
                "standard",
                "{\"type\":\"contact.created\",\"timestamp\":1,\"data\":{\"id\":" + id + "}}",
                "hmac",
                "{\"event\":\"customer.created\",\"at\":1,\"customer\":" + id + ",\"object\":{}}");
        for (var each : bodies.entrySet()) {
            var vendor = vendor(each.getKey());
            var connection = connect(vendor, 10);
            assertStatus(
                    200,
                    event(
                            connection,
                            vendor.samples().sign(each.getValue().getBytes(UTF_8), connection, clock.instant())));

            assertThat(vendor.normalize(queue.deliveries().getLast()))
                    .extracting(CanonicalEvent::subject)
                    .contains(new Subject.External(new ExternalId(new ConnectionId("own"), id)));
        }
    }

    @Test
    void rule_11_xml_reaches_for_nothing_and_a_form_is_read_after_it_is_proven() throws Exception {
        var salesforce = vendor("salesforce");
        var soap = new String(
                salesforce
                        .samples()
                        .life(new Random(11), clock.instant())
                        .bodies()
                        .getFirst(),
                UTF_8);
        var root = soap.indexOf('<', soap.startsWith("<?xml") ? soap.indexOf("?>") : 0);
        for (var doctype : List.of(
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/evil.dtd\">",
                "<!DOCTYPE a [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>")) {
            var body = (soap.substring(0, root) + doctype + soap.substring(root)).getBytes(UTF_8);
            assertThatThrownBy(() -> salesforce.normalize(delivery(salesforce, body)))
                    .isInstanceOf(Vendor.Unreadable.class);
        }

        var mailchimp = vendor("mailchimp");
        var connection = connect(mailchimp, 11);
        var form = "type=subscribe&data[email]=a%40b.example".getBytes(UTF_8);
        var same = "type=subscribe&data%5Bemail%5D=a@b.example".getBytes(UTF_8);
        var signed = mailchimp.samples().sign(form, connection, clock.instant());
        assertStatus(200, event(connection, signed));
        assertStatus(401, event(connection, signed).withBody(same));
    }

    @Test
    void rule_12_nothing_is_acknowledged_before_the_queue_has_it() throws Exception {
        for (var vendor : Vendors.all()) {
            var connection = connect(vendor, 12);
            var signed = signed(vendor, connection);
            var before = queue.deliveries().size();
            queue.setAway(true);
            assertStatus(503, event(connection, signed));
            queue.setAway(false);
            assertThat(queue.deliveries()).hasSize(before);
            assertStatus(200, event(connection, signed));
            assertThat(queue.deliveries()).hasSize(before + 1);
        }
    }

    private static List<Vendor> signing() {
        return Vendors.all().stream()
                .filter(vendor -> !SHARED_SECRETS.contains(vendor.id().value()))
                .toList();
    }

    private static Vendor vendor(String id) {
        return Vendors.find(id).orElseThrow();
    }

    private Connection connect(Vendor vendor, int seed) throws Exception {
        return connect(vendor, seed, options(vendor));
    }

    /** Mailchimp's samples show the proof by a secret in the URL; here it is to sign. */
    private static Map<String, Value> options(Vendor vendor) {
        return vendor.id().value().equals("mailchimp")
                ? Map.of("proof", Value.of("signature"))
                : vendor.samples().options();
    }

    /** The one connection there is: {@code own}. */
    private Connection connect(Vendor vendor, int seed, Map<String, Value> options) throws Exception {
        var connection = connection(vendor, "own", vendor.samples().newSecret(new Random(seed)), options);
        parameters.delete("connections/own");
        connections.save(connection);
        // Past what the receiver remembers of the one before.
        clock.advance(Duration.ofMinutes(2));
        return connection;
    }

    private Connection connection(Vendor vendor, String id, String secret, Map<String, Value> options) {
        return new Connection(
                new ConnectionId(id),
                new VendorId(vendor.id().value()),
                URI.create("https://signalbox.test/hooks/v1/" + vendor.id() + "/" + id),
                List.of(new Connection.Secret("s1", secret, clock.instant(), Optional.empty())),
                options,
                clock.instant());
    }

    private static Connection with(Connection connection, String url) {
        return new Connection(
                connection.id(),
                connection.vendor(),
                URI.create(url),
                connection.secrets(),
                connection.options(),
                connection.createdAt());
    }

    private VendorSamples.Signed signed(Vendor vendor, Connection connection) {
        var body =
                vendor.samples().life(new Random(7), clock.instant()).bodies().getFirst();
        return vendor.samples().sign(body, connection, clock.instant());
    }

    private static HttpEvents event(Connection connection, VendorSamples.Signed signed) {
        return HttpEvents.of(connection.vendor().value(), "own", signed);
    }

    private static Delivery delivery(Vendor vendor, byte[] body) {
        return new Delivery(vendor.id(), new ConnectionId("own"), Instant.EPOCH, "1-test-test", Map.of(), body);
    }

    private void assertStatus(int status, HttpEvents event) throws Exception {
        assertThat(event.to(handler).status())
                .as("%s %s", event.vendor(), event.query())
                .isEqualTo(status);
    }
}
