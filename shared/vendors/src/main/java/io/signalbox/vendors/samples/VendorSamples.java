/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.samples;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.VendorId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A vendor's sending side. */
public interface VendorSamples {

    /** The samples of that vendor; every vendor has some. */
    static Optional<VendorSamples> of(VendorId vendor) {
        return switch (vendor.value()) {
            case "hubspot" -> Optional.of(new HubSpotSamples());
            case "standard" -> Optional.of(new StandardSamples());
            default -> Optional.empty();
        };
    }

    /** A secret in the form that the vendor's are in. */
    String newSecret(RandomGenerator random);

    /**
     * One contact's life, of someone who becomes a good lead in the three days before {@code now}: created, filled in,
     * then active. Different for each seed of {@code random}, the same for the same one.
     */
    Life life(RandomGenerator random, Instant now);

    /**
     * The headers, names in lower case and content type among them, that the vendor would send the body with: a
     * {@code POST} to the connection's public URL at {@code now}, signed with the first live secret.
     *
     * @throws IllegalArgumentException when no live secret can sign
     */
    Map<String, String> sign(byte[] body, Connection connection, Instant now);

    /** How many canonical events a body of {@link #life} becomes. */
    int eventsIn(byte[] body);

    /**
     * A record's life as its vendor tells it.
     *
     * @param externalId the record's id at the vendor; null when only the e-mail address names it
     * @param bodies one a request, in the order of sending
     * @param events how many canonical events they all become
     */
    record Life(ObjectType object, String externalId, String email, List<byte[]> bodies, int events) {
        public Life {
            requireNonNull(object, "object is null");
            requireNonNull(email, "email is null");
            bodies = List.copyOf(bodies);
        }
    }
}
