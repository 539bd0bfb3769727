/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.mailchimp;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.Handshake;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.Reply;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.HmacScheme;
import io.signalbox.vendors.signing.SharedSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Mailchimp Marketing: webhooks of an audience, one event a request, as a form. Older webhooks are not signed, so a
 * secret stands in the URL; newer ones are, with {@code t=…,v1=…}. Which of the two a connection takes is its option
 * {@code proof}; one is never taken for the other.
 *
 * <p>Before it saves a webhook Mailchimp asks the URL by GET and wants 200 and no more; the answer is the same word for
 * everybody. Page: mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks.
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Mailchimp implements Vendor {

    static final VendorId ID = new VendorId("mailchimp");
    static final String PARAMETER = "secret";
    static final String QUERY = "query";
    static final String SIGNATURE = "signature";

    static final Option PROOF = Option.choice(
            "proof",
            List.of(QUERY, SIGNATURE),
            "What proves a request: the secret as the URL's parameter secret, or Mailchimp's signature under its"
                    + " signing secret.");

    static final HmacScheme SCHEME = HmacScheme.timeAndV1("hmac-sha256", "x-mailchimp-signature");

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Mailchimp";
    }

    @Override
    public URI documentation() {
        return URI.create("https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/");
    }

    @Override
    public String signing() {
        return "a secret of ours in the URL; or HMAC-SHA256 over time and body, 5 minutes either way";
    }

    @Override
    public String identity() {
        return "type, audience, member and second are the same";
    }

    @Override
    public String handshake() {
        return "GET, answered 200";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(10));
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "The signature x-mailchimp-signature: capture a delivery of a webhook with signing_enabled.",
                "That fired_at is in UTC: compare one with the clock.",
                "The members of upemail, cleaned and campaign: capture one of each.",
                "What unsubscribe with action delete means for the person: it is taken for an opt-out, which can be"
                        + " undone, and not for an erasure.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In Mailchimp open Audience, Settings, Webhooks, and create a webhook.",
                "Set the callback URL to {url}?secret= followed by this connection's secret.",
                "Choose the events subscribes, unsubscribes, profile updates, email changes and cleaned emails, and"
                        + " whose changes to send.",
                "If Mailchimp shows a signing secret instead: leave ?secret= away, add the signing secret to this"
                        + " connection and set its option proof to signature.");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.shared("the secret of the callback URL, or Mailchimp's signing secret", 200);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public List<Option> options() {
        return List.of(PROOF);
    }

    @Override
    public Set<String> handshakeMethods() {
        return Set.of("GET", "HEAD");
    }

    /** With a secret in the URL it must be right here too, so that a mistake shows when the webhook is saved. */
    @Override
    public Handshake greet(InboundRequest request, Connection connection, Instant now) {
        return isSigned(connection)
                ? new Handshake.Answered(Reply.text("ready"))
                : switch (SharedSecret.inQuery(PARAMETER, request, connection, now)) {
                    case Verdict.Genuine _ -> new Handshake.Answered(Reply.text("ready"));
                    case Verdict.Refused(var reason, var hint) -> new Handshake.Refused(reason, hint);
                };
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of();
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/x-www-form-urlencoded");
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return isSigned(connection)
                ? SCHEME.verify(request, connection, now)
                : SharedSecret.inQuery(PARAMETER, request, connection, now);
    }

    private static boolean isSigned(Connection connection) {
        return SIGNATURE.equals(PROOF.text(connection));
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return MailchimpEvent.read(delivery).canonical();
    }

    @Override
    public VendorSamples samples() {
        return new MailchimpSamples();
    }
}
