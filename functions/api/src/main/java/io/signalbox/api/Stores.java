/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.parameters.Parameters;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore;
import io.signalbox.store.DocumentStore;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.store.DynamoDocumentStore;
import io.signalbox.store.DynamoFeedStore;
import io.signalbox.store.DynamoIdempotencyStore;
import io.signalbox.store.DynamoIndexStore;
import io.signalbox.store.DynamoJobStore;
import io.signalbox.store.DynamoLinkStore;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.DynamoUsageStore;
import io.signalbox.store.FeedStore;
import io.signalbox.store.IdempotencyStore;
import io.signalbox.store.IndexStore;
import io.signalbox.store.JobStore;
import io.signalbox.store.LinkStore;
import io.signalbox.store.RecordStore;
import io.signalbox.store.SchemaCache;
import io.signalbox.store.UsageStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Where the API keeps things, each made when it is first asked for. */
record Stores(
        Supplier<RecordStore> records,
        Supplier<ControlStore> control,
        Supplier<IdempotencyStore> idempotency,
        Supplier<JobStore> jobs,
        Supplier<LinkStore> links,
        Supplier<IndexStore> index,
        Supplier<FeedStore> feed,
        Supplier<DocumentStore> documents,
        Supplier<SchemaCache> schemas,
        Supplier<UsageStore> usage,
        Supplier<Parameters> parameters) {

    Stores {
        requireNonNull(records, "records is null");
        requireNonNull(control, "control is null");
        requireNonNull(idempotency, "idempotency is null");
        requireNonNull(jobs, "jobs is null");
        requireNonNull(links, "links is null");
        requireNonNull(index, "index is null");
        requireNonNull(feed, "feed is null");
        requireNonNull(documents, "documents is null");
        requireNonNull(schemas, "schemas is null");
        requireNonNull(usage, "usage is null");
        requireNonNull(parameters, "parameters is null");
    }

    /**
     * The real ones.
     *
     * @param recordsTable the names of the tables, read when they are needed
     */
    static Stores dynamo(
            Supplier<DynamoDbClient> client,
            Supplier<String> recordsTable,
            Supplier<String> controlTable,
            Supplier<Parameters> parameters,
            Clock clock,
            ConsumedUnits units) {
        var documents = new Lazy<DocumentStore>(() -> new DynamoDocumentStore(client.get(), controlTable.get(), units));
        var schemas = new Lazy<>(() -> new SchemaCache(documents.get(), clock));
        return new Stores(
                new Lazy<>(() -> new DynamoRecordStore(client.get(), recordsTable.get(), clock, units, schemas.get())),
                new Lazy<>(() ->
                        new DynamoControlStore(client.get(), controlTable.get(), clock, new SecureRandom(), units)),
                new Lazy<>(() -> new DynamoIdempotencyStore(client.get(), controlTable.get(), clock, units)),
                new Lazy<>(() -> new DynamoJobStore(client.get(), controlTable.get(), clock, units)),
                new Lazy<>(() -> new DynamoLinkStore(client.get(), recordsTable.get(), clock, units)),
                new Lazy<>(() -> new DynamoIndexStore(client.get(), recordsTable.get(), units)),
                new Lazy<>(() -> new DynamoFeedStore(client.get(), recordsTable.get(), clock, units)),
                documents,
                schemas,
                new Lazy<>(() -> new DynamoUsageStore(client.get(), controlTable.get(), clock, units)),
                new Lazy<>(parameters));
    }
}
