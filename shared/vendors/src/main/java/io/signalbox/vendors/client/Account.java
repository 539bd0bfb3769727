/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * Where and as whom to call a vendor's API.
 *
 * @param api base URL without a slash at the end, as the vendor named it with the token
 * @param token never shown
 */
public record Account(URI api, String token) {

    public Account {
        requireNonNull(api, "api is null");
        requireNonNull(token, "token is null");
    }

    public URI at(String path) {
        return URI.create(api + path);
    }

    @Override
    public String toString() {
        return "Account[" + api + "]";
    }
}
