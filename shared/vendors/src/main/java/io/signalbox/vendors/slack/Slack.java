/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Reply;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.HmacScheme;
import io.signalbox.vendors.signing.SignedContent;
import io.signalbox.vendors.signing.SignedTime;
import io.signalbox.vendors.signing.TextForm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Slack: the Events API, and slash commands and interactivity, which share its URL form and its signature. A member of
 * the workspace is a contact, and what one does an engagement of that contact.
 *
 * <p>Source: docs.slack.dev/authentication/verifying-requests-from-slack and docs.slack.dev/apis/events-api. Slack asks
 * whose endpoint this is by a signed {@code url_verification}, which is answered with its challenge only after the
 * signature was found right, and only where the challenge has the form of Slack's.
 */
public final class Slack implements Vendor {

    static final VendorId ID = new VendorId("slack");
    static final String TIMESTAMP = "x-slack-request-timestamp";

    static final HmacScheme SCHEME = new HmacScheme(
            "v0",
            "x-slack-signature",
            Hmac.SHA256,
            TextForm.HEX,
            "v0=",
            "",
            SignedTime.header(TIMESTAMP, SignedTime.Unit.SECONDS),
            null,
            SignedContent.of("v0:{timestamp}:{body}"),
            TextForm.TEXT);

    /** Signing secrets have 32 characters. */
    private static final int SHORTEST_SECRET = 24;

    private static final int LONGEST_CHALLENGE_BODY = 1_024;
    private static final int LONGEST_CHALLENGE = 200;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Slack";
    }

    @Override
    public URI documentation() {
        return URI.create("https://docs.slack.dev/apis/events-api/");
    }

    @Override
    public String signing() {
        return "HMAC-SHA256 over v0, time and body, 5 minutes either way";
    }

    @Override
    public String identity() {
        return "event_id is the same; for commands and interactivity trigger_id is";
    }

    @Override
    public String handshake() {
        return "signed url_verification, its challenge is answered";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(3));
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "At api.slack.com/apps open your app, and copy the signing secret of its Basic Information page to this"
                        + " connection.",
                "On its Event Subscriptions page switch events on and set the request URL to {url}; Slack verifies it at"
                        + " once.",
                "Subscribe to bot events: team_join, user_change, message.channels, app_mention, reaction_added and"
                        + " member_joined_channel; each names the scope it needs.",
                "Reinstall the app to the workspace, and invite it to the channels that it is to hear.",
                "For slash commands and interactivity set the same URL on their pages.");
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of(TIMESTAMP);
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json", "application/x-www-form-urlencoded");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.given("the signing secret of the Slack app", SHORTEST_SECRET);
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return SCHEME.verify(request, connection, now);
    }

    @Override
    public Optional<Reply> answer(InboundRequest request, Connection connection) {
        var body = request.body();
        if (body.length > LONGEST_CHALLENGE_BODY || !new String(body, UTF_8).contains("url_verification")) {
            return Optional.empty();
        }
        try {
            var json = Json.parse(body);
            return json.at("type").equals(Value.of("url_verification"))
                            && json.at("challenge") instanceof Value.Text(var challenge)
                            && isChallenge(challenge)
                    ? Optional.of(Reply.text(challenge))
                    : Optional.empty();
        } catch (Json.Malformed e) {
            return Optional.empty();
        }
    }

    private static boolean isChallenge(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_CHALLENGE
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "-_.~".indexOf(c) >= 0);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return List.of(SlackBody.read(delivery));
    }

    @Override
    public VendorSamples samples() {
        return new SlackSamples();
    }
}
