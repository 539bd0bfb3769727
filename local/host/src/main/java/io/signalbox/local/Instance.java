/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static java.util.Objects.requireNonNull;

import io.signalbox.emulator.aws.AwsEndpoint;
import io.signalbox.emulator.gateway.HttpGateway;
import io.signalbox.emulator.host.Host;
import io.signalbox.emulator.host.Trouble;
import io.signalbox.emulator.lambda.HandlerFactory;
import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.emulator.template.Stack;
import io.signalbox.emulator.template.Template;
import io.signalbox.runtime.Env;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Signalbox, running: every function of {@code template.yaml}, with everything it names, in this JVM or around it.
 *
 * <p>What wakes functions by itself runs on threads from {@link #run} on; a test calls {@link #drain} instead and
 * follows every step on its own thread. Once started, requests are answered and the first client exists.
 */
public final class Instance implements AutoCloseable {

    private static final String STACK = "signalbox";
    private static final String FIRST_START = "ClockFunction";

    /** Environments of one function at once: some for requests that wait, few where each is a JVM. */
    private static final int IN_PROCESS = 32;

    private static final int ISOLATED = 3;

    private final AwsEndpoint aws;
    private final HttpGateway gateway;
    private final Host host;
    private final URI baseUrl;
    private Runnable release = () -> {};

    /**
     * What to run, and how.
     *
     * @param project folder of {@code template.yaml}
     * @param port of the API; 0 for any free one
     * @param data folder for everything that outlives the process; null to keep all of it in memory
     * @param isolated whether each function runs as JVMs of its own, from the zip that is deployed
     * @param clock for everything but timeouts; functions in processes of their own have the system's
     * @param variables environment variables for all functions, over those of the template
     * @param trouble told of each invocation that failed
     */
    public record Options(
            Path project,
            int port,
            Path data,
            boolean isolated,
            Clock clock,
            Map<String, String> variables,
            Trouble trouble) {
        public Options {
            requireNonNull(project, "project is null");
            requireNonNull(clock, "clock is null");
            variables = Map.copyOf(variables);
            requireNonNull(trouble, "trouble is null");
        }

        /** In this JVM and in memory, on any free port; failed invocations are told to nobody. */
        public static Options inMemory(Path project, Clock clock) {
            return new Options(project, 0, null, false, clock, Map.of(), (function, failure) -> {});
        }

        /** The same with another folder for its data. */
        public Options withData(Path folder) {
            return new Options(project, port, folder, isolated, clock, variables, trouble);
        }

        /** The same with each function in JVMs of its own. */
        public Options withIsolation() {
            return new Options(project, port, data, true, clock, variables, trouble);
        }
    }

    /** The first start did not succeed; the message is the function's own. */
    public static final class StartFailed extends IOException {
        private static final long serialVersionUID = 1;

        StartFailed(Outcome.Failure failure) {
            super(FIRST_START + " failed on its first run: " + failure.type() + ": " + failure.message());
        }
    }

    private Instance(Options options) throws IOException {
        gateway = HttpGateway.bind(options.port(), options.clock());
        try {
            baseUrl = URI.create("http://127.0.0.1:" + gateway.port());
            aws = AwsEndpoint.start(new AwsEndpoint.Options(0, options.data(), options.clock()));
        } catch (IOException | RuntimeException e) {
            gateway.close();
            throw e;
        }
        try {
            host = new Host(template(options), aws, hostOptions(options));
        } catch (IOException | RuntimeException e) {
            gateway.close();
            aws.close();
            throw e;
        }
    }

    /**
     * Returns when requests are answered. Takes two to four seconds, in isolation some more.
     *
     * @throws java.net.BindException when the port is taken
     * @throws IOException when the data folder is in use or damaged, or the first start fails
     */
    public static Instance start(Options options) throws IOException {
        return start(new Instance(options));
    }

    /** The same for a start that is not over yet: {@code /health} answers 503 until {@link #open}. */
    static Instance startClosed(Options options) throws IOException {
        var instance = new Instance(options);
        instance.release = instance.gateway.hold("/health");
        return start(instance);
    }

    private static Instance start(Instance instance) throws IOException {
        try {
            instance.prepare();
            return instance;
        } catch (IOException | RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    private void prepare() throws IOException {
        host.warm();
        if (host.fire(FIRST_START) instanceof Outcome.Failure failure) {
            throw new StartFailed(failure);
        }
        gateway.beside(LocalSurface.PREFIX, new LocalSurface(this));
        host.serve(gateway);
    }

    private Template template(Options options) throws IOException {
        var parameters = Map.of("PublicUrl", baseUrl.toString());
        var stack = new Stack(STACK, "us-east-1", "000000000000", URI.create(aws.url()), parameters);
        return Template.read(options.project().resolve("template.yaml"), stack);
    }

    private Host.Options hostOptions(Options options) throws IOException {
        var variables = new HashMap<String, String>();
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_ENDPOINT_URL", aws.url());
        variables.putAll(options.variables());
        HandlerFactory inProcess = (function, environment) -> Class.forName(function.handlerClass())
                .getConstructor(Env.class, Clock.class)
                .newInstance(new Env(environment), options.clock());
        var output = options.data() == null
                ? Files.createTempFile("signalbox-functions", ".log")
                : options.data().resolve("functions.log");
        return new Host.Options(
                options.isolated() ? null : inProcess,
                options.isolated() ? ISOLATED : IN_PROCESS,
                variables,
                options.data() == null ? null : options.data().resolve("streams"),
                output,
                options.clock(),
                options.trouble());
    }

    /** Lets {@code /health} say how things are. */
    void open() {
        release.run();
        release = () -> {};
    }

    /** From now on queues, the stream and the schedule wake their functions. */
    public void run() {
        host.start();
    }

    /** Handles everything that is there, on this thread; not together with {@link #run}. */
    public void drain() {
        host.drain();
    }

    /** Where the API and the webhooks are: {@code http://127.0.0.1:3000}. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** The services below: queues, usage, faults. */
    public AwsEndpoint aws() {
        return aws;
    }

    public Host host() {
        return host;
    }

    /** The variables of all functions together, and how to reach the services: for ports in this JVM. */
    public Env env() {
        var all = new TreeMap<>(host.template().environment());
        all.put("AWS_REGION", "us-east-1");
        all.put("AWS_ENDPOINT_URL", aws.url());
        return new Env(all);
    }

    /** Stops taking requests, lets running invocations end, then stops the services; what was acknowledged is kept. */
    @Override
    public void close() throws IOException {
        gateway.close();
        host.close();
        aws.close();
    }
}
