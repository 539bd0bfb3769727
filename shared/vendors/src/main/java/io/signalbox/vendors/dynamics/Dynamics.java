/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.Verdict.Refused;
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
 * Microsoft Dynamics 365 and every other app on Dataverse: a webhook that is registered as a service endpoint posts the
 * execution context of each step. It is not signed; Dataverse sends a secret along, as a header, as the key {@code code} or
 * as a query parameter. Source: learn.microsoft.com, "Register a webhook" and "Use webhooks".
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Dynamics implements Vendor {

    static final VendorId ID = new VendorId("dynamics");
    static final String HEADER = "x-signalbox-token";
    static final String SIZE_EXCEEDED = "x-ms-dynamics-msg-size-exceeded";
    static final String ORGANIZATION_HEADER = "x-ms-dynamics-organization";
    static final String IN_HEADER = "header";
    private static final String IN_CODE = "code";

    static final Option PROOF = Option.choice(
            "proof",
            List.of(IN_HEADER, IN_CODE, "query"),
            "How the webhook is registered: HttpHeader (`X-Signalbox-Token`), WebhookKey (`code`) or HttpQueryString"
                    + " (`token`). A query may be written to logs on the way.");
    static final Option ORGANIZATION = Option.words(
            "organization",
            "[A-Za-z0-9.-]{1,253}",
            "the environment's host name",
            "Accept requests of this environment alone, as its header x-ms-dynamics-organization names it.");

    private static final int LONGEST_SECRET = 200;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Microsoft Dynamics 365";
    }

    @Override
    public URI documentation() {
        return URI.create("https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks");
    }

    @Override
    public String signing() {
        return "a secret in a header, as the key code, or in the query; the environment's name";
    }

    @Override
    public String identity() {
        return "organization, operation, message, row and step are the same";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(60));
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "The bodies of Delete, Merge, Assign, SetState, QualifyLead, Win, Lose, Associate and CreateMultiple"
                        + " rest on the SDK's message classes: capture one of each.",
                "How option sets, money and multi-select choices are written: capture a row with one of each.",
                "Whether a retry and a synchronous step keep OperationId: capture a step that was answered with 503"
                        + " and one that was registered as synchronous.",
                "Times with an offset are read by their clock, as Microsoft's sample shows them: capture"
                        + " OperationCreatedOn beside modifiedon, and a date-only column.",
                "That a filter names 20 ids, and the parameters of the token endpoint, rest on memory: read 20 rows"
                        + " back, and renew a token of a user's.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "Open the Plug-in Registration Tool, connect to the environment and choose Register, Register New Web"
                        + " Hook.",
                "Set the endpoint URL to {url}, authentication to HttpHeader, with the key X-Signalbox-Token and this"
                        + " connection's secret as its value.",
                "Register a step for each message (Create, Update, Delete, Merge, Win, Lose, QualifyLead) and table,"
                        + " at stage PostOperation and asynchronous: a synchronous one that fails undoes the user's"
                        + " change.",
                "Add a post image with the columns you need, or read them back; give Delete nothing more.");
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of(SIZE_EXCEEDED);
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("application/json");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.shared("a secret for the webhook's header, key or query", LONGEST_SECRET);
    }

    @Override
    public List<Option> options() {
        return List.of(PROOF, ORGANIZATION);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var verdict = proof(request, connection, now);
        var organization = ORGANIZATION.text(connection);
        if (verdict instanceof Verdict.Refused || organization == null) {
            return verdict;
        }
        var isAlone = request.headers().count(ORGANIZATION_HEADER) == 1;
        return isAlone && organization.equalsIgnoreCase(request.headers().first(ORGANIZATION_HEADER))
                ? verdict
                : new Refused(
                        Reason.SENDER_NOT_ALLOWED,
                        "The header x-ms-dynamics-organization is not the connection's option organization.");
    }

    private static Verdict proof(InboundRequest request, Connection connection, Instant now) {
        var place = PROOF.text(connection);
        if (IN_HEADER.equals(place)) {
            return SharedSecret.inHeader(HEADER, request, connection, now);
        }
        return SharedSecret.inQuery(IN_CODE.equals(place) ? IN_CODE : "token", request, connection, now);
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return DynamicsEvents.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new DynamicsSamples();
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(new DynamicsClient());
    }
}
