/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.meta;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.Handshake;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.client.Client;
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
 * Meta Lead Ads: the field {@code leadgen} of an app's webhook for pages. A delivery says only that there is a lead and
 * from which form, page and ad; what the person filled in has to be fetched, within 90 days. Up to 1,000 changes a
 * request, sent again for 36 hours.
 *
 * <p>Meta signs an escaped form of the body, which is the form it sends. The older {@code x-hub-signature} (SHA-1) is
 * never looked at. Pages: developers.facebook.com, "Webhooks, Getting Started" and "Retrieving leads".
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class MetaLeadAds implements Vendor {

    static final VendorId ID = new VendorId("meta");

    static final Option VERIFY_TOKEN = Option.words(
            "verify_token",
            "[A-Za-z0-9._~-]{16,100}",
            "16 to 100 letters, digits and - _ . ~",
            "The verify token that you type in beside the callback URL. Without it the handshake is refused.");

    static final HmacScheme SCHEME =
            HmacScheme.ofBody("hmac-sha256", "x-hub-signature-256", Hmac.SHA256, TextForm.HEX, "sha256=");

    /** Meta's own have 32 characters; shorter than this was pasted wrong. */
    private static final int SHORTEST_SECRET = 16;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Meta Lead Ads";
    }

    @Override
    public URI documentation() {
        return URI.create("https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving");
    }

    @Override
    public String signing() {
        return "HMAC-SHA256 over the body; no time";
    }

    @Override
    public String identity() {
        return "leadgen_id is the same";
    }

    @Override
    public String handshake() {
        return "GET; hub.challenge is echoed to who knows the verify token";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.empty();
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "How long Meta waits for an answer: it does not say.",
                "That 50 leads are read in one call by ids, and that one lost lead fails the whole call, rests on"
                        + " memory: read two leads back, one of them deleted.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "Choose a verify token of at least 16 letters and digits and set it as this connection's option"
                        + " verify_token.",
                "Add the app secret (App settings, Basic) to this connection.",
                "In the Meta app open Webhooks, choose Page, and enter the callback URL {url} and the verify token.",
                "Subscribe to the field leadgen.",
                "Let each page send to the app: POST /{page-id}/subscribed_apps?subscribed_fields=leadgen with the"
                        + " page's token.");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.given("the app secret of the Meta app", SHORTEST_SECRET);
    }

    @Override
    public List<Option> options() {
        return List.of(VERIFY_TOKEN);
    }

    @Override
    public Set<String> handshakeMethods() {
        return Set.of("GET");
    }

    @Override
    public Handshake greet(InboundRequest request, Connection connection, Instant now) {
        return MetaHandshake.greet(request, VERIFY_TOKEN.text(connection));
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
        return SCHEME.verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return new MetaBody(delivery).canonical();
    }

    @Override
    public VendorSamples samples() {
        return new MetaSamples();
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(new MetaClient());
    }
}
