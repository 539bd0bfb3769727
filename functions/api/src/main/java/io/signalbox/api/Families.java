/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Changelog;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Schemas;
import java.util.HashMap;
import java.util.List;
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
        add("", DiscoveryOperations::current);
        Supplier<Family> spec = () -> new SpecOperations(
                services.schemas(), () -> services.recordService().scored(), services.deprecations());
        add("api", () -> previous(services), DiscoveryOperations::previous, spec);
        add(
                "health",
                () -> new HealthOperations(
                        services.records(), services.control(), services.parameters(), services.clock()));
        Supplier<Family> oauth = () -> new OAuthOperations(
                new ClientCheck(services.control()),
                new TokenIssuer(services.parameters(), services.clock(), services.random()),
                services.parameters());
        add("oauth", oauth, services::accessOperations);
        add(".well-known", oauth);
        for (var schema : Schemas.STANDARD) {
            var object = schema.object();
            add(
                    schema.path(),
                    () -> records(schema, _ -> services.kinds().standard(object), services),
                    () -> pipelines(schema, services));
        }
        add("objects", () -> records(Operations.OWN, services.kinds()::named, services));
        add("schemas", () -> new SchemaOperations(services.schemaService()));
        add(
                "connections",
                () -> new ConnectionOperations(
                        services.connectionService(),
                        services.previewService(),
                        services.cursors(),
                        new Lazy<>(services::connect)),
                services::accessOperations,
                services::pushOperations);
        add(
                "changes",
                () -> new ChangeOperations(
                        "listChanges",
                        ChangeOperations.named(services.kinds()),
                        services.recordService(),
                        services.search(),
                        services.feed(),
                        services.cursors()));
        add(
                "associations",
                () -> new AssociationBatches(services.kinds(), services.recordService(), services.links()),
                () -> new LabelOperations(services.kinds(), services.labels()));
        add("owners", () -> new OwnerOperations(services.owners(), services.random()));
        Supplier<Family> usage = () -> new UsageOperations(
                services.stores().usage(), services.meter(), services.deprecations(), services.clock());
        add("usage", usage);
        add("limits", usage);
        Supplier<Family> changelog = () -> new ChangelogOperations(Changelog.read());
        add("changelog", changelog);
        add("changelog.atom", changelog);
        add("vendors", VendorOperations::new);
        add("docs", () -> new DocsOperations(services.deprecations()));
        add("openapi.json", spec);
        add("openapi-3.1.json", spec);
        add("asyncapi.json", spec);
        add("jobs", () -> new JobOperations(services.jobs()));
        add("rules", () -> new RuleOperations(services.control()));
    }

    /** For the types whose records go through stages. */
    private static Family pipelines(ObjectSchema schema, Services services) {
        return new PipelineOperations(schema, services.pipelines(), new StageUse(schema.object(), services.search()));
    }

    private Family previous(Services services) {
        return new PreviousFamily(
                this::endpoint,
                kind -> new PreviousDeletions(kind, services.recordService(), services.feed(), services.cursors()),
                services.kinds(),
                services.deprecations(),
                services.settings().enforcesSunsets(),
                services.clock());
    }

    private static Family records(ObjectSchema names, Kind.Of kinds, Services services) {
        var records = services.recordService();
        return new WarningFamily(
                kinds,
                new RecordOperations(names, kinds, records, services.cursors(), services.kinds(), services.links()),
                new SearchOperations(
                        names,
                        kinds,
                        services.kinds(),
                        records,
                        services.search(),
                        services.cursors(),
                        services.links(),
                        services.clock()),
                new ChangeOperations(
                        "list" + names.one() + "Changes",
                        (call, _) -> List.of(kinds.of(call)),
                        records,
                        services.search(),
                        services.feed(),
                        services.cursors()),
                new DuplicateOperations(names, kinds, records, services.search()),
                new RecordWrites(names, kinds, records, services.settings().demandsIfMatch()),
                new BatchOperations(names, kinds, records, services.settings().demandsIfMatch()),
                new MergeOperations(names, kinds, records),
                new SplitOperations(names, kinds, records),
                new PersonOperations(names, kinds, records, services.jobs(), services.erasure(), services.clock()),
                new AssociationOperations(
                        names, kinds, services.kinds(), records, services.links(), services.cursors()));
    }

    /** @param others families of paths that begin alike, made when one of theirs is asked for */
    @SafeVarargs
    private void add(String name, Supplier<? extends Family> family, Supplier<? extends Family>... others) {
        families.put(name, new Lazy<>(() -> family.get().endpoints()));
        for (var i = 0; i < others.length; i++) {
            var other = others[i];
            families.put(name + "+" + i, new Lazy<>(() -> other.get().endpoints()));
        }
    }

    Endpoint endpoint(Operation operation) {
        var name = nameOf(operation);
        var family = families.get(name);
        var endpoint = family == null ? null : family.get().get(operation.id());
        for (var i = 0; endpoint == null && families.containsKey(name + "+" + i); i++) {
            endpoint = families.get(name + "+" + i).get().get(operation.id());
        }
        return requireNonNull(endpoint, () -> "nothing answers " + operation.id());
    }

    private static String nameOf(Operation operation) {
        var path = operation.template();
        var rest = path.startsWith(API) ? path.substring(API.length()) : path;
        return rest.isEmpty() ? "" : rest.substring(1).split("/", 2)[0];
    }
}
