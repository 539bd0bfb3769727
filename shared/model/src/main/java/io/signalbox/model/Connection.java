/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One vendor account that may post webhooks here: everything the receiver needs to judge a request.
 *
 * @param id last part of the webhook's URL
 * @param vendor who posts
 * @param publicUrl the URL the vendor was given, as it is signed by vendors that sign URLs; never taken from a request
 * @param secrets all that are live; a request is genuine when any of them says so
 * @param options the vendor's own switches, by name, as the vendor's page in the README lists them
 * @param createdAt when the connection was made
 */
public record Connection(
        ConnectionId id,
        VendorId vendor,
        URI publicUrl,
        List<Secret> secrets,
        Map<String, Value> options,
        Instant createdAt) {

    public Connection {
        requireNonNull(id, "id is null");
        requireNonNull(vendor, "vendor is null");
        requireNonNull(publicUrl, "publicUrl is null");
        secrets = List.copyOf(secrets);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        requireNonNull(createdAt, "createdAt is null");
    }

    /**
     * A signing secret. Never logged and never answered: {@link #toString} and every listing show the last 4
     * characters only.
     *
     * @param expiresAt when it stops counting, for a rotation with an end; empty for as long as it is listed
     */
    public record Secret(String id, String value, Instant createdAt, Optional<Instant> expiresAt) {
        public Secret {
            requireNonNull(id, "id is null");
            requireNonNull(value, "value is null");
            requireNonNull(createdAt, "createdAt is null");
            requireNonNull(expiresAt, "expiresAt is null");
        }

        public boolean isLive(Instant now) {
            return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
        }

        public String lastFour() {
            return value.length() <= 8 ? "****" : value.substring(value.length() - 4);
        }

        @Override
        public String toString() {
            return "Secret[" + id + ", …" + lastFour() + "]";
        }
    }
}
