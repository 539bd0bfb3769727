/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a vendor's token endpoint gave.
 *
 * @param access never shown
 * @param refresh what the next access token is asked for with; some vendors give a new one each time, and the old one
 *     is then worth nothing
 * @param expiresAt when the access token ends, by our clock
 * @param api where the API is for this account
 * @param scopes what was granted, as far as the vendor says
 */
public record Tokens(String access, Optional<String> refresh, Instant expiresAt, URI api, List<String> scopes) {

    public Tokens {
        requireNonNull(access, "access is null");
        requireNonNull(refresh, "refresh is null");
        requireNonNull(expiresAt, "expiresAt is null");
        requireNonNull(api, "api is null");
        scopes = List.copyOf(scopes);
    }

    public Account account() {
        return new Account(api, access);
    }

    @Override
    public String toString() {
        return "Tokens[until " + expiresAt + ", " + api + "]";
    }
}
