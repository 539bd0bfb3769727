/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections for tests. */
final class Connections {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private Connections() {}

    static Connection of(String vendor, String url, Map<String, Value> options, String... secrets) {
        var list = new ArrayList<Connection.Secret>();
        for (var secret : secrets) {
            list.add(new Connection.Secret("s" + list.size(), secret, Instant.EPOCH, Optional.empty()));
        }
        return new Connection(
                new ConnectionId("acme"), new VendorId(vendor), URI.create(url), list, options, Instant.EPOCH);
    }

    static Connection withExpired(Connection connection, Instant end) {
        var secrets = connection.secrets().stream()
                .map(each -> new Connection.Secret(each.id(), each.value(), each.createdAt(), Optional.of(end)))
                .toList();
        return withSecrets(connection, secrets);
    }

    static Connection withSecrets(Connection connection, List<Connection.Secret> secrets) {
        return new Connection(
                connection.id(),
                connection.vendor(),
                connection.publicUrl(),
                secrets,
                connection.options(),
                connection.createdAt());
    }
}
