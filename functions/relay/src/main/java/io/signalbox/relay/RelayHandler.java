/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.signalbox.core.Pipeline;
import io.signalbox.model.SchemaSet;
import io.signalbox.model.SegmentId;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.FetchQueue;
import io.signalbox.queue.SqsFetchQueue;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Priming;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.store.DynamoDocumentStore;
import io.signalbox.store.DynamoFeedStore;
import io.signalbox.store.DynamoIndexStore;
import io.signalbox.store.DynamoLinkStore;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.DynamoStateStore;
import io.signalbox.store.FeedStore;
import io.signalbox.store.IndexStore;
import io.signalbox.store.LinkStore;
import io.signalbox.store.Links;
import io.signalbox.store.RecordStore;
import io.signalbox.store.SchemaCache;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Follows the stream of the Records table and hands each change to all consumers. When one cannot be handled, the answer
 * names it, and Lambda delivers it again with all that follow; those before it are done.
 *
 * <p>Variables: {@code RECORDS_TABLE}, {@code CONTROL_TABLE}, {@code FETCH_QUEUE_URL}.
 */
public final class RelayHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    /** No segment has this id: it is from 1970. */
    private static final SegmentId NONE = new SegmentId("0".repeat(20));

    private final Supplier<List<ChangeConsumer>> consumers;
    private final Clock clock;
    private final Log log;

    /** Kept because the snapshot's context holds what it calls by weak references only. */
    @SuppressWarnings("unused")
    private final Priming priming;

    public RelayHandler() {
        this(Env.process(), Clock.systemUTC());
    }

    public RelayHandler(Env env, Clock clock) {
        this(env, clock, Aws.client(DynamoDbClient.builder(), env), new ConsumedUnits());
    }

    private RelayHandler(Env env, Clock clock, DynamoDbClient dynamo, ConsumedUnits units) {
        this(
                new DynamoControlStore(dynamo, env.require("CONTROL_TABLE"), clock, new SecureRandom(), units),
                Stores.of(dynamo, env, clock, units),
                new Reaches(new DynamoStateStore(dynamo, env.require("CONTROL_TABLE"), clock, units), clock),
                new SqsFetchQueue(Aws.client(SqsClient.builder(), env), env, clock),
                clock,
                Log.of("relay", clock));
    }

    /** What the consumers write to in the Records table, and what users defined. */
    record Stores(RecordStore records, LinkStore links, IndexStore index, FeedStore feed, Supplier<SchemaSet> schemas) {
        static Stores of(DynamoDbClient dynamo, Env env, Clock clock, ConsumedUnits units) {
            var table = env.require("RECORDS_TABLE");
            var documents = new DynamoDocumentStore(dynamo, env.require("CONTROL_TABLE"), units);
            return new Stores(
                    new DynamoRecordStore(dynamo, table, clock, units),
                    new DynamoLinkStore(dynamo, table, clock, units),
                    new DynamoIndexStore(dynamo, table, units),
                    new DynamoFeedStore(dynamo, table, clock, units),
                    new SchemaCache(documents, clock));
        }
    }

    RelayHandler(ControlStore control, Stores stores, Reaches reaches, FetchQueue fetches, Clock clock, Log log) {
        var records = stores.records();
        var filterable = new FilterableFields(stores.schemas());
        var pipeline = new Pipeline(records, control, clock, new SecureRandom());
        var destinations = new Destinations(control, reaches, clock);
        this.consumers = () -> List.of(
                new LinkKeeper(new Links(records, stores.links())),
                new Projections(stores.index(), stores.feed(), filterable, new EventCounts(records)),
                new Pushes(pipeline::model, destinations, fetches, clock));
        this.clock = requireNonNull(clock, "clock is null");
        this.log = requireNonNull(log, "log is null");
        this.priming =
                Priming.register(log, () -> handleRequest(new DynamodbEvent(), null), () -> records.segment(NONE));
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        var started = clock.millis();
        var stream = event.getRecords() == null ? List.<DynamodbStreamRecord>of() : event.getRecords();
        var all = consumers.get();
        var failed = hand(stream, all);
        for (var consumer : all) {
            failed = earlier(failed, consumer.finish(), stream);
        }
        log.info(
                "batch",
                Log.line()
                        .with("changes", stream.size())
                        .with("again_from", failed.orElse(null))
                        .with("ms", clock.millis() - started));
        return new StreamsEventResponse(
                failed.map(BatchItemFailure::new).map(List::of).orElse(List.of()));
    }

    /** Hands out changes until one fails; returns its sequence number. */
    private Optional<String> hand(List<DynamodbStreamRecord> stream, List<ChangeConsumer> all) {
        for (var record : stream) {
            var sequence = record.getDynamodb().getSequenceNumber();
            try {
                var change = Change.of(record);
                all.forEach(consumer -> consumer.accept(change));
            } catch (RuntimeException e) {
                log.error(
                        "cannot handle a change",
                        Log.line().with("sequence", sequence).with(e));
                return Optional.of(sequence);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> earlier(
            Optional<String> failed, Optional<Change> again, List<DynamodbStreamRecord> stream) {
        if (again.isEmpty()) {
            return failed;
        }
        var sequences = stream.stream()
                .map(record -> record.getDynamodb().getSequenceNumber())
                .toList();
        var sooner = again.get().sequence();
        var later = failed.map(sequences::indexOf).orElse(sequences.size());
        return sequences.indexOf(sooner) < later ? Optional.of(sooner) : failed;
    }
}
