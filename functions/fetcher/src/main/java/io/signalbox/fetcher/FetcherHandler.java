/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.ConnectionId;
import io.signalbox.outbound.ChannelEnds;
import io.signalbox.outbound.Grants;
import io.signalbox.outbound.JdkVendorHttp;
import io.signalbox.outbound.Pushed;
import io.signalbox.outbound.Reaches;
import io.signalbox.outbound.TokenSource;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.queue.SqsEventQueue;
import io.signalbox.queue.SqsFetchQueue;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Metrics;
import io.signalbox.runtime.Priming;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoStateStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Reads the fetch queue: calls vendors' APIs and puts what they answer on the events queue, where everything else comes in
 * too. Answers with the messages that shall come again; all others are done for good.
 *
 * <p>Variables: {@code FETCH_QUEUE_URL}, {@code FETCH_DLQ_URL}, {@code EVENTS_QUEUE_URL}, {@code CONTROL_TABLE}, {@code
 * PARAMETER_PREFIX}, {@code VENDOR_API_OVERRIDE} ({@link JdkVendorHttp}).
 */
public final class FetcherHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    /** Below this no further call is begun: one may take 10 s, and twice that when the token has ended. */
    private static final int RESERVE_MILLIS = 35_000;

    private static final ConnectionId NOBODY = new ConnectionId("rehearsal");

    private final Fetches fetches;
    private final ConsumedUnits units;
    private final Clock clock;
    private final Log log;
    private final Metrics metrics;

    /** Kept because the snapshot's context holds what it calls by weak references only. */
    @SuppressWarnings("unused")
    private final Priming priming;

    public FetcherHandler() {
        this(Env.process(), Clock.systemUTC());
    }

    public FetcherHandler(Env env, Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
        this.log = Log.of("fetcher", clock);
        this.metrics = Metrics.of("fetcher", clock);
        this.units = new ConsumedUnits();
        var sqs = Aws.client(SqsClient.builder(), env);
        var states = new DynamoStateStore(
                Aws.client(DynamoDbClient.builder(), env), env.require("CONTROL_TABLE"), clock, units);
        var reaches = new Reaches(states, clock);
        var parameters = SsmParameters.of(env);
        var grants = new Grants(parameters, clock);
        var http = new JdkVendorHttp(env);
        this.fetches = new Fetches(new Surroundings(
                new SqsFetchQueue(sqs, env, clock),
                SqsEventQueue.forEvents(sqs, env),
                new TokenSource(grants, states, http, clock),
                reaches,
                new Pushed(states, clock),
                new ChannelEnds(states),
                new ConnectionParameters(parameters, clock),
                http,
                clock,
                new SecureRandom(),
                log));
        this.priming = Priming.register(
                log, () -> handleRequest(new SQSEvent(), null), () -> reaches.get(NOBODY), () -> grants.load(NOBODY));
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var started = clock.millis();
        var messages = event.getRecords() == null ? List.<SQSMessage>of() : event.getRecords();
        var tally = new Tally();
        Set<String> done = fetches.handle(messages, hasTime(context), tally);
        var again = messages.stream()
                .map(SQSMessage::getMessageId)
                .filter(id -> !done.contains(id))
                .map(BatchItemFailure::new)
                .toList();
        var used = units.take();
        log.info(
                "batch",
                tally.line()
                        .with("again", again.size())
                        .with("read_units", used.read())
                        .with("write_units", used.written())
                        .with("ms", clock.millis() - started));
        metrics.count(Map.of(), tally.counts());
        return new SQSBatchResponse(again);
    }

    private static BooleanSupplier hasTime(Context context) {
        return () -> context == null || context.getRemainingTimeInMillis() > RESERVE_MILLIS;
    }
}
