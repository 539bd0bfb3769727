/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The vendor's app that a connection is granted access through, and how.
 *
 * @param clientId empty for {@link Flow#TOKEN}
 * @param clientSecret the app's secret; the token itself for {@link Flow#TOKEN}; a private key in PEM for {@link
 *     Flow#JWT_BEARER}; never shown
 * @param scopes what to ask for; empty for the vendor's usual ones
 * @param settings what else the vendor needs to know, as {@link OAuth#settings} names it: {@code host}, {@code tenant}
 */
public record App(Flow flow, String clientId, String clientSecret, List<String> scopes, Map<String, String> settings) {

    public App {
        requireNonNull(flow, "flow is null");
        requireNonNull(clientId, "clientId is null");
        requireNonNull(clientSecret, "clientSecret is null");
        scopes = List.copyOf(scopes);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** How access is granted. */
    public enum Flow {
        /** A person agrees in a browser (RFC 6749 section 4.1). */
        AUTHORIZATION_CODE,
        /** The app by itself (RFC 6749 section 4.4). */
        CLIENT_CREDENTIALS,
        /** The app by its key, for a user (RFC 7523). */
        JWT_BEARER,
        /** A token the vendor's pages gave out, which does not expire by itself. */
        TOKEN
    }

    /** The setting, or an empty text. */
    public String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "App[" + flow + ", " + clientId + "]";
    }
}
