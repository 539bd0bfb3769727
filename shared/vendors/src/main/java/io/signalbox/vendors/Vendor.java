/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.Identity;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.ReadBack;
import io.signalbox.vendors.fields.FieldTable;
import io.signalbox.vendors.samples.VendorSamples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * All that is known of one vendor's webhooks. Each vendor is one package with one implementation, found by
 * {@link Vendors}; nothing else in the project names it.
 */
public interface Vendor {

    VendorId id();

    /** The product's name, as its owner writes it. */
    String displayName();

    /** Where the vendor documents its webhooks. */
    URI documentation();

    /** How requests are proven, in a phrase: for the table of vendors. */
    String signing();

    /** What makes two deliveries the same event, in a phrase: for the table of vendors. */
    String identity();

    /** How the vendor makes sure that this endpoint is whose it should be, in a phrase: for the table of vendors. */
    default String handshake() {
        return "none";
    }

    /** How long the vendor waits for an answer; empty where it does not say. */
    Optional<Duration> deadline();

    /**
     * What is known of this vendor's wire from third parties or from memory alone, one entry each, with what to capture
     * live to confirm it. A vendor with any is shown as experimental.
     */
    default List<String> unconfirmed() {
        return List.of();
    }

    /** What to click at the vendor, in order, once the connection exists; {@code {url}} stands for its webhook URL. */
    List<String> setupSteps();

    /** Methods, in capitals, that deliveries come by. */
    default Set<String> methods() {
        return Set.of("POST");
    }

    /**
     * What to choose in the vendor's page where it lets the user choose a method or format that is refused here; a
     * sentence of the answer 405 and 415. Empty where there is no such choice.
     */
    default String sendingAdvice() {
        return "";
    }

    /** Methods, in capitals, that the vendor asks by whether this endpoint is whose it should be. */
    default Set<String> handshakeMethods() {
        return Set.of();
    }

    /**
     * Answers a handshake: a request by one of {@link #handshakeMethods}. Nothing of it is kept. Whoever echoes or signs
     * what a stranger sends is an oracle, so the answer is bound to a strict form. Never throws.
     */
    default Handshake greet(InboundRequest request, Connection connection, Instant now) {
        return new Handshake.Refused(Verdict.Reason.SIGNATURE_MISSING, "This vendor has no handshake.");
    }

    /**
     * The answer to a genuine request that is no delivery, such as Slack's {@code url_verification}: it is sent at once
     * and nothing is kept. Empty for a delivery. Called after {@link #verify} only; costs nothing where it is not
     * overridden.
     */
    default Optional<Reply> answer(InboundRequest request, Connection connection) {
        return Optional.empty();
    }

    /** What the vendor must be told once its delivery is kept; empty where any 200 will do. */
    default Optional<Reply> acknowledgement(InboundRequest request) {
        return Optional.empty();
    }

    /** Names, lower case, of the headers that {@link #normalize} reads; they travel with the body. */
    Set<String> headersToKeep();

    /**
     * What travels with the body to {@link #normalize}: of the request the headers to keep; and, for a vendor whose
     * connections say what a body means, these settings too, under names that begin with a colon, as no header's does.
     */
    default Map<String, String> kept(InboundRequest request, Connection connection) {
        var kept = new TreeMap<String, String>();
        for (var name : headersToKeep()) {
            var value = request.headers().first(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return kept;
    }

    /**
     * The body as it is kept: without credentials, where the vendor puts one into it. Called after {@link #verify} only.
     *
     * @return the request's own array where there is nothing to take out
     */
    default byte[] bodyToKeep(InboundRequest request, Connection connection) {
        return request.body();
    }

    /** Media types, lower case without parameters, that the vendor sends; anything else is answered 415. */
    Set<String> mediaTypes();

    /** What this vendor's secrets look like. */
    SecretForm secretForm();

    /** The switches that a connection may set, in the order they are documented. */
    default List<Option> options() {
        return List.of();
    }

    /**
     * Whether these secrets and options can work. A vendor adds what {@link #secretForm} and {@link #options} cannot say,
     * such as options that exclude each other.
     *
     * @return what is wrong with them, one entry each; empty when nothing is
     */
    default List<ConfigurationError> check(Connection connection) {
        return Settings.check(this, connection);
    }

    /**
     * A fresh secret, in the form the vendor takes it in, for a vendor that lets the receiver choose; empty where the
     * vendor gives its own out.
     *
     * @param random a secure one
     */
    default Optional<String> newSecret(RandomGenerator random) {
        return Optional.empty();
    }

    /** A mistake in a connection's settings; {@code pointer} is a JSON Pointer into the create request. */
    record ConfigurationError(String pointer, String code, String message) {}

    /**
     * Whether the request is genuine: a signature over the raw bytes that one of the live secrets explains, within the
     * clock window where the scheme has one. Never throws, whatever the request holds.
     */
    Verdict verify(InboundRequest request, Connection connection, Instant now);

    /**
     * The events a genuine delivery holds, with properties named as the vendor names them. An event whose type is not
     * known becomes {@code vendor.raw}; none is left out.
     *
     * @throws Unreadable when the body is not what the vendor sends; its message is fit for a log
     */
    List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable;

    /** The vendor's sending side, for trying out and for tests. */
    VendorSamples samples();

    /** Its fields in the canonical vocabulary: the {@code fields.txt} of its package. */
    default FieldTable fields() {
        return FieldTable.beside(getClass());
    }

    /**
     * The events of a genuine delivery in the canonical vocabulary: what is stored. Objects that are not standard are
     * what the settings say, or raw ({@link OtherObjects}); one that does not say when it was is marked. Where the connection joins records,
     * each says the address that identifies its record.
     *
     * @throws Unreadable as {@link #normalize}
     */
    default List<CanonicalEvent> events(Delivery delivery, ConnectionSettings settings) throws Unreadable {
        var client = ReadBack.isOne(delivery) ? client() : Optional.<Client>empty();
        var said = client.isPresent() ? ReadBack.normalize(client.get(), delivery) : normalize(delivery);
        var events =
                fields().mapper(settings).map(Undated.marked(OtherObjects.placed(said, settings, delivery), delivery));
        return settings.joinsRecords().orElse(fields().keysAreUnique())
                ? events.stream().map(Identity::claiming).toList()
                : events;
    }

    /** The vendor's own API, where records can be read back from it; empty where there is none, or none is needed. */
    default Optional<Client> client() {
        return Optional.empty();
    }

    /** A body that cannot be read as the vendor's; the message names the place, never the content. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        public Unreadable(String message) {
            super(message);
        }
    }
}
