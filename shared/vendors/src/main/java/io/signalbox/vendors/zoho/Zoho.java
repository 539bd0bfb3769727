/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

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
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.SharedSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Zoho CRM: notification channels, which name the records that changed and echo a token in the body, and webhooks of
 * workflow rules, whose body a user writes and which can carry a header or a query parameter. Neither is signed. A
 * connection takes the secret in one place alone, so channels and workflows have a connection each. Source: Zoho CRM API
 * v8, "Notification APIs"; Zoho CRM help, "Webhooks".
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Zoho implements Vendor {

    static final VendorId ID = new VendorId("zoho");
    static final String TOKEN = "token";
    static final String HEADER = "x-signalbox-token";
    static final String IN_BODY = "body";
    private static final String IN_HEADER = "header";

    static final Option PROOF = Option.choice(
            "proof",
            List.of(IN_BODY, IN_HEADER, "query"),
            "Where the secret stands: `body` for a channel's token, `header` (X-Signalbox-Token) or `query` (token) for"
                    + " workflow webhooks.");

    /** As long as Zoho takes a channel's token. */
    private static final int LONGEST_TOKEN = 50;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Zoho CRM";
    }

    @Override
    public URI documentation() {
        return URI.create("https://www.zoho.com/crm/developer/docs/api/v8/notifications/overview.html");
    }

    @Override
    public String signing() {
        return "a secret: the channel's token in the body; a header or the query for workflow webhooks";
    }

    @Override
    public String identity() {
        return "channel, module, operation, record and server time are the same; of workflow webhooks all parameters";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.empty();
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "Which status Zoho expects, how long it waits and whether it sends again is not documented: answer a"
                        + " notification with 500 once and capture what follows.",
                "How many ids one notification may hold: up to 1,000 are read; capture a bulk update of 200 records.",
                "Which field says that a lead was converted: Converted__s and $converted are read; convert a test"
                        + " lead.",
                "What affected_values holds for lookups, multi-select lists and dates: capture an update of each.",
                "That renewing a channel that has ended is refused with NOT_SUBSCRIBED: let one end and renew it.",
                "That a read by ids takes 100, and answers 204 where none is there, rests on memory: read 100 back,"
                        + " and one that was deleted.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "For notifications: POST to https://www.zohoapis.com/crm/v8/actions/watch (your data center's domain) a"
                        + " watch with notify_url {url}, token set to this connection's secret, the events you want"
                        + " (Leads.all, Contacts.all, Deals.all) and return_affected_field_values true.",
                "A channel lasts a week at most: renew it by PUT to the same path before its channel_expiry. Or"
                        + " authorize this connection (POST …/authorize): then the channel is opened and renewed for you.",
                "For workflow webhooks: make a connection with the option proof set to header, then in Setup,"
                        + " Automation, Actions, Webhooks create one with method POST, URL {url} and a custom header"
                        + " X-Signalbox-Token that holds the secret.",
                "Give it the parameters module (Leads), operation (insert, update or delete), id (the record's id) and"
                        + " modified_time (in ISO 8601), and any fields under their API names; then add it to a rule.");
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of();
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json", "application/x-www-form-urlencoded", "text/plain");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.shared(
                "a secret to be the channel's token, or the webhook's header or parameter", LONGEST_TOKEN);
    }

    @Override
    public List<Option> options() {
        return List.of(PROOF);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var place = PROOF.text(connection);
        if (IN_HEADER.equals(place)) {
            return SharedSecret.inHeader(HEADER, request, connection, now);
        }
        return IN_BODY.equals(place)
                ? SharedSecret.verify(IN_BODY, ZohoBody.tokens(request.body()), "the body's token", connection, now)
                : SharedSecret.inQuery(TOKEN, request, connection, now);
    }

    @Override
    public byte[] bodyToKeep(InboundRequest request, Connection connection) {
        return IN_BODY.equals(PROOF.text(connection))
                ? SharedSecret.without(request.body(), connection)
                : request.body();
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return ZohoEvents.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new ZohoSamples();
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(new ZohoClient());
    }
}
