/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

/** The id of a connection: the last part of the URL that a vendor posts to. */
public record ConnectionId(String value) implements Comparable<ConnectionId> {

    private static final int LONGEST = 40;

    /** The connection that stands for the REST API itself, as the source of events that its writes become. */
    public static final ConnectionId API = new ConnectionId("api");

    public ConnectionId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("connection id is not 1 to 40 of a-z, 0-9 and inner hyphens");
        }
    }

    public static boolean isValid(String value) {
        if (value == null || value.isEmpty() || value.length() > LONGEST) {
            return false;
        }
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            var isInner = i > 0 && i < value.length() - 1;
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !(c == '-' && isInner)) {
                return false;
            }
        }
        return true;
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
