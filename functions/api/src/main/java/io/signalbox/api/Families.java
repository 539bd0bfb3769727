/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Operation;
import io.signalbox.model.Schemas;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which family answers an operation: that of its path's first part, behind {@code /api/v4} where it starts so. A family
 * is made when the first request for it comes.
 */
final class Families {

    private static final String API = "/api/v4";

    private final Map<String, Lazy<Map<String, Endpoint>>> families = new HashMap<>();

    Families(Services services) {
        add("", DiscoveryOperations::new);
        add(
                "health",
                () -> new HealthOperations(
                        services.records(), services.control(), services.parameters(), services.clock()));
        Supplier<Family> oauth = () -> new OAuthOperations(
                new ClientCheck(services.control()),
                new TokenIssuer(services.parameters(), services.clock(), services.random()),
                services.parameters());
        add("oauth", oauth);
        add(".well-known", oauth);
        for (var schema : Schemas.STANDARD) {
            add(schema.path(), () -> new RecordOperations(schema, services.recordService(), services.cursors()));
        }
        add(
                "connections",
                () -> new ConnectionOperations(
                        services.connectionService(), services.previewService(), services.cursors()));
        add("docs", DocsOperations::new);
        Supplier<Family> spec =
                () -> new SpecOperations(() -> services.recordService().scored());
        add("openapi.json", spec);
        add("openapi-3.1.json", spec);
        add("rules", () -> new RuleOperations(services.control()));
    }

    private void add(String name, Supplier<Family> family) {
        families.put(name, new Lazy<>(() -> family.get().endpoints()));
    }

    Endpoint endpoint(Operation operation) {
        var family = families.get(nameOf(operation));
        var endpoint = family == null ? null : family.get().get(operation.id());
        return requireNonNull(endpoint, () -> "nothing answers " + operation.id());
    }

    private static String nameOf(Operation operation) {
        var path = operation.template();
        var rest = path.startsWith(API) ? path.substring(API.length()) : path;
        return rest.isEmpty() ? "" : rest.substring(1).split("/", 2)[0];
    }
}
