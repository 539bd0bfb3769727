/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.gong;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gong: the webhook of an automation rule, one call a request. A call becomes an activity, and for each participant from
 * outside with an e-mail address the engagement {@code call.completed}.
 *
 * <p>Source: help.gong.io, "Create a webhook rule", "Payload sent to webhooks" and "Prepare your receiving application
 * for calls with a signed JWT header". Gong proves itself in one of two ways, which the rule says, and the connection's
 * secrets say which: the public key that Gong shows, for a signed JWT; or a key of one's own in the URL, {@code ?key=}.
 * The two are never mixed, so a connection with a public key cannot be entered by a URL.
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Gong implements Vendor {

    static final VendorId ID = new VendorId("gong");

    private static final int LONGEST_KEY = 128;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Gong";
    }

    @Override
    public URI documentation() {
        return URI.create("https://help.gong.io/docs/create-a-webhook-rule");
    }

    @Override
    public String signing() {
        return "JWT with RS256 over URL, SHA-256 of the body and expiry; or a key in the URL";
    }

    @Override
    public String identity() {
        return "the call's id is the same";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.empty();
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "The complete list of the JWT's claims, and how long it lasts: capture one, and decode it.",
                "How long Gong waits for an answer, and whether it sends again: answer 500 once, and watch.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In Gong open Company settings, Automation rules, and add a rule with the action \"Fire webhook\".",
                "Choose \"Signed JWT header\", copy the public key that Gong shows to this connection, and set the"
                        + " rule's URL to {url}.",
                "Or choose \"URL includes key\", and set the URL to {url}?key= and this connection's secret.",
                "Choose \"Test\"; a test call arrives as an event of the type vendor.raw.");
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
        var shared = SecretForm.shared("a key in the URL", LONGEST_KEY);
        return new SecretForm(
                "the public key that Gong shows, or a key to put into the URL",
                "an RSA public key of 2,048 bits or more in PEM or base64, or " + shared.said(),
                secret -> GongKeys.isPublicKey(secret)
                        ? GongKeys.problem(secret)
                        : shared.judge().of(secret));
    }

    @Override
    public List<ConfigurationError> check(Connection connection) {
        var errors = new ArrayList<>(Vendor.super.check(connection));
        var kinds = connection.secrets().stream()
                .map(secret -> GongKeys.isPublicKey(secret.value()))
                .distinct()
                .count();
        if (kinds > 1) {
            errors.add(new ConfigurationError(
                    "/secrets",
                    "INVALID",
                    "A public key and a key in the URL are two ways to prove a request; a connection has one."));
        }
        return errors;
    }

    @Override
    public Optional<String> newSecret(java.util.random.RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return GongVerifier.verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return GongCall.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new GongSamples();
    }
}
