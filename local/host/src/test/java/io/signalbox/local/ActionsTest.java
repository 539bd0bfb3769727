/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Grant;
import io.signalbox.outbound.Grants;
import io.signalbox.outbound.Reach.Granted;
import io.signalbox.outbound.Reaches;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Json;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.DynamoStateStore;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import io.signalbox.testkit.fakes.FakeApi;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeHubSpot;
import io.signalbox.testkit.fakes.FakeTokens;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * An action's whole way: a webhook, the record and its score in one write, the relay, the fetcher, a HubSpot of our own,
 * and HubSpot's report of the change by the webhook again.
 */
class ActionsTest {

    private static final ConnectionId CONNECTION = new ConnectionId("crm");
    private static final UniqueKey ADA = UniqueKey.external(ObjectType.CONTACT, new ExternalId(CONNECTION, "17"));

    private static final String RULES = """
        {'apiVersion': 'signalbox/v1', 'kind': 'ScoreModel', 'metadata': {'name': 'm', 'version': 1},
         'spec': {
          'groups': [{'id': 'f', 'type': 'fit'}, {'id': 'e', 'type': 'engagement', 'halfLife': '7d'}],
          'rules': [
           {'id': 'boss', 'group': 'f', 'points': 55, 'when': {'data': {'job_title': ['CEO']}}},
           {'id': 'status', 'group': 'e', 'points': 10, 'limit': {'count': 1, 'per': 'day'},
            'when': {'type': ['contact.updated'], 'data': {'lead_status': [{'exists': true}]}}}],
          'bands': {'fit': {'A': 50, 'B': 0}, 'engagement': {'1': 50, '2': 0}},
          'actions': [
           {'id': 'hot', 'when': {'score': {'value': [{'numeric': ['>=', 50]}]}},
            'push': {'connection': 'crm', 'set': {
             'lead_score': {'from': 'score.value'}, 'hs_lead_status': 'OPEN'}}}]}}
        """;

    private final SettableClock clock = SettableClock.at("2037-03-04T05:06:07Z");
    private final FakeApi api = new FakeApi();
    private final FakeHubSpot hubspot = new FakeHubSpot(api);
    private Instance instance;
    private Connection connection;
    private DynamoRecordStore records;
    private Reaches reaches;
    private int events;

    @BeforeEach
    void start() throws Exception {
        instance = Instance.start(new Instance.Options(
                LocalAws.root(),
                0,
                null,
                false,
                clock,
                Map.of("VENDOR_API_OVERRIDE", api.url().toString()),
                (function, failure) -> {}));
        var env = instance.env();
        var dynamo = Aws.client(DynamoDbClient.builder(), env);
        records = new DynamoRecordStore(dynamo, env.require("RECORDS_TABLE"), clock, new ConsumedUnits());
        reaches = new Reaches(
                new DynamoStateStore(dynamo, env.require("CONTROL_TABLE"), clock, new ConsumedUnits()), clock);
        var secret = new Connection.Secret("s", "a-client-secret-of-hubspot", clock.instant(), Optional.empty());
        connection = new Connection(
                CONNECTION,
                new VendorId("hubspot"),
                URI.create(instance.baseUrl() + "/hooks/v1/hubspot/crm"),
                List.of(secret),
                Map.of(),
                clock.instant());
        new ConnectionParameters(SsmParameters.of(env), clock).create(connection);
        var control = new DynamoControlStore(
                dynamo, env.require("CONTROL_TABLE"), clock, new SplittableRandom(1), new ConsumedUnits());
        control.createConnection(ControlStore.masked(connection));
        assertThat(control.replaceRules(0, Json.parse(RULES.replace('\'', '"'))))
                .isTrue();
        hubspot.put("contacts", "17", clock.instant(), Map.of("email", "ada@example.com"));
        grant();
        clock.advance(Duration.ofMinutes(2));
    }

    @AfterEach
    void stop() throws Exception {
        instance.close();
        api.close();
    }

    private void grant() throws Exception {
        var refresh = hubspot.tokens.grant();
        var tokens = new Tokens(
                hubspot.tokens.access(),
                Optional.of(refresh),
                clock.instant().plus(Duration.ofMinutes(30)),
                URI.create("https://api.hubapi.com"),
                List.of());
        var app = new App(Flow.AUTHORIZATION_CODE, FakeTokens.CLIENT, FakeTokens.SECRET, List.of(), Map.of());
        new Grants(SsmParameters.of(instance.env()), clock)
                .save(CONNECTION, new Grant(app, Optional.of(tokens), 1, Optional.empty()));
        reaches.update(
                CONNECTION,
                reach -> reach.withGrant(
                        new Granted(Flow.AUTHORIZATION_CODE, clock.instant(), List.of(), List.of(), 0)));
    }

    private void changed(String name, String value) throws Exception {
        var now = clock.instant().toEpochMilli();
        var body = ("[{\"eventId\":" + ++events + ",\"subscriptionId\":2,\"portalId\":3,\"appId\":4,\"occurredAt\":"
                        + now
                        + ",\"subscriptionType\":\"contact.propertyChange\",\"attemptNumber\":0,\"objectId\":17,"
                        + "\"propertyName\":\"" + name + "\",\"propertyValue\":\"" + value
                        + "\",\"changeSource\":\"CRM\"}]")
                .getBytes(StandardCharsets.UTF_8);
        var samples = Vendors.find("hubspot").orElseThrow().samples();
        var request = HttpRequest.newBuilder(instance.baseUrl().resolve("/hooks/v1/hubspot/crm"))
                .POST(BodyPublishers.ofByteArray(body));
        samples.sign(body, connection, clock.instant()).headers().forEach(request::header);
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        instance.drain();
    }

    private CrmRecord ada() {
        var id = records.find(List.of(ADA)).get(ADA);
        return records.get(new RecordKey(ObjectType.CONTACT, id)).orElseThrow();
    }

    private String atVendor(String name) {
        return hubspot.property("contacts", "17", name);
    }

    private long writes() {
        return api.calls().stream()
                .filter(call -> call.method().equals("PATCH"))
                .count();
    }

    @Test
    void a_score_that_crosses_sets_the_vendors_record_and_the_report_of_it_does_nothing() throws Exception {
        changed("jobtitle", "Student");
        assertThat(ada().score().orElseThrow().value()).isEqualByComparingTo("0");
        assertThat(writes()).isZero();

        clock.advance(Duration.ofSeconds(5));
        changed("jobtitle", "CEO");
        assertThat(ada().score().orElseThrow().value()).isEqualByComparingTo("55");
        assertThat(atVendor("lead_score")).isEqualTo("55");
        assertThat(atVendor("hs_lead_status")).isEqualTo("OPEN");
        assertThat(writes()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(2));
        var version = ada().version();
        changed("hs_lead_status", "OPEN");
        changed("lead_score", "55");
        assertThat(writes()).as("our own change, come back").isEqualTo(1);
        assertThat(ada().value("lead_status")).isEqualTo(Value.of("open"));
        assertThat(ada().version()).isEqualTo(version + 2);
        assertThat(ada().engagement()).isEmpty();
    }

    @Test
    void what_the_vendor_does_not_take_now_is_written_later() throws Exception {
        api.fail(Answer.of(503, ""));
        changed("jobtitle", "CEO");
        assertThat(atVendor("lead_score")).isNull();
        clock.advance(Duration.ofSeconds(10));
        instance.drain();
        assertThat(atVendor("lead_score")).isEqualTo("55");
    }
}
