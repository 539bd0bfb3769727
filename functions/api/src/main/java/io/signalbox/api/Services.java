/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecations;
import io.signalbox.core.Erasure;
import io.signalbox.core.Pipeline;
import io.signalbox.core.catalog.Labels;
import io.signalbox.core.catalog.Owners;
import io.signalbox.core.catalog.Pipelines;
import io.signalbox.core.catalog.StageCheck;
import io.signalbox.core.search.Search;
import io.signalbox.outbound.Connect;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.Parameters;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore;
import io.signalbox.store.Definitions;
import io.signalbox.store.FeedStore;
import io.signalbox.store.JobStore;
import io.signalbox.store.LinkStore;
import io.signalbox.store.RecordStore;
import io.signalbox.store.SchemaCache;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** What the families are made of, each made when it is first asked for. */
final class Services {

    private final Clock clock;
    private final RandomText random;
    private final ConsumedUnits units;
    private final Stores stores;
    private final Settings settings;
    private final Lazy<Deprecations> deprecations = new Lazy<>(Deprecations::read);
    private final Lazy<Kinds> kinds = new Lazy<>(() -> new Kinds(schemas()));
    private final Lazy<Optional<Meter>> meter;
    private final Lazy<Pipeline> pipeline;
    private final Lazy<RecordService> recordService;
    private final Lazy<PreviewService> previewService;
    private final Lazy<ConnectionService> connectionService;
    private final Lazy<Cursors> cursors;
    private final Lazy<Outside> outside;

    /**
     * @param units what the stores count their calls' cost on
     */
    Services(
            Clock clock,
            RandomText random,
            ConsumedUnits units,
            Stores stores,
            Supplier<Outside> outside,
            Settings settings) {
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
        this.units = requireNonNull(units, "units is null");
        this.stores = requireNonNull(stores, "stores is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.pipeline = new Lazy<>(() -> new Pipeline(
                        records(), control(), clock, random.generator().get())
                .checking(() -> new StageCheck(pipelines())));
        this.meter = new Lazy<>(
                () -> settings.limits().map(limits -> new Meter(stores.usage(), limits, deprecations.get(), clock)));
        this.recordService = new Lazy<>(() -> new RecordService(records(), pipeline.get()));
        this.previewService = new Lazy<>(() -> new PreviewService(control(), pipeline.get(), clock));
        this.connectionService = new Lazy<>(() ->
                new ConnectionService(control(), feed(), new ConnectionParameters(parameters(), clock), clock, random));
        this.cursors = new Lazy<>(() -> new Cursors(parameters(), clock, random));
        this.outside = new Lazy<>(outside);
    }

    Clock clock() {
        return clock;
    }

    RandomText random() {
        return random;
    }

    ConsumedUnits units() {
        return units;
    }

    RecordStore records() {
        return stores.records().get();
    }

    ControlStore control() {
        return stores.control().get();
    }

    Parameters parameters() {
        return stores.parameters().get();
    }

    Stores stores() {
        return stores;
    }

    Settings settings() {
        return settings;
    }

    /** What counts and limits the calls of clients; empty where nothing does. */
    Optional<Meter> meter() {
        return meter.get();
    }

    Deprecations deprecations() {
        return deprecations.get();
    }

    JobStore jobs() {
        return stores.jobs().get();
    }

    LinkStore links() {
        return stores.links().get();
    }

    Pipelines pipelines() {
        return new Pipelines(stores.documents().get());
    }

    Labels labels() {
        return new Labels(stores.documents().get());
    }

    Owners owners() {
        return new Owners(stores.documents().get());
    }

    FeedStore feed() {
        return stores.feed().get();
    }

    Search search() {
        return new Search(records(), stores.index().get(), links(), feed(), clock);
    }

    SchemaCache schemas() {
        return stores.schemas().get();
    }

    SchemaService schemaService() {
        return new SchemaService(new Definitions(stores.documents().get()), schemas(), records(), jobs());
    }

    Kinds kinds() {
        return kinds.get();
    }

    Erasure erasure() {
        return new Erasure(pipeline.get(), records(), links(), jobs(), clock);
    }

    RecordService recordService() {
        return recordService.get();
    }

    PreviewService previewService() {
        return previewService.get();
    }

    ConnectionService connectionService() {
        return connectionService.get();
    }

    Cursors cursors() {
        return cursors.get();
    }

    Connect connect() {
        return outside.get().connect(parameters(), clock, random);
    }

    AccessOperations accessOperations() {
        return new AccessOperations(
                connectionService(),
                new ConnectionParameters(parameters(), clock),
                connect(),
                outside.get().reaches(clock),
                outside.get().channels());
    }

    PushOperations pushOperations() {
        return new PushOperations(
                connectionService(),
                records(),
                outside.get().reaches(clock),
                outside.get().jobs(),
                clock);
    }
}
