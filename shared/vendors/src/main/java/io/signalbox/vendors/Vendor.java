/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** What to click at the vendor, in order, once the connection exists; {@code {url}} stands for its webhook URL. */
    List<String> setupSteps();

    /** Names, lower case, of the headers that {@link #normalize} reads; they travel with the body. */
    Set<String> headersToKeep();

    /** Media types, lower case without parameters, that the vendor sends; anything else is answered 415. */
    Set<String> mediaTypes();

    /**
     * Whether these secrets and options can work.
     *
     * @return what is wrong with them, one entry each; empty when nothing is
     */
    List<ConfigurationError> check(Connection connection);

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
     * The events a genuine delivery holds. An event whose type is not known becomes {@code vendor.raw}; none is left
     * out.
     *
     * @throws Unreadable when the body is not what the vendor sends; its message is fit for a log
     */
    List<CanonicalEvent> normalize(Delivery delivery) throws Unreadable;

    /** A body that cannot be read as the vendor's; the message names the place, never the content. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        public Unreadable(String message) {
            super(message);
        }
    }
}
