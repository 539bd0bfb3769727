/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.pipedrive;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
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
 * Pipedrive: webhooks of version 2 and of version 1, told apart by their {@code meta}. Pipedrive signs nothing; it sends
 * a user name and a password along (HTTP Basic), so the password must be long and is made here. Whoever knows it is
 * believed: the option {@code company_id} at least binds a connection to one company.
 *
 * <p>Persons are contacts, organizations companies; leads, deals and activities are what they are, notes activities too.
 * Pipedrive gives up on an endpoint for 30 minutes after 10 failures, and for good after 3 days. Pages:
 * pipedrive.readme.io, "Guide for Webhooks v2" and "Webhooks v2 migration guide".
 *
 * <p>Experimental: what rests on third parties or memory, {@link #unconfirmed} says.
 */
public final class Pipedrive implements Vendor {

    static final VendorId ID = new VendorId("pipedrive");

    static final Option USER = Option.words(
                    "user", "[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits and . _ -", "The HTTP auth username.")
            .or("signalbox");

    static final Option COMPANY = Option.words(
            "company_id",
            "[0-9]{1,20}",
            "a number as text",
            "Refuse events of any other Pipedrive company than the one with this id.");

    @Override
    public VendorId id() {
        return ID;
    }

    @Override
    public String displayName() {
        return "Pipedrive";
    }

    @Override
    public URI documentation() {
        return URI.create("https://pipedrive.readme.io/docs/guide-for-webhooks-v2");
    }

    @Override
    public String signing() {
        return "none; a password of ours by HTTP Basic";
    }

    @Override
    public String identity() {
        return "v2: company and meta.id are the same; v1: company, object, action and microsecond";
    }

    @Override
    public Optional<Duration> deadline() {
        return Optional.of(Duration.ofSeconds(10));
    }

    @Override
    public List<String> unconfirmed() {
        return List.of(
                "Whether meta.timestamp of version 2 is ISO 8601 or a number: both are read; capture one.",
                "Version 1, action merged: capture one to see which member names the merged record. Until then it is"
                        + " kept whole.",
                "That marketing_status says whether a person takes e-mail: unsubscribe a test person and look.",
                "The members of lead, note and project in version 2: capture one of each.",
                "That a list by ids takes 100, and which rights it asks for, rests on memory: read 100 persons back."
                        + " The address of the token endpoint rests on third parties.");
    }

    @Override
    public List<String> setupSteps() {
        return List.of(
                "In Pipedrive open Tools and apps, Webhooks, and create a webhook of version 2.",
                "Choose event action * and event object *, or one webhook for each that you need.",
                "Set the endpoint URL to {url}.",
                "Set HTTP auth username to signalbox (or to this connection's option user) and HTTP auth password to"
                        + " this connection's secret.");
    }

    @Override
    public SecretForm secretForm() {
        return SecretForm.shared("the HTTP auth password of the webhook", 100);
    }

    @Override
    public Optional<String> newSecret(RandomGenerator random) {
        return Optional.of(SecretForm.newShared(random));
    }

    @Override
    public List<Option> options() {
        return List.of(USER, COMPANY);
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
        var verdict = SharedSecret.inBasic(USER.text(connection), request, connection, now);
        var company = COMPANY.text(connection);
        return verdict instanceof Verdict.Refused || company == null || isOf(company, request.body())
                ? verdict
                : new Verdict.Refused(
                        Reason.SENDER_NOT_ALLOWED, "The body's meta.company_id is not the option company_id.");
    }

    private static boolean isOf(String company, byte[] body) {
        try {
            return Ids.text(Json.parse(body).at("meta").at("company_id"))
                    .filter(company::equals)
                    .isPresent();
        } catch (Json.Malformed e) {
            return false;
        }
    }

    @Override
    public List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable {
        return new PipedriveEvent(delivery, JsonBodies.object(delivery)).canonical();
    }

    @Override
    public VendorSamples samples() {
        return new PipedriveSamples();
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(new PipedriveClient());
    }
}
