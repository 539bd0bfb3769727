/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.core.Pipeline;
import io.signalbox.core.SettingsCache;
import io.signalbox.outbound.Pushed;
import io.signalbox.outbound.Reaches;
import io.signalbox.processor.Tally.Count;
import io.signalbox.queue.SqsFetchQueue;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Metrics;
import io.signalbox.runtime.Priming;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.store.DynamoDocumentStore;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.DynamoStateStore;
import io.signalbox.store.SchemaCache;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Reads the events queue and the queue of refused requests, told apart by the ARN that each message carries. Answers
 * with the messages that shall come again ({@code ReportBatchItemFailures}); all others are done for good.
 *
 * <p>Variables: {@code RECORDS_TABLE}, {@code CONTROL_TABLE}, {@code EVENTS_DLQ_URL}, {@code REJECTIONS_QUEUE_URL},
 * {@code FETCH_QUEUE_URL};
 * {@code MAX_RECEIVES}, the events queue's {@code maxReceiveCount}, 5 by default.
 */
public final class ProcessorHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    /** Below this no further work is begun: what is left comes again instead of being cut off in the middle. */
    private static final int RESERVE_MILLIS = 8_000;

    private final Deliveries deliveries;
    private final Refusals refusals;
    private final String rejectionsUrl;
    private final ConsumedUnits units;
    private final Clock clock;
    private final Log log;
    private final Metrics metrics;

    /** Kept because the snapshot's context holds what it calls by weak references only; none in a rehearsal. */
    @SuppressWarnings("unused")
    private final Priming priming;

    public ProcessorHandler() {
        this(Env.process(), Clock.systemUTC());
    }

    public ProcessorHandler(Env env, Clock clock) {
        this(
                env,
                clock,
                Aws.client(DynamoDbClient.builder(), env),
                Aws.client(SqsClient.builder(), env),
                Log.of("processor", clock),
                Metrics.of("processor", clock),
                true);
    }

    /** A handler without a rehearsal of its own. */
    ProcessorHandler(Env env, Clock clock, DynamoDbClient dynamo, SqsClient sqs, Log log, Metrics metrics) {
        this(env, clock, dynamo, sqs, log, metrics, false);
    }

    private ProcessorHandler(
            Env env, Clock clock, DynamoDbClient dynamo, SqsClient sqs, Log log, Metrics metrics, boolean rehearsed) {
        this.clock = requireNonNull(clock, "clock is null");
        this.log = requireNonNull(log, "log is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.units = new ConsumedUnits();
        var random = new SecureRandom();
        var documents = new DynamoDocumentStore(dynamo, env.require("CONTROL_TABLE"), units);
        var schemas = new SchemaCache(documents, clock);
        var records = new DynamoRecordStore(dynamo, env.require("RECORDS_TABLE"), clock, units, schemas);
        var control = new DynamoControlStore(dynamo, env.require("CONTROL_TABLE"), clock, random, units);
        var states = new DynamoStateStore(dynamo, env.require("CONTROL_TABLE"), clock, units);
        this.deliveries = new Deliveries(
                new Pipeline(records, control, clock, random),
                new SettingsCache(control, clock),
                new Completions(
                        new Reaches(states, clock),
                        new Pushed(states, clock),
                        new SqsFetchQueue(sqs, env, clock),
                        clock),
                new SqsDeadLetters(sqs, env.require("EVENTS_DLQ_URL")),
                env.find("MAX_RECEIVES").map(Integer::parseInt).orElse(5),
                log);
        this.refusals = new Refusals(control, log);
        this.rejectionsUrl = env.require("REJECTIONS_QUEUE_URL");
        this.priming = rehearsed ? Priming.register(log, new Rehearsal(clock), control::rules) : null;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var started = clock.millis();
        var messages = event.getRecords() == null ? List.<SQSMessage>of() : event.getRecords();
        var tally = new Tally();
        var done = new Done();
        tally.add(Count.MESSAGES, messages.size());
        try {
            var bySource = messages.stream()
                    .collect(Collectors.partitioningBy(message -> Messages.isFrom(message, rejectionsUrl)));
            refusals.handle(bySource.get(true), tally, done);
            deliveries.handle(bySource.get(false), hasTime(context), tally, done);
        } catch (RuntimeException e) {
            log.error("a batch was cut short", Log.line().with(e));
        }
        var answer = done.others(messages);
        report(tally, answer, clock.millis() - started);
        return answer;
    }

    private static BooleanSupplier hasTime(Context context) {
        return () -> context == null || context.getRemainingTimeInMillis() > RESERVE_MILLIS;
    }

    private void report(Tally tally, SQSBatchResponse answer, long millis) {
        var used = units.take();
        log.info(
                "batch",
                tally.line()
                        .with("again", answer.getBatchItemFailures().size())
                        .with("read_units", used.read())
                        .with("write_units", used.written())
                        .with("ms", millis));
        metrics.count(Map.of(), tally.counts());
    }
}
