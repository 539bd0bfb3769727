/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.calendly;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.HmacScheme;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Calendly: webhook subscriptions to invitees and routing forms. A booking becomes two events: the meeting, an activity,
 * and the invitee's engagement {@code meeting.booked}, by the e-mail address that was given.
 *
 * <p>Source: developer.calendly.com, "Webhook signatures" and "Webhook payload". The page's sample allows 3 minutes, we
 * the 5 of all vendors. A cancellation of one guest of many cancels the meeting only where Calendly says that it did.
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Calendly implements Vendor {

    static final VendorId ID = new VendorId("calendly");
    static final HmacScheme SCHEME = HmacScheme.timeAndV1("v1", "calendly-webhook-signature");

    private static final int SHORTEST_SECRET = 20;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Calendly";
    }

    @Override
    public URI documentation() {
        return URI.create("https://developer.calendly.com/api-docs/c1ddc06ce1f1b-webhook-signatures");
    }

    @Override
    public String signing() {
        return "HMAC-SHA256 over time and body, 5 minutes either way";
    }

    @Override
    public String identity() {
        return "event, invitee or submission, and created_at are the same";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.empty();
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "That created_at stays the same when Calendly sends an event again: capture a delivery that was"
                        + " answered 500, and its retry.",
                "The members of a routing form's submission: third parties show them; capture one.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "Create a personal access token in Calendly under Integrations, API and webhooks.",
                "POST https://api.calendly.com/webhook_subscriptions with url {url}, the events invitee.created,"
                        + " invitee.canceled and routing_form_submission.created, your organization, the scope"
                        + " organization and, as signing_key, this connection's secret.",
                "Book a meeting with yourself to try it out.");
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of();
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.given("the signing key of the webhook subscription", SHORTEST_SECRET);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return SCHEME.verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return CalendlyBody.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new CalendlySamples();
    }
}
