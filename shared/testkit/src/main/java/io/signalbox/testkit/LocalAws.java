/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit;

import io.signalbox.emulator.aws.AwsEndpoint;
import io.signalbox.emulator.aws.FaultPlan;
import io.signalbox.emulator.aws.Usage;
import io.signalbox.emulator.sqs.Queue;
import io.signalbox.emulator.sqs.SqsException;
import io.signalbox.emulator.template.Stack;
import io.signalbox.emulator.template.Template;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The stack of {@code template.yaml} on this machine, with tables and queues of its own, empty at first.
 *
 * <p>{@link #fresh} shares one endpoint with all tests of the JVM and costs some milliseconds; take it unless the test
 * injects faults, moves the clock of the queues or counts units, for these are the endpoint's and not the stack's. For
 * those there is {@link #dedicated}, about a second the first time.
 */
public final class LocalAws implements AutoCloseable {

    private final AwsEndpoint endpoint;
    private final boolean owned;
    private final Template template;
    private final Env env;
    private final DynamoDbClient dynamo;
    private final SqsClient sqs;

    private LocalAws(AwsEndpoint endpoint, boolean owned) throws IOException {
        this.endpoint = endpoint;
        this.owned = owned;
        var name = "t" + UUID.randomUUID().toString().substring(0, 8);
        this.template = Template.read(root().resolve("template.yaml"), Stack.local(name, URI.create(endpoint.url())));
        endpoint.create(template);
        this.env = new Env(variables(name));
        this.dynamo = Aws.client(DynamoDbClient.builder(), env);
        this.sqs = Aws.client(SqsClient.builder(), env);
    }

    private static final class Shared {
        static final AwsEndpoint ENDPOINT = start(InstantSource.system());
    }

    private static AwsEndpoint start(InstantSource clock) {
        try {
            return AwsEndpoint.start(new AwsEndpoint.Options(0, null, clock));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stack on the endpoint that all tests of this JVM share. */
    public static LocalAws fresh() {
        return of(Shared.ENDPOINT, false);
    }

    /** A stack on an endpoint of its own, whose queues go by this clock. */
    public static LocalAws dedicated(InstantSource clock) {
        return of(start(clock), true);
    }

    private static LocalAws of(AwsEndpoint endpoint, boolean owned) {
        try {
            return new LocalAws(endpoint, owned);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's root: the next folder upwards that holds {@code template.yaml}. */
    public static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("template.yaml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder upwards of this one holds template.yaml");
        }
        return folder;
    }

    private Map<String, String> variables(String name) {
        var all = new TreeMap<>(template.environment());
        all.put("AWS_REGION", "us-east-1");
        all.put("AWS_ENDPOINT_URL", endpoint.url());
        all.put("AWS_MAX_ATTEMPTS", "1");
        all.put("PARAMETER_PREFIX", "/signalbox/" + name);
        all.put("PUBLIC_URL", "https://signalbox.test");
        all.put("ISSUER", "https://signalbox.test");
        return all;
    }

    /**
     * All variables of all functions; one attempt a call, so that a test sees each failure, and
     * {@code https://signalbox.test} as the public URL.
     */
    public Env env() {
        return env;
    }

    /** {@link #env} with one variable set anew. */
    public Env env(String name, String value) {
        var all = new TreeMap<>(env.variables());
        all.put(name, value);
        return new Env(all);
    }

    public Template template() {
        return template;
    }

    public AwsEndpoint endpoint() {
        return endpoint;
    }

    public DynamoDbClient dynamo() {
        return dynamo;
    }

    public SqsClient sqs() {
        return sqs;
    }

    /** The table that a logical id of the template names: {@code RecordsTable}. */
    public String table(String id) {
        return template.tables().get(id).name();
    }

    /** The queue that a logical id of the template names: {@code EventsQueue}. */
    public Queue queue(String id) {
        try {
            return endpoint.queues().get(template.queues().get(id).name());
        } catch (SqsException e) {
            throw new IllegalStateException("the template's queue " + id + " is gone", e);
        }
    }

    /** What the endpoint's callers consumed since it started. */
    public Usage usage() {
        return endpoint.usage();
    }

    /** Only for a {@link #dedicated} stack: a shared endpoint would fail other tests too. */
    public void faults(FaultPlan plan) {
        if (!owned) {
            throw new IllegalStateException("faults need an endpoint of their own: LocalAws.dedicated");
        }
        endpoint.faults(plan);
    }

    @Override
    public void close() {
        dynamo.close();
        sqs.close();
        if (owned) {
            try {
                endpoint.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
