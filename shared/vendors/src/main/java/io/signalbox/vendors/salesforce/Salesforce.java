/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.Reply;
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
import java.util.random.RandomGenerator;

/**
 * Salesforce, by two ways. Outbound Messages of flows and approvals are SOAP over HTTP, here verified by a secret in the
 * URL. Change Data Capture and platform events come by Event Relay and an Amazon EventBridge partner bus, whose rule puts
 * them on the events queue: no HTTP, and AWS's permissions are the proof. (Apex code of one's own signs by Standard
 * Webhooks and needs a connection of that vendor.)
 *
 * <p>One {@code Ack} answers for all notifications of a message; without it, or after 60 seconds, Salesforce sends the
 * message again for 24 hours. Source: SOAP API Developer Guide, "Outbound Messaging".
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Salesforce implements Vendor {

    static final VendorId ID = new VendorId("salesforce");
    static final Option ORGANIZATION = Option.words(
            "organization_id",
            "[A-Za-z0-9]{15}([A-Za-z0-9]{3})?",
            "an organization id of 15 or 18 letters and digits",
            "Accept Outbound Messages of this organization alone; Setup shows it under Company Information.");

    private static final int LONGEST_SECRET = 200;

    private static final String ACK = """
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>\
        <notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>\
        </soapenv:Body></soapenv:Envelope>
        """;

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Salesforce";
    }

    @Override
    public URI documentation() {
        return URI.create("https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/"
                + "sforce_api_om_outboundmessaging_understanding.htm");
    }

    @Override
    public String signing() {
        return "Outbound Messages: a secret in the URL's query, and the organization id. Change events: AWS's own"
                + " permissions on the partner event bus";
    }

    @Override
    public String identity() {
        return "organization and notification id are the same; of change events organization, transaction, sequence"
                + " number, kind of change and record";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(60));
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "Where Event Relay puts the event inside EventBridge's envelope (detail.payload) rests on three"
                        + " independent third parties: capture one event of the rule, and one that the relay sent twice.",
                "The form of dates in relayed events (ISO 8601 or milliseconds): both are read; capture a CREATE of a"
                        + " contact and of an opportunity with a close date.",
                "Whether OrganizationId always has 18 characters: 15 and 18 are read; capture one Outbound Message.",
                "That a composite batch reads 25 records and counts as one call rests on memory: read 25 back and"
                        + " compare the Sforce-Limit-Info header.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "Add this connection's secret to the URL: {url}?token=SECRET.",
                "In Salesforce Setup open Outbound Messages, choose New and the object, and set the endpoint URL to"
                        + " that.",
                "Select the fields to send, among them Id, CreatedDate and LastModifiedDate: without the last a late"
                        + " message cannot be told from a new one. Leave Send Session ID unticked.",
                "Add the message as an action to a record-triggered flow, for creation and for updates.",
                "Set the option organization_id to your organization's id, from Setup, Company Information.",
                "For change events instead: create an event relay to your AWS account, associate its partner event"
                        + " source with an event bus, and deploy with the parameter SalesforceEventBusName set to that"
                        + " bus's name.",
                "From Apex code: make a connection of Standard Webhooks and sign by its snippet in"
                        + " docs/salesforce-apex.md.");
    }

    @Override
    public Set<String> headersToKeep() {
        return Set.of();
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of("text/xml", "application/xml");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.shared("a secret for the query of the endpoint URL", LONGEST_SECRET);
    }

    @Override
    public List<Option> options() {
        return List.of(ORGANIZATION);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public Verdict verify(InboundRequest request, Connection connection, Instant now) {
        return SalesforceVerifier.verify(request, connection, now);
    }

    @Override
    public byte[] bodyToKeep(InboundRequest request, Connection connection) {
        return SalesforceVerifier.withoutSession(request.body());
    }

    @Override
    public Optional<Reply> acknowledgement(InboundRequest request) {
        return Optional.of(new Reply(200, "text/xml", ACK));
    }

    /** A document is an Outbound Message, an object an event from EventBridge. */
    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        for (var b : delivery.body()) {
            if (b == '{') {
                return ChangeEvent.read(delivery);
            }
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                break;
            }
        }
        return OutboundMessage.read(delivery);
    }

    @Override
    public VendorSamples samples() {
        return new SalesforceSamples();
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(new SalesforceClient());
    }
}
