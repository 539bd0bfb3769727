/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Optional;

/** A record's id in the system behind a connection, written {@code connection:id}. */
public record ExternalId(ConnectionId connection, String id) implements Comparable<ExternalId> {

    private static final Comparator<ExternalId> ORDER =
            Comparator.comparing(ExternalId::connection).thenComparing(ExternalId::id);

    public ExternalId {
        requireNonNull(connection, "connection is null");
        if (id == null || id.isEmpty() || id.length() > 200) {
            throw new IllegalArgumentException("external id is empty or longer than 200 characters");
        }
    }

    public static Optional<ExternalId> parse(String text) {
        var colon = text == null ? -1 : text.indexOf(':');
        if (colon < 0 || colon + 1 == text.length() || text.length() - colon > 201) {
            return Optional.empty();
        }
        var connection = text.substring(0, colon);
        return ConnectionId.isValid(connection)
                ? Optional.of(new ExternalId(new ConnectionId(connection), text.substring(colon + 1)))
                : Optional.empty();
    }

    @Override
    public int compareTo(ExternalId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return connection + ":" + id;
    }
}
