/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.intercom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Handshake;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Reply;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.HmacScheme;
import io.signalbox.vendors.signing.TextForm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Intercom: notifications of an app's topics, one a request. Users are contacts, leads leads, tickets tickets; what
 * happens in a conversation is an engagement of the person in it.
 *
 * <p>Source: developers.intercom.com/docs/webhooks. The signature covers the body alone, so a notification can be
 * replayed; it is the same event then. A {@code ping}, which Intercom sends to try the endpoint, is answered when it is
 * signed right and not kept; the URL is also tried with HEAD, which says nothing and is answered without proof.
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Intercom implements Vendor {

    static final VendorId ID = new VendorId("intercom");

    static final HmacScheme SCHEME = HmacScheme.ofBody("sha1", "x-hub-signature", Hmac.SHA1, TextForm.HEX, "sha1=");

    /** Client secrets are UUIDs, 36 characters. */
    private static final int SHORTEST_SECRET = 24;

    private static final int LONGEST_PING = 4_096;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Intercom";
    }

    @Override
    public URI documentation() {
        return URI.create("https://developers.intercom.com/docs/webhooks");
    }

    @Override
    public String signing() {
        return "HMAC-SHA1 over the body";
    }

    @Override
    public String identity() {
        return "app and notification id are the same";
    }

    @Override
    public String handshake() {
        return "HEAD or GET is answered 200; a signed ping is answered";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(5));
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "Whether Intercom tries the URL with HEAD: capture what arrives when the URL is saved.",
                "That an answer is waited for 5 seconds: third parties say so.",
                "What contact.merged says of the contact that is gone: capture one; until then it updates the one that"
                        + " is left.",
                "The topics contact.merged, contact.archived, contact.lead.signed_up, company.updated and"
                        + " company.deleted: compare with the list that Intercom's page of webhooks offers.",
                "Whether contact.deleted tells a lead from a user: capture both.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In Intercom's Developer Hub open your app, and copy the client secret of its Basic information page to"
                        + " this connection.",
                "On its Webhooks page set the endpoint URL to {url}.",
                "Add the topics contact.user.created, contact.user.updated, contact.lead.created,"
                        + " contact.lead.signed_up, contact.deleted, contact.unsubscribed, company.created,"
                        + " company.updated, conversation.user.* and ticket.*, as far as you use them.",
                "Choose \"Send a test request\"; it is answered 200 when the secret is right.");
    }

    @Override
    public Set<String> handshakeMethods() {
        return Set.of("GET", "HEAD");
    }

    @Override
    public Handshake greet(InboundRequest request, Connection connection, Instant now) {
        return new Handshake.Answered(Reply.text(""));
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
        return SecretForm.given("the client secret of the Intercom app", SHORTEST_SECRET);
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return SCHEME.verify(request, connection, now);
    }

    @Override
    public Optional<Reply> answer(InboundRequest request, Connection connection) {
        var body = request.body();
        if (body.length > LONGEST_PING || !new String(body, UTF_8).contains("\"ping\"")) {
            return Optional.empty();
        }
        try {
            return Json.parse(body).at("topic").equals(Value.of("ping"))
                    ? Optional.of(Reply.text("pong"))
                    : Optional.empty();
        } catch (Json.Malformed e) {
            return Optional.empty();
        }
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return IntercomBody.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new IntercomSamples();
    }
}
