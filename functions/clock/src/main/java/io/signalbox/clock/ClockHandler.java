/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.clock;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.signalbox.core.DueScores;
import io.signalbox.core.Erasure;
import io.signalbox.core.Pipeline;
import io.signalbox.core.catalog.FieldJobs;
import io.signalbox.outbound.ChannelEnds;
import io.signalbox.outbound.Reaches;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchQueue;
import io.signalbox.queue.SqsFetchQueue;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Priming;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore;
import io.signalbox.store.Definitions;
import io.signalbox.store.DocumentStore;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.store.DynamoDocumentStore;
import io.signalbox.store.DynamoFeedStore;
import io.signalbox.store.DynamoIndexStore;
import io.signalbox.store.DynamoJobStore;
import io.signalbox.store.DynamoLinkStore;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.DynamoStateStore;
import io.signalbox.store.FeedStore;
import io.signalbox.store.IndexStore;
import io.signalbox.store.JobStore;
import io.signalbox.store.LinkStore;
import io.signalbox.store.RecordStore;
import io.signalbox.store.SchemaCache;
import io.signalbox.store.StateStore;
import java.security.SecureRandom;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Woken every minute: sets up a new stack, then looks at scores that may have fallen by themselves, then goes
 * on with unfinished jobs, then adds up counters. What fails is tried again a minute later; each part goes on without the
 * others.
 *
 * <p>Variables: {@code RECORDS_TABLE}, {@code CONTROL_TABLE}, {@code FETCH_QUEUE_URL}, {@code PARAMETER_PREFIX}.
 */
public final class ClockHandler implements RequestHandler<ScheduledEvent, Void> {

    private static final int PAGE = 200;

    /** Below this no further page of hints is begun. */
    private static final int RESERVE_MILLIS = 15_000;

    private final FirstStart firstStart;
    private final DueScores dueScores;
    private final Erasure erasure;
    private final FieldJobs fieldJobs;
    private final FeedStore feed;
    private final Renewals renewals;
    private final Clock clock;
    private final Log log;

    /** Kept because the snapshot's context holds what it calls by weak references only. */
    @SuppressWarnings("unused")
    private final Priming priming;

    private boolean started;

    public ClockHandler() {
        this(Env.process(), Clock.systemUTC());
    }

    public ClockHandler(Env env, Clock clock) {
        this(env, clock, Aws.client(DynamoDbClient.builder(), env), new ConsumedUnits());
    }

    private ClockHandler(Env env, Clock clock, DynamoDbClient dynamo, ConsumedUnits units) {
        this(
                SsmParameters.of(env),
                new DynamoControlStore(dynamo, env.require("CONTROL_TABLE"), clock, new SecureRandom(), units),
                Schemas.of(dynamo, env, clock, units),
                new DynamoLinkStore(dynamo, env.require("RECORDS_TABLE"), clock, units),
                new DynamoFeedStore(dynamo, env.require("RECORDS_TABLE"), clock, units),
                new DynamoJobStore(dynamo, env.require("CONTROL_TABLE"), clock, units),
                new DynamoStateStore(dynamo, env.require("CONTROL_TABLE"), clock, units),
                new SqsFetchQueue(Aws.client(SqsClient.builder(), env), env, clock),
                clock,
                Log.of("clock", clock));
    }

    /**
     * What users defined, and records whose keys follow it.
     *
     * @param documents where it is written down
     */
    record Schemas(DocumentStore documents, RecordStore records, IndexStore index) {
        static Schemas of(DynamoDbClient dynamo, Env env, Clock clock, ConsumedUnits units) {
            var documents = new DynamoDocumentStore(dynamo, env.require("CONTROL_TABLE"), units);
            var table = env.require("RECORDS_TABLE");
            return new Schemas(
                    documents,
                    new DynamoRecordStore(dynamo, table, clock, units, new SchemaCache(documents, clock)),
                    new DynamoIndexStore(dynamo, table, units));
        }
    }

    ClockHandler(
            Parameters parameters,
            ControlStore control,
            Schemas schemas,
            LinkStore links,
            FeedStore feed,
            JobStore jobs,
            StateStore states,
            FetchQueue fetches,
            Clock clock,
            Log log) {
        var records = schemas.records();
        this.fieldJobs = new FieldJobs(new Definitions(schemas.documents()), records, schemas.index(), jobs, clock);
        this.firstStart = new FirstStart(parameters, control, clock);
        this.dueScores = new DueScores(records, control, clock);
        var pipeline = new Pipeline(records, control, clock, new SecureRandom());
        this.erasure = new Erasure(pipeline, records, links, jobs, clock);
        this.feed = requireNonNull(feed, "feed is null");
        this.renewals = new Renewals(control, new Reaches(states, clock), new ChannelEnds(states), fetches, clock);
        this.clock = requireNonNull(clock, "clock is null");
        this.log = requireNonNull(log, "log is null");
        this.priming = Priming.register(log, control::rules);
    }

    @Override
    public Void handleRequest(ScheduledEvent event, Context context) {
        setUp();
        rescore(context);
        erase(context);
        catchUp(context);
        renew();
        rollUp(context);
        return null;
    }

    /** Once per process is enough, for nothing takes away what is there. */
    private void setUp() {
        if (started) {
            return;
        }
        try {
            firstStart.run();
            started = true;
            log.info("set up", Log.line());
        } catch (ParametersUnavailable | RuntimeException e) {
            log.error("cannot set up", Log.line().with(e));
        }
    }

    private void rescore(Context context) {
        var begun = clock.millis();
        var hints = 0;
        var changed = 0;
        var failed = 0;
        try {
            DueScores.Result result;
            do {
                result = dueScores.run(PAGE);
                hints += result.hints();
                changed += result.changed();
                failed += result.failed();
            } while (result.hints() == PAGE && result.failed() == 0 && hasTime(context));
        } catch (RuntimeException e) {
            log.error("cannot look at scores", Log.line().with(e));
        }
        log.info(
                "scores",
                Log.line()
                        .with("hints", hints)
                        .with("changed", changed)
                        .with("failed", failed)
                        .with("ms", clock.millis() - begun));
    }

    /** Goes on with erasures that took longer than the call that asked for them. */
    private void erase(Context context) {
        try {
            var finished = erasure.runOpen(PAGE, () -> hasTime(context));
            if (finished > 0) {
                log.info("erasures", Log.line().with("finished", finished));
            }
        } catch (RuntimeException e) {
            log.error("cannot go on with erasures", Log.line().with(e));
        }
    }

    /** Goes on with what fields need that have become filterable or unique. */
    private void catchUp(Context context) {
        try {
            var finished = fieldJobs.runOpen(PAGE, () -> hasTime(context));
            if (finished > 0) {
                log.info("fields", Log.line().with("finished", finished));
            }
        } catch (RuntimeException e) {
            log.error("cannot go on with fields", Log.line().with(e));
        }
    }

    /** Adds up what connections' counters have gathered. */
    private void rollUp(Context context) {
        try {
            var more = feed.rollUp();
            while (more && hasTime(context)) {
                more = feed.rollUp();
            }
        } catch (RuntimeException e) {
            log.error("cannot add up counters", Log.line().with(e));
        }
    }

    /** Has notification channels renewed before they end. */
    private void renew() {
        try {
            var asked = renewals.run();
            if (asked > 0) {
                log.info("channels", Log.line().with("asked", asked));
            }
        } catch (QueueUnavailable | RuntimeException e) {
            log.error("cannot have channels renewed", Log.line().with(e));
        }
    }

    private static boolean hasTime(Context context) {
        return context == null || context.getRemainingTimeInMillis() > RESERVE_MILLIS;
    }
}
