/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.emulator.aws.AwsEndpoint.Options;
import io.signalbox.emulator.aws.FaultPlan.Fault;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class FaultPlanTest {

    private static AwsEndpoint endpoint;
    private static SqsClient sqs;
    private static DynamoDbClient dynamo;
    private static String queue;

    @BeforeAll
    static void start() throws IOException {
        endpoint = AwsEndpoint.start(Options.inMemory());
        sqs = Clients.of(SqsClient.builder(), endpoint.url());
        dynamo = Clients.of(DynamoDbClient.builder(), endpoint.url());
        queue = sqs.createQueue(q -> q.queueName("faulty")).queueUrl();
    }

    @AfterEach
    void end() {
        endpoint.faults(FaultPlan.none());
        sqs.purgeQueue(p -> p.queueUrl(queue));
    }

    @AfterAll
    static void stop() throws IOException {
        sqs.close();
        dynamo.close();
        endpoint.close();
    }

    private static void send() {
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("x"));
    }

    private static int depth() throws Exception {
        return endpoint.queues().get("faulty").depth().total();
    }

    @Test
    void the_sdk_knows_throttling_by_its_shape_and_nothing_was_done() throws Exception {
        endpoint.faults(FaultPlan.nth(1, Fault.THROTTLE, FaultPlan.actions("SendMessage", "ListTables")));
        assertThatThrownBy(FaultPlanTest::send)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.isThrottlingException()).isTrue());
        assertThat(depth()).isZero();
        send();

        endpoint.faults(FaultPlan.nth(1, Fault.THROTTLE, FaultPlan.actions("ListTables")));
        assertThatThrownBy(() -> dynamo.listTables())
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.isThrottlingException()).isTrue());
    }

    @Test
    void an_internal_error_is_a_500_and_nothing_was_done() throws Exception {
        endpoint.faults(FaultPlan.nth(1, Fault.INTERNAL_ERROR, call -> true));
        assertThatThrownBy(FaultPlanTest::send)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(500));
        assertThat(depth()).isZero();
    }

    @Test
    void a_lost_answer_leaves_the_caller_in_doubt_about_what_was_done() throws Exception {
        endpoint.faults(FaultPlan.nth(1, Fault.ANSWER_LOST, call -> true));
        assertThatThrownBy(FaultPlanTest::send).isInstanceOf(SdkClientException.class);
        assertThat(depth()).isEqualTo(1);
    }

    @Test
    void after_a_crash_every_call_fails_until_it_is_revived() throws Exception {
        var plan = FaultPlan.nth(2, Fault.CRASH, FaultPlan.actions("SendMessage"));
        endpoint.faults(plan);
        send();
        assertThatThrownBy(FaultPlanTest::send).isInstanceOf(SdkClientException.class);
        assertThatThrownBy(() -> dynamo.listTables()).isInstanceOf(SdkClientException.class);
        assertThat(plan.down()).isTrue();

        plan.revive();
        send();
        assertThat(depth()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void the_log_says_what_was_done_to_whom(Fault fault) {
        var plan = FaultPlan.nth(2, fault, FaultPlan.actions("ListQueues"));
        endpoint.faults(plan);
        send();
        sqs.listQueues();
        assertThatThrownBy(() -> sqs.listQueues()).isInstanceOf(SdkException.class);

        assertThat(plan.log())
                .containsExactly(new FaultPlan.Injected(2, new Call(Call.Service.SQS, "ListQueues"), fault));
        assertThat(plan.calls()).isEqualTo(2);
    }

    @Test
    void the_same_seed_makes_the_same_faults_in_about_the_share_asked_for() {
        var call = new Call(Call.Service.SQS, "SendMessage");
        var chances = Map.of(Fault.THROTTLE, 0.1, Fault.ANSWER_LOST, 0.2);
        var one = FaultPlan.random(7, chances, any -> true);
        var two = FaultPlan.random(7, chances, any -> true);
        IntStream.range(0, 1_000).forEach(i -> assertThat(one.decide(call)).isEqualTo(two.decide(call)));

        assertThat(one.log()).isEqualTo(two.log());
        assertThat(one.log().stream().filter(i -> i.fault() == Fault.THROTTLE).count())
                .isBetween(70L, 130L);
        assertThat(one.log().stream()
                        .filter(i -> i.fault() == Fault.ANSWER_LOST)
                        .count())
                .isBetween(160L, 240L);
    }
}
