/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A vendor's sending side. */
public interface VendorSamples {

    /** A secret in the form that the vendor's are in. */
    String newSecret(RandomGenerator random);

    /**
     * One contact's life, of someone who becomes a good lead in the three days before {@code now}: created, filled in,
     * then active. Different for each seed of {@code random}, the same for the same one.
     */
    Life life(RandomGenerator random, Instant now);

    /** Options that a connection needs besides a secret so that {@link #sign} and the vendor's check agree. */
    default Map<String, Value> options() {
        return Map.of();
    }

    /**
     * The request by which the vendor would send the body: to the connection's public URL at {@code now}, proven with the
     * first live secret.
     *
     * @throws IllegalArgumentException when no live secret can sign
     */
    Signed sign(byte[] body, Connection connection, Instant now);

    /**
     * The request with one bit changed, where that must be noticed: in the body where it is signed, in the secret where
     * a secret is all there is.
     */
    default Signed tampered(Signed signed) {
        var body = signed.body().clone();
        body[body.length / 2] ^= 1;
        return new Signed(signed.method(), signed.query(), signed.headers(), body);
    }

    /**
     * A request that proves who sent it.
     *
     * @param query to stand after the {@code ?} of the public URL, encoded; empty for none
     * @param headers names in lower case, content type among them
     * @param body the bytes to send; some vendors put their secret into it
     */
    record Signed(String method, String query, Map<String, String> headers, byte[] body) {
        public Signed {
            requireNonNull(method, "method is null");
            requireNonNull(query, "query is null");
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
            requireNonNull(body, "body is null");
        }

        public static Signed post(Map<String, String> headers, byte[] body) {
            return new Signed("POST", "", headers, body);
        }

        /** The same with one bit changed in what its query ends with: a secret. */
        public Signed tamperedQuery() {
            var end = query.length() - 1;
            // The bit may make a letter of the secret's into something that no query may hold as it is.
            var last = URLEncoder.encode(Character.toString(query.charAt(end) ^ 1), UTF_8);
            return new Signed(method, query.substring(0, end) + last, headers, body);
        }
    }

    /** The first live secret, as a sender would use it. */
    static String secret(Connection connection, Instant now) {
        return connection.secrets().stream()
                .filter(each -> each.isLive(now))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the connection has no live secret"))
                .value();
    }

    /** How many canonical events a body of {@link #life} becomes. */
    int eventsIn(byte[] body);

    /**
     * A record's life as its vendor tells it.
     *
     * @param externalId the record's id at the vendor; null when only the e-mail address names it
     * @param email null for a record that has none
     * @param bodies one a request, in the order of sending
     * @param events how many canonical events they all become
     */
    record Life(ObjectType object, String externalId, String email, List<byte[]> bodies, int events) {
        public Life {
            requireNonNull(object, "object is null");
            bodies = List.copyOf(bodies);
        }
    }
}
