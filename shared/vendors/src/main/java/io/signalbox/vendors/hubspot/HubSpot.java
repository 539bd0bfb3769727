/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.samples.HubSpotSamples;
import io.signalbox.vendors.samples.VendorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HubSpot: webhook subscriptions of an app (a JSON array of events) and the "Send a webhook" action of workflows (one
 * JSON object with all properties). HubSpot sends every portal's events of an app to one URL; object ids are unique in a
 * portal only, so a connection is for an app that is installed in one portal.
 *
 * <p>HubSpot's older signatures are not bound to a time and so can be replayed for ever: accepting them is an option. A
 * request with a v3 signature is judged by it alone.
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class HubSpot implements Vendor {

    static final VendorId ID = new VendorId("hubspot");
    static final Option ALLOW_V1 = Option.truth(
            "allow_v1", "Accept signatures of version 1, SHA-256 over secret and body. They can be replayed for ever.");
    static final Option ALLOW_V2 = Option.truth(
            "allow_v2",
            "Accept signatures of version 2, SHA-256 over secret, method, URL and body. They can be replayed for"
                    + " ever.");

    /** HubSpot's own secrets are UUIDs, 36 characters; shorter than this was pasted wrong. */
    private static final int SHORTEST_SECRET = 16;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "HubSpot";
    }

    @Override
    public URI documentation() {
        return URI.create("https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide");
    }

    @Override
    public String signing() {
        return "HMAC-SHA256 over method, URL, body and time (v3), 5 minutes either way; v1 and v2 when opted in";
    }

    @Override
    public String identity() {
        return "portal, subscription, event id, object, time and property are the same";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(5));
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "The members of generic object.associationChange: capture one; fromObjectId, toObjectId,"
                        + " fromObjectTypeId and toObjectTypeId are read.",
                "Which objectTypeId stands for which object, beyond contact, company and deal: compare a delivery with"
                        + " HubSpot's page \"Understanding the CRM\".",
                "That hs_email_optout says whether a contact takes e-mail: opt a test contact out and look.",
                "The body of a workflow's webhook, of which captures of others are all there is.",
                "Whether a merge also tells of the deletion of the merged records, which would then delete what they"
                        + " were merged into: merge two test contacts and look.",
                "That one batch read takes 100 ids rests on memory: read 100 and 101 records back.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In HubSpot open Development, choose your app and open its Webhooks page.",
                "Set the target URL to {url} and save.",
                "Subscribe to contact, company and deal events and activate the subscriptions; new ones start paused.",
                "Copy the app's client secret from its Auth page and add it to this connection.",
                "For workflows: add the action \"Send a webhook\", method POST, to the same URL, and choose to include"
                        + " the request signature of the same app.");
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
        return SecretForm.given("the client secret of the HubSpot app", SHORTEST_SECRET);
    }

    @Override
    public List<Option> options() {
        return List.of(ALLOW_V1, ALLOW_V2);
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return HubSpotVerifier.verify(request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return HubSpotBody.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new HubSpotSamples();
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(new HubSpotClient());
    }
}
