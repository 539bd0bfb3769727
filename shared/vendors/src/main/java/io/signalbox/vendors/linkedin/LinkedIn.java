/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.linkedin;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.Handshake;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.samples.VendorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * LinkedIn Lead Sync: notifications that a lead form was filled in, or that a lead was deleted. What the person filled in
 * has to be fetched. LinkedIn asks every two hours whether the endpoint knows the client secret, by a challenge that is
 * to be signed with it ({@link LinkedInHandshake}); three failures block it.
 *
 * <p>Pages: learn.microsoft.com/linkedin, "Webhook Validation" and "Lead Sync".
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class LinkedIn implements Vendor {

    static final VendorId ID = new VendorId("linkedin");

    static final String PREFIXED = "prefixed_body";
    static final String BODY = "body";

    static final Option SIGNED = Option.choice(
            "signed",
            List.of(PREFIXED, BODY),
            "What is signed: hmacsha256= and the body, as Microsoft's page has it; or the body alone, as others"
                    + " report.");

    /** LinkedIn's own have 16 characters and more; shorter than this was pasted wrong. */
    private static final int SHORTEST_SECRET = 12;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "LinkedIn Lead Sync";
    }

    @Override
    public URI documentation() {
        return URI.create("https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation");
    }

    @Override
    public String signing() {
        return "HMAC-SHA256 over hmacsha256= and the body; no time";
    }

    @Override
    public String identity() {
        return "lead response and action are the same";
    }

    @Override
    public String handshake() {
        return "GET every 2 hours; a challengeCode is signed if it is a UUID";
    }

    /** Of the challenge; for notifications LinkedIn does not say. */
    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(3));
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "What is signed: third parties disagree with Microsoft's page. Capture a delivery; if it is refused as"
                        + " SIGNATURE_MISMATCH, set the option signed to body.",
                "Whether the header begins with hmacsha256=: it is accepted with and without.",
                "How long and how often a notification is sent again.",
                "How an answer names LinkedIn's ready-made questions rests on memory: read one response back and"
                        + " compare its formResponse.answers.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "Add the client secret of your LinkedIn app (Auth) to this connection: the handshake needs it at once.",
                "In the developer portal open your app's Webhooks page, add {url} and let LinkedIn validate it.",
                "Subscribe: POST https://api.linkedin.com/rest/leadNotifications with {\"webhook\": \"{url}\","
                        + " \"owner\": {\"sponsoredAccount\": \"urn:li:sponsoredAccount:…\"}, \"leadType\":"
                        + " \"SPONSORED\"}.");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.given("the client secret of the LinkedIn app", SHORTEST_SECRET);
    }

    @Override
    public List<Option> options() {
        return List.of(SIGNED);
    }

    @Override
    public Set<String> handshakeMethods() {
        return Set.of("GET");
    }

    @Override
    public Handshake greet(InboundRequest request, Connection connection, Instant now) {
        return LinkedInHandshake.greet(request, connection, now);
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
        return LinkedInVerifier.verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return new LinkedInLead(delivery, JsonBodies.object(delivery)).canonical();
    }

    @Override
    public VendorSamples samples() {
        return new LinkedInSamples();
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(new LinkedInClient());
    }
}
