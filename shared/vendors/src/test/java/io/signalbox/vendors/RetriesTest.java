/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent again is the same event; what differs in its identity is another. */
class RetriesTest {

    /** Bodies in which their author left out when it happened: the time is that of the attempt, and there is no other. */
    private static final List<String> WITHOUT_TIME = List.of(
            "marketo/contact-created-form",
            "marketo/lead-without-event",
            "marketo/nobody",
            "salesforce/contact-without-times",
            "hmac/attio",
            "hmac/generic-without-id-or-time",
            "zendesk/trigger-own-body");

    /** Their samples tell one story each; those of other vendors may tell one event in two forms. */
    private static final List<String> APART =
            List.of("hubspot", "zendesk", "pipedrive", "segment", "mailchimp", "meta");

    static List<Path> bodies() throws IOException {
        return SampleBodiesTest.bodies();
    }

    static List<Path> timedBodies() throws IOException {
        return bodies().stream()
                .filter(body -> WITHOUT_TIME.stream().noneMatch(body.toString()::startsWith))
                .toList();
    }

    /** Later, and with all else that a vendor changes from attempt to attempt. */
    @ParameterizedTest
    @MethodSource("timedBodies")
    void every_sample_sent_again_an_hour_later_has_the_same_ids_and_times(Path body) throws Exception {
        var again = new String(Files.readAllBytes(SampleBodiesTest.EVENTS.resolve(body)), UTF_8)
                .replaceAll("\"(attemptNumber|attempt|retry)\": ?[0-9]+", "\"$1\": 3");

        var first = events(body, Files.readAllBytes(SampleBodiesTest.EVENTS.resolve(body)), NOW);
        var second = events(body, again.getBytes(UTF_8), NOW.plus(Duration.ofHours(1)));

        assertThat(second)
                .extracting(CanonicalEvent::id)
                .isEqualTo(first.stream().map(CanonicalEvent::id).toList());
        if (first.stream().noneMatch(event -> event.type().equals("vendor.raw"))) {
            assertThat(second).isEqualTo(first);
        }
    }

    static List<Path> undatedBodies() throws IOException {
        var dated = timedBodies();
        return bodies().stream().filter(body -> !dated.contains(body)).toList();
    }

    /** They are told by their id alone: PipelineTest has what that means. */
    @ParameterizedTest
    @MethodSource("undatedBodies")
    void a_body_without_a_time_sent_again_has_the_same_ids_and_says_that_it_is_undated(Path body) throws Exception {
        var bytes = Files.readAllBytes(SampleBodiesTest.EVENTS.resolve(body));
        var first = stored(body, bytes, NOW);
        var second = stored(body, bytes, NOW.plus(Duration.ofHours(1)));

        assertThat(second)
                .extracting(CanonicalEvent::id)
                .isEqualTo(first.stream().map(CanonicalEvent::id).toList());
        assertThat(first).allMatch(CanonicalEvent::isUndated);
        assertThat(second).allMatch(CanonicalEvent::isUndated);
    }

    @ParameterizedTest
    @MethodSource("timedBodies")
    void what_says_when_it_was_is_not_undated_but_where_it_is_kept_whole(Path body) throws Exception {
        var bytes = Files.readAllBytes(SampleBodiesTest.EVENTS.resolve(body));

        assertThat(stored(body, bytes, NOW.plusMillis(777)))
                .allMatch(event -> !event.isUndated() || event.type().equals("vendor.raw"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void events_of_one_sample_are_told_apart(Path body) throws Exception {
        var events = events(body, Files.readAllBytes(SampleBodiesTest.EVENTS.resolve(body)), NOW);

        assertThat(new HashSet<>(events.stream().map(CanonicalEvent::id).toList()))
                .hasSameSizeAs(events);
    }

    @Test
    void events_of_different_samples_are_different() throws Exception {
        var seen = new HashMap<String, Path>();
        for (var body : bodies()) {
            if (!APART.contains(body.getName(0).toString())) {
                continue;
            }
            for (var event : events(body, Files.readAllBytes(SampleBodiesTest.EVENTS.resolve(body)), NOW)) {
                var before = seen.put(event.id().value(), body);
                assertThat(before == null || before.equals(body))
                        .as(before + " and " + body)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "zendesk/ticket-created.json, '\"id\": \"2b24ef10', '\"id\": \"3b24ef10'",
        "zendesk/trigger-ticket-updated.json, INVOCATION, other",
        "pipedrive/deal-change.json, '\"id\": \"71825ee0', '\"id\": \"81825ee0'",
        "pipedrive/deal-change.json, '\"company_id\": \"11149162\"', '\"company_id\": \"11149163\"'",
        "pipedrive/v1-updated-deal.json, '\"timestamp_micro\": 1772359260600882', '\"timestamp_micro\":"
                + " 1772359260600883'",
        "pipedrive/v1-updated-deal.json, '\"company_id\": 11149162', '\"company_id\": 11149163'",
        "segment/track.json, ajs-next-022bb90c, ajs-next-122bb90c",
        "mailchimp/profile.txt, 10%3A03%3A00, 10%3A03%3A01",
        "mailchimp/profile.txt, a6b5da1054, a6b5da1055",
        "mailchimp/profile.txt, 8a25ff1d98, 8a25ff1d99",
        "mailchimp/profile.txt, type=profile, type=unsubscribe",
        "meta/leadgen.json, 123123123123, 123123123124",
        "linkedin/created-sponsored.json, 51e1b3f6c001, 51e1b3f6c002",
        "linkedin/created-sponsored.json, CREATED, DELETED"
    })
    void event_that_differs_in_its_identity_is_another_event(String file, String said, String other) throws Exception {
        var body = Path.of(file);
        var text = Files.readString(SampleBodiesTest.EVENTS.resolve(body));
        var isHeader = said.equals("INVOCATION");
        assertThat(isHeader || text.contains(said)).isTrue();

        var first = events(body, bytes(text), NOW).getFirst();
        var second = isHeader
                ? vendor(body)
                        .normalize(delivery(body, bytes(text), NOW, Map.of("x-zendesk-webhook-invocation-id", other)))
                        .getFirst()
                : events(body, bytes(text.replace(said, other)), NOW).getFirst();

        assertThat(second.id()).isNotEqualTo(first.id());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Vendor vendor(Path body) {
        return Vendors.find(body.getName(0).toString()).orElseThrow();
    }

    private static List<CanonicalEvent> events(Path body, byte[] bytes, Instant at) throws Exception {
        return vendor(body).normalize(delivery(body, bytes, at, SampleBodiesTest.headers(body)));
    }

    private static List<CanonicalEvent> stored(Path body, byte[] bytes, Instant at) throws Exception {
        return vendor(body).events(delivery(body, bytes, at, SampleBodiesTest.kept(body)), ConnectionSettings.NONE);
    }

    private static Delivery delivery(Path body, byte[] bytes, Instant at, Map<String, String> headers) {
        return new Delivery(
                new VendorId(body.getName(0).toString()), new ConnectionId("acme"), at, "1-test-test", headers, bytes);
    }
}
