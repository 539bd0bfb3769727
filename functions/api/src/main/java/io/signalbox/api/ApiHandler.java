/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.signalbox.outbound.JdkVendorHttp;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.queue.SqsFetchQueue;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Priming;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoStateStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The REST API: HTTP API events of payload format 2.0 in, answers out. Which operations there are stands in {@link
 * io.signalbox.model.Operations}; everything but the few public ones needs a grant of the authorizer in {@code
 * requestContext.authorizer.lambda}.
 *
 * <p>Variables: {@code RECORDS_TABLE}, {@code CONTROL_TABLE}, {@code PARAMETER_PREFIX}, {@code
 * FETCH_QUEUE_URL}, {@code VENDOR_API_OVERRIDE}; {@code PUBLIC_URL} and {@code
 * ISSUER} where the domain name of the request is not what clients call; {@code REQUIRE_IF_MATCH} as {@code true} where
 * records are changed with {@code If-Match} only, {@code ENFORCE_SUNSETS} as {@code false} where nothing that has been
 * withdrawn is to be refused, {@code RATE_BURST} and {@code RATE_DAILY} for how much each client may.
 */
public final class ApiHandler implements RequestStreamHandler {

    private final ApiContainer container;

    /** Kept because the snapshot's context holds what it calls by weak references only. */
    @SuppressWarnings("unused")
    private final Priming priming;

    public ApiHandler() {
        this(Env.process(), Clock.systemUTC());
    }

    public ApiHandler(Env env, Clock clock) {
        this(env, clock, services(env, clock), Log.of("api", clock));
    }

    ApiHandler(Env env, Clock clock, Services services, Log log) {
        this.container = container(env, clock, services, log);
        var rehearsal = new Rehearsal(this, clock);
        this.priming = Priming.register(log, rehearsal::inMemory, rehearsal::readThrough);
    }

    private ApiHandler(ApiContainer container) {
        this.container = container;
        this.priming = null;
    }

    /** A handler that no snapshot is to wait for: that of the rehearsal itself. */
    static ApiHandler unprimed(Env env, Clock clock, Services services, Log log) {
        return new ApiHandler(container(env, clock, services, log));
    }

    private static ApiContainer container(Env env, Clock clock, Services services, Log log) {
        requireNonNull(env, "env is null");
        var keys = new IdempotencyKeys(services.stores().idempotency(), clock, services.random());
        var gate = new Gate(new Families(services), services::meter, keys);
        var servlet = new ApiServlet(gate, services.units(), clock, log);
        return new ApiContainer(servlet, env, services.random());
    }

    static Services services(Env env, Clock clock) {
        // A generator of its own for each use: what a snapshot holds of one must not be drawn from twice.
        var random = new RandomText(SecureRandom::new);
        var dynamo = new Lazy<>(() -> Aws.client(DynamoDbClient.builder(), env));
        var units = new ConsumedUnits();
        return new Services(
                clock,
                random,
                units,
                Stores.dynamo(
                        dynamo,
                        () -> env.require("RECORDS_TABLE"),
                        () -> env.require("CONTROL_TABLE"),
                        () -> SsmParameters.of(env),
                        clock,
                        units),
                () -> new Outside(
                        new DynamoStateStore(dynamo.get(), env.require("CONTROL_TABLE"), clock, units),
                        new JdkVendorHttp(env),
                        new SqsFetchQueue(Aws.client(SqsClient.builder(), env), env, clock)),
                Settings.of(env));
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        container.proxyStream(input, output, context);
    }
}
