/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import static java.util.Objects.requireNonNull;

import io.signalbox.emulator.aws.AwsEndpoint;
import io.signalbox.emulator.gateway.HttpGateway;
import io.signalbox.emulator.lambda.FunctionHost;
import io.signalbox.emulator.lambda.HandlerFactory;
import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.emulator.sqs.Queue;
import io.signalbox.emulator.sqs.SqsException;
import io.signalbox.emulator.template.Function;
import io.signalbox.emulator.template.Template;
import io.signalbox.emulator.template.Trigger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A template's stack, running: its tables and queues are there, its functions can be invoked, its routes are served.
 * What wakes functions by itself, queues, streams and schedules, does so either on threads of its own from
 * {@link #start} on, or on the caller's thread in {@link #drain}, which a test can follow.
 */
public final class Host implements AutoCloseable {

    private static final long STOP_MILLIS = 5_000;

    /**
     * How a stack runs.
     *
     * @param handlers makes handlers in this JVM; null to run each environment as a JVM from the function's zip
     * @param environments how many environments of one function there may be at once
     * @param variables environment variables for all functions, over those of the template
     * @param checkpoints folder that stream positions are kept in; null to forget them
     * @param output file that what isolated functions print is appended to; not used in process
     * @param clock for everything but timeouts of invocations, which are real
     * @param trouble told of each invocation that failed
     */
    public record Options(
            HandlerFactory handlers,
            int environments,
            Map<String, String> variables,
            Path checkpoints,
            Path output,
            InstantSource clock,
            Trouble trouble) {
        public Options {
            variables = Map.copyOf(variables);
            requireNonNull(clock, "clock is null");
            requireNonNull(trouble, "trouble is null");
        }
    }

    private final Template template;
    private final AwsEndpoint endpoint;
    private final Options options;
    private final SequencedMap<String, FunctionHost> functions = new LinkedHashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, ScheduleMapping> schedules = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Creates what is missing and connects everything; nothing is polled yet.
     *
     * @param template read for the endpoint's URL
     * @param endpoint stays the caller's to close, after the host
     */
    public Host(Template template, AwsEndpoint endpoint, Options options) throws IOException {
        this.template = requireNonNull(template, "template is null");
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.options = requireNonNull(options, "options is null");
        var aws = new AwsJson(URI.create(endpoint.url()), "us-east-1");
        endpoint.create(template);
        template.functions().values().forEach(function -> functions.put(function.id(), host(function)));
        for (var trigger : template.triggers()) {
            connect(trigger, aws);
        }
    }

    private FunctionHost host(Function function) {
        var variables = new HashMap<>(function.environment());
        variables.putAll(options.variables);
        return options.handlers == null
                ? FunctionHost.isolated(function, variables, options.environments, options.output)
                : FunctionHost.inProcess(function, variables, options.environments, options.handlers);
    }

    private void connect(Trigger trigger, AwsJson aws) throws IOException {
        switch (trigger) {
            case Trigger.Route _ -> {}
            case Trigger.QueueSource source ->
                sources.add(new QueueMapping(
                        source, queue(source.queue()), event -> uninterrupted(source.function(), event)));
            case Trigger.StreamSource source -> {
                var table = template.tables().get(source.table()).name();
                var file = options.checkpoints == null
                        ? null
                        : options.checkpoints.resolve(source.function() + "-" + source.table() + ".json");
                var shards = new Shards(aws, table, source.fromStart(), new Checkpoints(file));
                sources.add(new StreamMapping(
                        source,
                        shards,
                        event -> uninterrupted(source.function(), event),
                        onFailure(source),
                        options.clock));
            }
            case Trigger.Schedule schedule -> {
                var mapping = new ScheduleMapping(
                        schedule, event -> uninterrupted(schedule.function(), event), options.clock);
                sources.add(mapping);
                schedules.put(schedule.function(), mapping);
            }
        }
    }

    private Optional<Queue> onFailure(Trigger.StreamSource source) throws IOException {
        return source.onFailure().isPresent()
                ? Optional.of(queue(source.onFailure().get()))
                : Optional.empty();
    }

    /** The queue with that logical id. */
    public Queue queue(String id) throws IOException {
        try {
            return endpoint.queues().get(template.queues().get(id).name());
        } catch (SqsException e) {
            throw new IOException("the queue " + id + " is not there", e);
        }
    }

    public Template template() {
        return template;
    }

    /** Starts one environment of each function, so that the first event finds it ready. */
    public void warm() {
        var starts = functions.values().stream()
                .map(function -> Thread.ofVirtual().start(function::warm))
                .toList();
        for (var start : starts) {
            try {
                start.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** From now on the template's routes are served there. */
    public void serve(HttpGateway gateway) {
        template.api().ifPresent(api -> gateway.serve(api, template.triggers(Trigger.Route.class), this::run));
    }

    /** From now on queues, streams and schedules wake their functions. */
    public void start() {
        for (var source : sources) {
            threads.add(Thread.ofVirtual().name("source " + threads.size()).start(() -> {
                try {
                    source.run();
                } catch (InterruptedException e) {
                    // The host stops.
                }
            }));
        }
    }

    /**
     * Handles everything that is there, on this thread, until a whole round finds nothing. What failed and waits for its
     * visibility timeout is not there until the clock has passed it. Not together with {@link #start}.
     */
    public void drain() {
        boolean more;
        do {
            more = false;
            for (var source : sources) {
                more |= source.step();
            }
        } while (more);
    }

    /** Runs a function's schedule now, whatever the time. */
    public Outcome fire(String function) {
        return schedules.get(function).fire();
    }

    /**
     * Runs a function on an event.
     *
     * @param function its logical id
     */
    public Outcome invoke(String function, byte[] event) {
        return run(function, event);
    }

    /** How often each function was invoked, by logical id. */
    public SequencedMap<String, Long> invocations() {
        var counts = new LinkedHashMap<String, Long>();
        functions.forEach((id, function) -> counts.put(id, function.invocations()));
        return counts;
    }

    private Outcome run(String function, byte[] event) {
        var outcome = functions.get(function).invoke(event);
        if (outcome instanceof Outcome.Failure failure && !closed.get()) {
            options.trouble.failed(function, failure);
        }
        return outcome;
    }

    /** A source that is told to stop lets the invocation it has begun come to its end. */
    private Outcome uninterrupted(String function, byte[] event) {
        var task = new FutureTask<>(() -> run(function, event));
        Thread.ofVirtual().start(task);
        var interrupted = false;
        while (true) {
            try {
                var outcome = task.get();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return outcome;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("the invocation of " + function + " failed in the host", e.getCause());
            }
        }
    }

    /** Stops polling, waits for what runs, then stops the functions. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        functions.values().forEach(FunctionHost::close);
    }
}
