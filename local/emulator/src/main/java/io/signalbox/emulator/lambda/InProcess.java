/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.signalbox.emulator.template.Function;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** An environment that is a handler object in this JVM. */
final class InProcess implements Environment {

    private final Function function;
    private final RequestStreamHandler handler;
    private volatile boolean reusable = true;

    private InProcess(Function function, RequestStreamHandler handler) {
        this.function = function;
        this.handler = handler;
    }

    static InProcess start(Function function, Map<String, String> variables, HandlerFactory handlers)
            throws InitFailed {
        try {
            return new InProcess(
                    function,
                    switch (handlers.create(function, variables)) {
                        case RequestStreamHandler streams -> streams;
                        case RequestHandler<?, ?> objects -> new ObjectHandler(objects);
                        case Object other ->
                            throw new IllegalStateException(other.getClass() + " is no handler that Lambda knows");
                    });
        } catch (Exception | LinkageError e) {
            throw new InitFailed(Outcome.Failure.of(e));
        }
    }

    @Override
    public Outcome invoke(String requestId, byte[] event) {
        var outcome = new AtomicReference<Outcome>();
        var worker = Thread.ofVirtual()
                .name(function.id() + " " + requestId)
                .start(() -> outcome.compareAndSet(null, run(requestId, event)));
        try {
            if (!worker.join(function.timeout())) {
                reusable = false;
                outcome.compareAndSet(null, timedOut(requestId, function.timeout()));
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            reusable = false;
            outcome.compareAndSet(null, Outcome.Failure.of(Outcome.Failure.EXITED, "the host stops"));
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
        return outcome.get();
    }

    private Outcome run(String requestId, byte[] event) {
        var out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event), out, LambdaContext.of(function, requestId));
            return new Outcome.Answer(out.toByteArray());
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return Outcome.Failure.of(e);
        }
    }

    static Outcome.Failure timedOut(String requestId, Duration timeout) {
        return Outcome.Failure.of(
                Outcome.Failure.TIMED_OUT,
                "RequestId: %s Error: Task timed out after %d.%02d seconds"
                        .formatted(requestId, timeout.toSeconds(), timeout.toMillisPart() / 10));
    }

    @Override
    public boolean reusable() {
        return reusable;
    }

    @Override
    public void close() {}
}
