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
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Grant;
import io.signalbox.outbound.Grants;
import io.signalbox.outbound.Reach.Granted;
import io.signalbox.outbound.Reaches;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.runtime.Aws;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.DynamoStateStore;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import io.signalbox.testkit.fakes.FakeApi;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The whole system, a connection of HubSpot's to it, and a HubSpot of our own behind that. */
abstract class HubSpotSystem {

    static final ConnectionId CONNECTION = new ConnectionId("crm");
    static final UniqueKey ADA = UniqueKey.external(ObjectType.CONTACT, new ExternalId(CONNECTION, "17"));

    final SettableClock clock = SettableClock.at("2037-03-04T05:06:07Z");
    final FakeApi api = new FakeApi();
    final FakeHubSpot hubspot = new FakeHubSpot(api);
    Instance instance;
    Connection connection;
    private DynamoRecordStore records;
    Reaches reaches;

    @BeforeEach
    final void start() throws Exception {
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
    }

    @AfterEach
    final void stop() throws Exception {
        instance.close();
        api.close();
    }

    final void grant() throws Exception {
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

    /** Posts a delivery, signed as HubSpot does. */
    final void post(String deliveries) throws Exception {
        var body = deliveries.getBytes(StandardCharsets.UTF_8);
        var samples = Vendors.find("hubspot").orElseThrow().samples();
        var request = HttpRequest.newBuilder(instance.baseUrl().resolve("/hooks/v1/hubspot/crm"))
                .POST(BodyPublishers.ofByteArray(body));
        samples.sign(body, connection, clock.instant()).headers().forEach(request::header);
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    final CrmRecord ada() {
        var id = records.find(List.of(ADA)).get(ADA);
        return records.get(new RecordKey(ObjectType.CONTACT, id)).orElseThrow();
    }
}
