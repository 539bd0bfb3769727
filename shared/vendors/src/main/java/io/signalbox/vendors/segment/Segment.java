/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.segment;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.VendorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Segment: the destinations "Webhooks (Actions)" and "Webhooks" with messages of the Segment Spec as they are. Of a batch
 * Segment signs the first message only, so a batch of more than one is refused: set the batch size to 1, or switch
 * batching off. The signature names no time; a message sent again is known by its {@code messageId}.
 *
 * <p>What the messages mean is told by {@link SegmentMessage}. Sources: segment.com/docs, "Webhooks (Actions)
 * Destination"; github.com/segmentio/action-destinations, destinations/webhook.
 */
public final class Segment implements Vendor {

    static final VendorId ID = new VendorId("segment");

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Segment";
    }

    @Override
    public URI documentation() {
        return URI.create("https://segment.com/docs/connections/destinations/catalog/actions-webhook/");
    }

    @Override
    public String signing() {
        return "HMAC-SHA1 over the body, or over the one message in an array; no time";
    }

    @Override
    public String identity() {
        return "messageId is the same";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(5));
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In Segment add the destination Webhooks (Actions) to your source.",
                "In its settings set the shared secret to this connection's secret.",
                "Add a mapping \"Send\" with the URL {url}, the method POST, and the whole event ($.) as data.",
                "Set the batch size to 1: Segment signs the first message of a batch only, and larger ones are refused.");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.shared("the shared secret of the Segment destination", 100);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Set<String> methods() {
        return Set.of("POST", "PUT", "PATCH");
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
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return SegmentVerifier.verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return SegmentBody.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new SegmentSamples();
    }
}
