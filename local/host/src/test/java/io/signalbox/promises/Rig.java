/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.promises;

import io.signalbox.core.Pipeline;
import io.signalbox.emulator.aws.Call;
import io.signalbox.emulator.aws.FaultPlan;
import io.signalbox.emulator.sqs.Queue;
import io.signalbox.local.Instance;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Json;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.samples.VendorSamples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The whole system with its real functions, and one HubSpot account that posts to it: what the tests of this package
 * press on. What is read for a comparison is read past the functions, by a store of its own.
 *
 * <p>A clock given to it stands ahead of the real one, for DynamoDB Local deletes what expires by the real one.
 */
final class Rig implements AutoCloseable {

    static final Duration VISIBILITY = Duration.ofSeconds(181);

    /** What functions call; Lambda's own reading of the stream is none of their business. */
    static final Predicate<Call> BY_FUNCTIONS = call -> call.service() != Call.Service.DYNAMODB_STREAMS;

    private static final ConnectionId CONNECTION = new ConnectionId("vendor-account");
    private static final VendorId HUBSPOT = new VendorId("hubspot");

    final VendorSamples samples = Vendors.find(HUBSPOT).orElseThrow().samples();

    private final Instance instance;
    private final Clock clock;
    private final DynamoRecordStore records;
    private final Pipeline pipeline;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Connection connection;

    private Rig(Instance instance, Clock clock) {
        this.instance = instance;
        this.clock = clock;
        var env = instance.env();
        var dynamo = Aws.client(DynamoDbClient.builder(), env);
        var units = new ConsumedUnits();
        records = new DynamoRecordStore(dynamo, env.require("RECORDS_TABLE"), clock, units);
        var control = new DynamoControlStore(dynamo, env.require("CONTROL_TABLE"), clock, new Random(2), units);
        pipeline = new Pipeline(records, control, clock, new Random(3));
    }

    /** In memory, with clients that try each call once: a fault is the function's to deal with, and nothing waits. */
    static Rig start(SettableClock clock) throws Exception {
        return start(new Instance.Options(
                LocalAws.root(), 0, null, false, clock, Map.of("AWS_MAX_ATTEMPTS", "1"), (function, failure) -> {}));
    }

    /** With the connection, made through the REST API unless the data folder has it already. */
    static Rig start(Instance.Options options) throws Exception {
        var rig = new Rig(Instance.start(options), options.clock());
        try {
            if (rig.parameters().loadFresh(CONNECTION).isEmpty()) {
                rig.connect();
            }
            rig.connection = rig.parameters().loadFresh(CONNECTION).orElseThrow();
            return rig;
        } catch (Exception | Error e) {
            rig.close();
            throw e;
        }
    }

    ConnectionParameters parameters() {
        return new ConnectionParameters(SsmParameters.of(instance.env()), clock);
    }

    private void connect() throws Exception {
        var secret = samples.newSecret(new Random(4));
        var made = api(
                "POST",
                "/api/v4/connections",
                Value.of(Map.of(
                        "id", Value.of(CONNECTION.value()),
                        "vendor", Value.of(HUBSPOT.value()),
                        "secrets", Value.of(List.of(Value.of(Map.of("value", Value.of(secret))))))));
        if (made.statusCode() != 201) {
            throw new IOException("cannot connect: " + made.statusCode() + " " + made.body());
        }
    }

    Instance instance() {
        return instance;
    }

    Connection connection() {
        return connection;
    }

    Queue queue(String id) throws IOException {
        return instance.host().queue(id);
    }

    /** The status that the sender of a delivery gets, signed now. */
    int post(byte[] body) throws IOException, InterruptedException {
        return post(body, samples.sign(body, connection, clock.instant()).headers())
                .statusCode();
    }

    HttpResponse<String> post(byte[] body, Map<String, String> headers) throws IOException, InterruptedException {
        return post(instance.baseUrl(), connection.publicUrl().getRawPath(), body, headers);
    }

    HttpResponse<String> post(URI base, String path, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path)).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The REST API's answer to the first client, which takes a token for it. */
    HttpResponse<String> api(String method, String path, Value body) throws Exception {
        return api(method, path, body, token());
    }

    /** @param path or a whole link */
    HttpResponse<String> api(String method, String path, Value body, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(instance.baseUrl().resolve(path)).header("Authorization", token);
        var sent = body == null
                ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofByteArray(Json.bytes(body)));
        return http.send(sent.build(), BodyHandlers.ofString());
    }

    /** An access token, good for an hour or less. */
    String token() throws Exception {
        var admin = Json.parse(
                bytes(SsmParameters.of(instance.env()).get("clients/admin").orElseThrow(this::noClient)));
        var login =
                admin.at("client_id").asText() + ":" + admin.at("client_secret").asText();
        var answer = post(
                instance.baseUrl(),
                "/oauth/token",
                bytes("grant_type=client_credentials"),
                Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(bytes(login)),
                        "Content-Type",
                        "application/x-www-form-urlencoded"));
        return "Bearer " + json(answer).at("access_token").asText();
    }

    private ParametersUnavailable noClient() {
        return new ParametersUnavailable("there is no first client", null);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Value json(HttpResponse<String> answer) throws Json.Malformed {
        return Json.parse(bytes(answer.body()));
    }

    /** Ends all faults, then handles all that is left, each visibility timeout passing in no time. */
    void settle(SettableClock settable) throws IOException {
        instance.aws().faults(FaultPlan.none());
        instance.drain();
        for (var round = 0; queue("EventsQueue").depth().total() > 0; round++) {
            if (round == 10) {
                throw new IOException(
                        "the queue never drains: " + queue("EventsQueue").depth());
            }
            settable.advance(VISIBILITY);
            instance.drain();
        }
    }

    Optional<View> view(UniqueKey key) {
        return Optional.ofNullable(records.find(List.of(key)).get(key))
                .flatMap(id -> records.get(new RecordKey(key.object(), id)))
                .map(record -> View.of(record, pipeline));
    }

    DynamoRecordStore records() {
        return records;
    }

    @Override
    public void close() throws IOException {
        http.close();
        instance.close();
    }
}
