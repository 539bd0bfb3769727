/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.queue.EventQueue;
import io.signalbox.queue.SqsEventQueue;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Metrics;
import io.signalbox.runtime.Priming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The function behind {@code POST /hooks/v1/{vendor}/{connection}}.
 *
 * <p>Variables: {@code EVENTS_QUEUE_URL}, {@code REJECTIONS_QUEUE_URL}, {@code PARAMETER_PREFIX}, and
 * {@code PUBLIC_URL} for the links in errors. Writes one log line a request and, only for one that is not accepted, one
 * metric line: what is accepted, SQS counts by itself.
 */
public final class ReceiverHandler implements RequestStreamHandler {

    private static final String FUNCTION = "receiver";

    private final Receiver receiver;
    private final Log log;
    private final Metrics metrics;

    /** Held, for the registry of snapshot hooks does not; null in the handler that priming itself runs. */
    @SuppressWarnings("unused")
    private final Priming priming;

    public ReceiverHandler() {
        this(Env.process(), Clock.systemUTC());
    }

    public ReceiverHandler(Env env, Clock clock) {
        receiver = new Receiver(
                env,
                new ConnectionParameters(SsmParameters.of(env), clock),
                new SqsEventQueue(Aws.client(SqsClient.builder(), env), env),
                clock);
        log = Log.of(FUNCTION, clock);
        metrics = Metrics.of(FUNCTION, clock);
        priming = Priming.register(log, new Rehearsal(env));
    }

    /** With other adapters in place of Parameter Store and SQS, and without the hook for snapshots. */
    public ReceiverHandler(Env env, Clock clock, Parameters parameters, EventQueue queue) {
        this(
                new Receiver(env, new ConnectionParameters(parameters, clock), queue, clock),
                Log.of(FUNCTION, clock),
                Metrics.of(FUNCTION, clock));
    }

    ReceiverHandler(Receiver receiver, Log log, Metrics metrics) {
        this.receiver = requireNonNull(receiver, "receiver is null");
        this.log = requireNonNull(log, "log is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        priming = null;
    }

    /** Reads an HTTP API event and writes its answer, both in payload format 2.0. */
    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        var started = System.nanoTime();
        var request = HookRequest.read(event);
        var correlationId = request.correlationId();
        var result = decide(request, correlationId);
        answer.write(result.event(correlationId));
        report(request, correlationId, result, (System.nanoTime() - started) / 1_000_000);
    }

    private Answer decide(HookRequest request, String correlationId) {
        try {
            return receiver.receive(request, correlationId);
        } catch (RuntimeException e) {
            log.error(
                    "request failed",
                    Log.line().with("correlation_id", correlationId).with(e));
            return receiver.internal(request, correlationId);
        }
    }

    private void report(HookRequest request, String correlationId, Answer result, long millis) {
        var isUnknown = "UNKNOWN_CONNECTION".equals(result.reason());
        log.info(
                "request",
                Log.line()
                        .withPlain("correlation_id", correlationId)
                        .withPlain("vendor", isUnknown ? null : request.vendor())
                        .withPlain("connection", isUnknown ? null : request.connection())
                        .withPlain("outcome", result.outcome())
                        .withPlain("reason", result.reason())
                        .with("status", result.status())
                        .with("bytes", request.body().length)
                        .with("ms", millis));
        if (result.reason() != null) {
            metrics.count(Map.of("outcome", result.outcome()), Map.of("Requests", 1L));
        }
    }
}
