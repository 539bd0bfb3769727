/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.emulator.aws.FaultPlan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class LocalAwsTest {

    private static final Map<String, AttributeValue> ITEM = Map.of(
            "pk", AttributeValue.fromS("p"),
            "sk", AttributeValue.fromS("s"),
            "lp", AttributeValue.fromS("contacts"),
            "ls", AttributeValue.fromS("1"));

    @Test
    void the_template_s_tables_have_their_keys_index_stream_and_time_to_live() {
        try (var aws = LocalAws.fresh()) {
            var records = aws.env().require("RECORDS_TABLE");
            assertThat(records).isEqualTo(aws.table("RecordsTable"));
            aws.dynamo().putItem(p -> p.tableName(records).item(ITEM));

            var listed = aws.dynamo()
                    .query(q -> q.tableName(records)
                            .indexName("ListIndex")
                            .keyConditionExpression("lp = :lp")
                            .expressionAttributeValues(Map.of(":lp", AttributeValue.fromS("contacts"))));
            assertThat(listed.items()).containsExactly(ITEM);
            var table = aws.dynamo().describeTable(d -> d.tableName(records)).table();
            assertThat(table.streamSpecification().streamViewTypeAsString()).isEqualTo("NEW_AND_OLD_IMAGES");
            var ttl = aws.dynamo().describeTimeToLive(d -> d.tableName(records)).timeToLiveDescription();
            assertThat(ttl.attributeName()).isEqualTo("ttl");
        }
    }

    @Test
    void the_template_s_queues_give_up_into_their_dead_letter_queue() throws Exception {
        var clock = SettableClock.at("2026-01-01T00:00:00Z");
        try (var aws = LocalAws.dedicated(clock)) {
            var url = aws.env().require("EVENTS_QUEUE_URL");
            aws.sqs().sendMessage(m -> m.queueUrl(url).messageBody("poison"));
            for (var i = 0; i < 5; i++) {
                assertThat(aws.queue("EventsQueue").receive(1, Duration.ZERO)).hasSize(1);
                clock.advance(Duration.ofMinutes(3));
            }

            assertThat(aws.queue("EventsQueue").receive(1, Duration.ZERO)).isEmpty();
            assertThat(aws.queue("EventsDeadLetterQueue").depth().visible()).isEqualTo(1);
        }
    }

    @Test
    void two_stacks_share_nothing() {
        try (var one = LocalAws.fresh();
                var two = LocalAws.fresh()) {
            one.dynamo().putItem(p -> p.tableName(one.table("ControlTable")).item(ITEM));

            var other = two.dynamo().scan(s -> s.tableName(two.table("ControlTable")));
            assertThat(other.items()).isEmpty();
            assertThat(one.env().require("PARAMETER_PREFIX"))
                    .isNotEqualTo(two.env().require("PARAMETER_PREFIX"));
        }
    }

    @Test
    void every_variable_that_a_function_needs_is_set() {
        try (var aws = LocalAws.fresh()) {
            assertThat(aws.env().variables())
                    .containsKeys(
                            "EVENTS_QUEUE_URL",
                            "EVENTS_DLQ_URL",
                            "REJECTIONS_QUEUE_URL",
                            "RECORDS_TABLE",
                            "CONTROL_TABLE",
                            "PARAMETER_PREFIX",
                            "PUBLIC_URL",
                            "AWS_ENDPOINT_URL");
        }
    }

    @Test
    void faults_are_refused_on_the_shared_endpoint() {
        try (var aws = LocalAws.fresh()) {
            assertThatThrownBy(() -> aws.faults(FaultPlan.none())).isInstanceOf(IllegalStateException.class);
        }
    }
}
