/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import static java.util.Objects.requireNonNull;

import io.signalbox.emulator.template.Function;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One function, ready to be invoked from any thread. Environments are started on demand up to a limit and reused, the
 * last used first, as Lambda does; an event that finds them all busy waits.
 */
public final class FunctionHost implements AutoCloseable {

    /** What Lambda takes in one synchronous invocation. */
    private static final int MAX_EVENT = 6 << 20;

    private final Function function;
    private final Environment.Starter starter;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Environment> idle = new ConcurrentLinkedDeque<>();
    private final AtomicLong invocations = new AtomicLong();
    private volatile boolean closed;

    private FunctionHost(Function function, int limit, Environment.Starter starter) {
        this.function = requireNonNull(function, "function is null");
        this.starter = starter;
        this.places = new Semaphore(limit, true);
    }

    /**
     * Runs the handler in this JVM: the debugger reaches it, and a timed-out one is interrupted, for no thread can be
     * killed.
     */
    public static FunctionHost inProcess(
            Function function, Map<String, String> variables, int limit, HandlerFactory handlers) {
        return new FunctionHost(function, limit, () -> InProcess.start(function, variables, handlers));
    }

    /**
     * Runs each environment as a JVM of its own from the function's zip, under AWS's runtime interface client. A start
     * takes about a second. Needs Linux, for which alone that client is made.
     *
     * @param output file that what the function prints is appended to
     */
    public static FunctionHost isolated(Function function, Map<String, String> variables, int limit, Path output) {
        var code = new ExplodedZip(function.code());
        return new FunctionHost(function, limit, () -> ChildJvm.start(function, variables, code.folder(), output));
    }

    public Function function() {
        return function;
    }

    /** How often it was invoked. */
    public long invocations() {
        return invocations.get();
    }

    /** Starts one environment ahead of the first event; what goes wrong then shows at that event. */
    public void warm() {
        try {
            idle.addFirst(starter.start());
        } catch (Environment.InitFailed e) {
            // Told again, to somebody who waits for an answer, by the invocation.
        }
    }

    /** Runs the function once; returns when it has answered or failed. */
    public Outcome invoke(byte[] event) {
        if (event.length > MAX_EVENT) {
            return Outcome.Failure.of(
                    Outcome.Failure.TOO_LARGE, "the event has " + event.length + " bytes; Lambda takes 6 MB");
        }
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.Failure.of(Outcome.Failure.EXITED, "the host stops");
        }
        try {
            return invokeIn(environment(), event);
        } catch (Environment.InitFailed e) {
            return e.failure();
        } finally {
            places.release();
        }
    }

    private Environment environment() throws Environment.InitFailed {
        var free = idle.pollFirst();
        return free == null ? starter.start() : free;
    }

    private Outcome invokeIn(Environment environment, byte[] event) {
        invocations.incrementAndGet();
        var outcome = environment.invoke(UUID.randomUUID().toString(), event);
        if (environment.reusable() && !closed) {
            idle.addFirst(environment);
        } else {
            environment.close();
        }
        return outcome;
    }

    @Override
    public void close() {
        closed = true;
        for (var environment = idle.poll(); environment != null; environment = idle.poll()) {
            environment.close();
        }
    }
}
