/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.regex.Pattern;

/** The id of a connection: the last part of the URL that a vendor posts to. */
public record ConnectionId(String value) implements Comparable<ConnectionId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    /** The connection that stands for the REST API itself, as the source of events that its writes become. */
    public static final ConnectionId API = new ConnectionId("api");

    public ConnectionId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("connection id is not 1 to 40 of a-z, 0-9 and inner hyphens");
        }
    }

    public static boolean isValid(String value) {
        return value != null && FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(ConnectionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
