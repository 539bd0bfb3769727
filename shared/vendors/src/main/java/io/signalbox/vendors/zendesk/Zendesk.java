/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
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
 * Zendesk: webhooks that are subscribed to events ({@link ZendeskEvent}) and webhooks that a trigger or an automation
 * calls with a body its author wrote ({@link ZendeskTrigger}), in JSON, XML or a form. Both are signed the same way; one
 * webhook is either. One event a request, in no certain order. A trigger's GET or DELETE has no body: what it says
 * stands in the URL, which nothing signs, so it is refused.
 *
 * <p>A user is a contact, an organization a company, a comment an activity. Ids are unique in an account, so a
 * connection is for one account. Pages: developer.zendesk.com, "Verifying webhook authenticity", "Webhook event types",
 * "Ticket events", "User events".
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Zendesk implements Vendor {

    static final VendorId ID = new VendorId("zendesk");

    static final Option TOLERANCE = Option.whole(
            "tolerance_seconds",
            300,
            3_600,
            300,
            "How far the signed time may be from now. Zendesk does not say whether a retry is signed anew; raise this"
                    + " when retries are refused as too old.");

    /** Zendesk's own are longer; shorter than this was pasted wrong. */
    private static final int SHORTEST_SECRET = 16;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Zendesk";
    }

    @Override
    public URI documentation() {
        return URI.create("https://developer.zendesk.com/documentation/webhooks/verifying/");
    }

    @Override
    public String signing() {
        return "HMAC-SHA256 over time and body, 5 minutes either way";
    }

    @Override
    public String identity() {
        return "the event's id is the same; of a trigger's body the invocation id";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(12));
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "How old a signed time may be, and whether a retry is signed with a new one: capture a delivery and its"
                        + " retry, and compare x-zendesk-webhook-signature-timestamp.",
                "That the invocation id stays the same in a retry: compare x-zendesk-webhook-invocation-id.",
                "Which member of user.merged names the user that is left: capture one; target_user_id and user.id are"
                        + " read.",
                "Where organization_membership_created and _deleted name the organization: capture one;"
                        + " organization.id and organization_id are read.",
                "Whether a merge also tells of the merged user's or ticket's deletion, which would then delete what it"
                        + " was merged into: merge two test users and look.",
                "The 12 seconds and the retries rest on third parties.",
                "That show_many takes 100 ids, and leaves out those that are not there, rests on memory: read 100"
                        + " users back, one of them deleted.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In Zendesk's Admin Center open Apps and integrations, Webhooks, and create a webhook.",
                "Choose Zendesk events for users, organizations and tickets; or Trigger or automation to send a body of"
                        + " your own.",
                "Set the endpoint URL to {url}, the method to POST and the format to JSON. For a trigger PUT and PATCH"
                        + " do too, and XML and form-encoded; GET and DELETE do not, for Zendesk signs no URL.",
                "Open the finished webhook, reveal its signing secret and add it to this connection. Tests that you"
                        + " send before the webhook is created are signed with a secret that everybody knows, and"
                        + " refused.",
                "For a trigger: let it notify the webhook with the JSON body " + ZendeskTrigger.TEMPLATE,
                "The same as XML: " + ZendeskTrigger.XML_TEMPLATE + ". As a form, one parameter each: type, ticket[id],"
                        + " ticket[subject], ticket[updated_at] and so on.");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.given("the signing secret of the Zendesk webhook", SHORTEST_SECRET);
    }

    @Override
    public List<Option> options() {
        return List.of(TOLERANCE);
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of(ZendeskTrigger.INVOCATION);
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json", "application/xml", "text/xml", "application/x-www-form-urlencoded");
    }

    /** What a GET or a DELETE says stands in its URL, and the signature covers the time and the body alone. */
    @Override
    public String sendingAdvice() {
        return "In Zendesk's Admin Center edit the webhook: choose POST, PUT or PATCH, and JSON, XML or form-encoded."
                + " What a GET or DELETE says stands in its URL, which Zendesk does not sign.";
    }

    @Override
    public Set<String> methods() {
        return Set.of("POST", "PUT", "PATCH");
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var seconds = TOLERANCE.of(connection) instanceof Value.Num(var number) ? number.longValue() : 300;
        return ZendeskVerifier.verify(request, connection, now, Duration.ofSeconds(seconds));
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return ZendeskBody.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new ZendeskSamples();
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(new ZendeskClient());
    }
}
