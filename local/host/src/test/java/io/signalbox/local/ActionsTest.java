/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Json;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * An action's whole way: a webhook, the record and its score in one write, the relay, the fetcher, a HubSpot of our own,
 * and HubSpot's report of the change by the webhook again.
 */
class ActionsTest extends HubSpotSystem {

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

    private int events;

    @BeforeEach
    void rules() throws Exception {
        var env = instance.env();
        var control = new DynamoControlStore(
                Aws.client(DynamoDbClient.builder(), env),
                env.require("CONTROL_TABLE"),
                clock,
                new SplittableRandom(1),
                new ConsumedUnits());
        control.createConnection(ControlStore.masked(connection));
        assertThat(control.replaceRules(0, Json.parse(RULES.replace('\'', '"'))))
                .isTrue();
        hubspot.put("contacts", "17", clock.instant(), Map.of("email", "ada@example.com"));
        grant();
        clock.advance(Duration.ofMinutes(2));
    }

    private void changed(String name, String value) throws Exception {
        var now = clock.instant().toEpochMilli();
        post("[{\"eventId\":" + ++events + ",\"subscriptionId\":2,\"portalId\":3,\"appId\":4,\"occurredAt\":"
                + now
                + ",\"subscriptionType\":\"contact.propertyChange\",\"attemptNumber\":0,\"objectId\":17,"
                + "\"propertyName\":\"" + name + "\",\"propertyValue\":\"" + value
                + "\",\"changeSource\":\"CRM\"}]");
        instance.drain();
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
