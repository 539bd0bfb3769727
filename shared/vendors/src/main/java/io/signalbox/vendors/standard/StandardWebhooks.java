/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.StandardSamples;
import io.signalbox.vendors.samples.VendorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Any sender that signs by the Standard Webhooks specification, with headers {@code webhook-*} or Svix's
 * {@code svix-*}: a user's own systems, and vendors that use Svix.
 *
 * <p>The body is {@code {"type": …, "timestamp": …, "data": {…}}} or a CloudEvent 1.0 in structured mode; what it means
 * is told by {@link StandardBody}. No options.
 */
public final class StandardWebhooks implements Vendor {

    static final VendorId ID = new VendorId("standard");

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Standard Webhooks";
    }

    @Override
    public URI documentation() {
        return URI.create("https://www.standardwebhooks.com");
    }

    @Override
    public String signing() {
        return "HMAC-SHA256 (v1) or Ed25519 (v1a) over id, time and body, 5 minutes either way; headers webhook-* or svix-*";
    }

    @Override
    public String identity() {
        return "webhook-id is the same; for CloudEvents source and id are";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.empty();
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "Give the sender the endpoint URL {url}.",
                "Give it this connection's secret (whsec_…), or add the secret the sender shows; for Ed25519 add the"
                        + " sender's public key (whpk_…).",
                "Send JSON: {\"type\": \"contact.created\", \"timestamp\": \"2026-03-01T10:00:00Z\","
                        + " \"data\": {\"id\": \"42\", \"email\": \"ada@example.com\"}}.");
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(Keys.newSecret(random));
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of(StandardVerifier.WEBHOOK_ID, StandardVerifier.SVIX_ID);
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json", "application/cloudevents+json");
    }

    @Override
    public SecretForm secretForm() {
        return new SecretForm(
                "a secret (whsec_…) or the sender's public key (whpk_…)",
                "whsec_ and base64 of 24 to 64 bytes, or whpk_ and base64 of the 32 bytes of an Ed25519 public key",
                Keys::problem);
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return StandardVerifier.verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return List.of(StandardBody.read(delivery));
    }

    @Override
    public VendorSamples samples() {
        return new StandardSamples();
    }
}
