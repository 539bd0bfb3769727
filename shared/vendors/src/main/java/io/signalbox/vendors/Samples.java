/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the vendor would send: for the command line, for tests and for trying a connection out. No function needs it, so
 * nothing loads it before {@link Vendor#samples} is called.
 */
public interface Samples {

    /** A body and the headers, content type and signature among them, that the vendor would send it with. */
    record Signed(Map<String, String> headers, byte[] body) {}

    /**
     * One request's body in the life of a contact.
     *
     * @param title what happened, for people
     * @param events how many canonical events it is normalized to
     */
    record Step(String title, byte[] body, int events) {}

    /**
     * A contact's life as its vendor tells it.
     *
     * @param externalId the contact's id at the vendor
     * @param steps the requests, oldest first; the last event lies shortly before the moment that was asked for
     */
    record Story(String externalId, String email, List<Step> steps) {}

    /**
     * Signs the body with the connection's last live secret, as the vendor would at {@code now} for a {@code POST} to
     * the connection's public URL.
     *
     * @param deliveryId names the delivery where the scheme has such a name; the same one for a retry
     * @throws IllegalArgumentException when no live secret can sign
     */
    Signed sign(byte[] body, Connection connection, String deliveryId, Instant now);

    /** A contact who becomes a good lead, different for each seed of {@code random}, in the days before {@code now}. */
    Story life(RandomGenerator random, Instant now);
}
