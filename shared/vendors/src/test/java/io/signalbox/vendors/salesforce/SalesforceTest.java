/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.vendors.Headers;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.Xml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceTest {

    private static final Path EVENTS = Path.of("..", "..", "events", "salesforce");
    private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");
    private static final String SECRET = "w7Tq-2mB9xKfV4sLzR8pYc6NdHgJ3uEaoQ1iXtZ5";

    private final Salesforce salesforce = new Salesforce();

    /** The pair is the documented example's: developer.salesforce.com, "ID Field Type". */
    @ParameterizedTest
    @CsvSource({
        "0015000000Gv7qJ, 0015000000Gv7qJAAR",
        "00D5f000005KcCn, 00D5f000005KcCnEAK",
        "0015f00002J9YYF, 0015f00002J9YYFAA3",
        "04l1I000000fztE, 04l1I000000fztEQAQ",
        "0015000000Gv7qJAAR, 0015000000Gv7qJAAR"
    })
    void id_of_15_characters_and_of_18_are_the_same_record(String id, String full) {
        assertThat(SalesforceIds.full(id)).contains(full);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "001*", "000000000000000AAA", "0015000000Gv7q", "0015000000Gv7q'", "0015000000Gv7qJA"})
    void what_names_no_one_record_is_no_id(String id) {
        assertThat(SalesforceIds.full(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>",
                "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\">]><a>&y;&y;</a>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\"> %p;]><a/>",
                "<a>&undeclared;</a>",
                "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\"/></a>",
                "<a><b></a></b>",
                "<a/><b/>"
            })
    void document_that_reaches_out_or_is_broken_is_unreadable_and_not_quoted(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(Unreadable.class)
                .hasMessageNotContainingAny("passwd", "127.0.0.1", "xxxxx", "undeclared");
    }

    /** The JDK's parser tells the standard error of bytes that are no text, if it is let. */
    @Test
    void document_of_any_bytes_prints_nothing() throws IOException {
        var document = sample("contact-created.xml").getBytes(UTF_8);
        var random = new Random(5);
        var before = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));
        try {
            for (var i = 0; i < 2_000; i++) {
                var broken =
                        Arrays.copyOf(document, i % 2 == 0 ? document.length : 1 + random.nextInt(document.length - 1));
                broken[random.nextInt(Math.min(80, broken.length))] = (byte) random.nextInt(256);
                OutboundMessage.organization(broken);
            }
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    @Test
    void document_that_is_deep_or_has_many_elements_is_unreadable() {
        assertThatThrownBy(() -> read("<a>".repeat(100_000))).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> read("<a>" + "<b/>".repeat(60_000) + "</a>"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("50000");
    }

    @Test
    void message_of_another_space_or_without_notifications_is_unreadable() throws IOException {
        var body = sample("contact-created.xml");

        assertThatThrownBy(() -> read(body.replace("soap.sforce.com/2005/09", "soap.example.com/2005/09")))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> read(body.replace("schemas.xmlsoap.org", "schemas.example.org")))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> read(body.replaceAll("(?s)<Notification>.*</Notification>", "")))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void batch_of_100_is_100_events_in_their_order() throws Exception {
        var events = read(sample("batch-of-100.xml"));

        assertThat(events).hasSize(100);
        assertThat(events).extracting(CanonicalEvent::time).isSorted();
        assertThat(events.stream().map(CanonicalEvent::id).distinct()).hasSize(100);
    }

    @Test
    void retry_that_shows_a_later_state_is_the_same_event() throws Exception {
        var first = sample("contact-updated.xml");
        var later = first.replace("12:30:15", "12:45:00").replace("ada@northwind", "lovelace@northwind");

        assertThat(read(later).getFirst().id()).isEqualTo(read(first).getFirst().id());
        assertThat(read(later).getFirst().time()).isAfter(read(first).getFirst().time());
    }

    @Test
    void session_id_is_neither_read_nor_kept() throws Exception {
        var body = sample("contact-with-session.xml");
        var kept = new String(salesforce.bodyToKeep(request("token=" + SECRET, body), connection(Map.of())), UTF_8);

        assertThat(body).contains("NotARealSession");
        assertThat(kept).hasSameSizeAs(body).doesNotContain("NotARealSession", "00D5g00000Kf3aX!");
        assertThat(read(kept)).isEqualTo(read(body));
        assertThat(read(body).toString()).doesNotContain("NotARealSession");
    }

    @Test
    void body_without_a_session_is_kept_as_it_is() throws Exception {
        var request = request("", sample("contact-created.xml"));

        assertThat(salesforce.bodyToKeep(request, connection(Map.of()))).isSameAs(request.body());
    }

    @ParameterizedTest
    @CsvSource({
        "00D5g00000Kf3aXEAR, true",
        "00D5g00000Kf3aX, true",
        "00D5g00000Kf3ax, false",
        "00D5g00000Kf3aYEAR, false"
    })
    void organization_must_be_the_configured_one_in_either_form(String configured, boolean isGenuine)
            throws IOException {
        var connection = connection(Map.of("organization_id", Value.of(configured)));
        var verdict = salesforce.verify(request("token=" + SECRET, sample("contact-created.xml")), connection, NOW);

        if (isGenuine) {
            assertThat(verdict).isInstanceOf(Verdict.Genuine.class);
        } else {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.SENDER_NOT_ALLOWED));
        }
    }

    @Test
    void organization_is_not_looked_for_before_the_secret_is_right() {
        var connection = connection(Map.of("organization_id", Value.of("00D5g00000Kf3aX")));

        assertThat(salesforce.verify(request("token=wrong", "<!DOCTYPE a>"), connection, NOW))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CREDENTIAL_MISMATCH));
        assertThat(salesforce.verify(request("token=" + SECRET, "<!DOCTYPE a>"), connection, NOW))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void message_is_answered_by_the_ack_that_salesforce_waits_for() throws Exception {
        var reply = salesforce.acknowledgement(request("", "")).orElseThrow();
        var envelope = Xml.parse(reply.body().getBytes(UTF_8));

        assertThat(reply.mediaType()).isEqualTo("text/xml");
        assertThat(envelope.space()).isEqualTo("http://schemas.xmlsoap.org/soap/envelope/");
        var response = envelope.child("Body")
                .orElseThrow()
                .child("notificationsResponse")
                .orElseThrow();
        assertThat(response.space()).isEqualTo("http://soap.sforce.com/2005/09/outbound");
        assertThat(response.textOf("Ack")).isEqualTo("true");
    }

    @Test
    void commit_number_beyond_what_a_double_holds_changes_nothing() throws Exception {
        var body = sample("change-contact-update.json");

        assertThat(read(body)).isEqualTo(read(body.replace("1772359200683617281", "1772359200683617282")));
    }

    @Test
    void change_of_two_records_is_an_event_of_each() throws Exception {
        var events = read(sample("change-account-create-two.json"));

        assertThat(events).hasSize(2);
        assertThat(events.get(0).id()).isNotEqualTo(events.get(1).id());
    }

    private List<CanonicalEvent> read(String body) throws Unreadable {
        return salesforce.normalize(new Delivery(
                Salesforce.ID, new ConnectionId("acme"), NOW, "1-test-test", Map.of(), body.getBytes(UTF_8)));
    }

    private static String sample(String name) throws IOException {
        return Files.readString(EVENTS.resolve(name));
    }

    private static InboundRequest request(String query, String body) {
        return new InboundRequest("POST", query, new Headers(0), body.getBytes(UTF_8));
    }

    private static Connection connection(Map<String, Value> options) {
        return new Connection(
                new ConnectionId("acme"),
                Salesforce.ID,
                URI.create("https://hooks.example.com/hooks/v1/salesforce/acme"),
                List.of(new Connection.Secret("s0", SECRET, NOW.minus(Duration.ofDays(1)), Optional.empty())),
                options,
                NOW.minus(Duration.ofDays(1)));
    }
}
