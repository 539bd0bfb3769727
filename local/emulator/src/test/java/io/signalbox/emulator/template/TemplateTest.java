/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {

    private static final URI ENDPOINT = URI.create("http://127.0.0.1:4000");

    @TempDir
    Path folder;

    private Template read(String yaml, Map<String, String> parameters) throws IOException {
        var file = Files.writeString(folder.resolve("template.yaml"), yaml);
        return Template.read(file, new Stack("s", "eu-west-1", "123456789012", ENDPOINT, parameters));
    }

    private Template read(String yaml) throws IOException {
        return read(yaml, Map.of());
    }

    private void refused(String yaml, String... words) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(UnreadableTemplate.class)
                .hasMessageContainingAll(words);
    }

    private static final String FUNCTION = """
            Globals:
              Function:
                Runtime: java25
                Timeout: 7
                Environment: {Variables: {SHARED: all, OWN: globals}}
            Parameters:
              Size: {Type: Number, Default: 5, MinValue: 2, MaxValue: 9}
            Conditions:
              Small: !Not [!Equals [!Ref Size, 9]]
            Resources:
              Q:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: 42
                  RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
              Dead: {Type: AWS::SQS::Queue}
              F:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: code/f.zip
                  Handler: com.example.Handler::handleRequest
                  Environment:
                    Variables:
                      OWN: !If [Small, !Ref Q, big]
                      NAME: !Sub '/x/${AWS::StackName}/${Q.QueueName}/${!kept}'
                      LIST: !Join [',', [a, !Ref AWS::Region]]
                      NONE: !If [Small, !Ref AWS::NoValue, big]
                  Events:
                    In:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt Q.Arn
                        BatchSize: 100
                        MaximumBatchingWindowInSeconds: 1
                        FunctionResponseTypes: [ReportBatchItemFailures]
                        ScalingConfig: {MaximumConcurrency: !Ref Size}
                    Often: {Type: Schedule, Properties: {Schedule: rate(2 hours)}}
            """;

    @Test
    void a_function_has_its_own_properties_and_those_of_globals() throws IOException {
        var function = read(FUNCTION).functions().get("F");
        assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(function.memory()).isEqualTo(128);
        assertThat(function.code()).isEqualTo(folder.resolve("code/f.zip"));
        assertThat(function.handlerClass()).isEqualTo("com.example.Handler");
        assertThat(function.environment())
                .isEqualTo(Map.of(
                        "SHARED",
                        "all",
                        "OWN",
                        "http://127.0.0.1:4000/123456789012/s-Q",
                        "NAME",
                        "/x/s/s-Q/${kept}",
                        "LIST",
                        "a,eu-west-1"));
    }

    @Test
    void a_value_given_for_a_parameter_decides_conditions() throws IOException {
        var environment =
                read(FUNCTION, Map.of("Size", "9")).functions().get("F").environment();
        assertThat(environment).containsEntry("OWN", "big").containsEntry("NONE", "big");
    }

    @Test
    void a_value_outside_the_rules_of_its_parameter_is_refused() {
        assertThatThrownBy(() -> read(FUNCTION, Map.of("Size", "10"))).hasMessageContaining("Parameters/Size");
        assertThatThrownBy(() -> read(FUNCTION, Map.of("Site", "3"))).hasMessageContaining("no parameter Site");
    }

    @Test
    void triggers_name_the_resources_they_listen_to() throws IOException {
        assertThat(read(FUNCTION).triggers())
                .isEqualTo(List.of(
                        new Trigger.QueueSource("F", "Q", 100, Duration.ofSeconds(1), true, OptionalInt.of(5)),
                        new Trigger.Schedule("F", "Often", Duration.ofHours(2))));
    }

    @Test
    void a_queue_knows_its_dead_letter_queue() throws IOException {
        var queue = read(FUNCTION).queues().get("Q");
        assertThat(queue.visibilityTimeout()).isEqualTo(Duration.ofSeconds(42));
        assertThat(queue.redrive())
                .isEqualTo(Optional.of(new Queue.Redrive("arn:aws:sqs:eu-west-1:123456789012:s-Dead", 3)));
    }

    @Test
    void what_is_not_understood_is_refused_with_its_line_and_path() {
        refused("Resources:\n  B: {Type: AWS::S3::Bucket}\n", "template.yaml:2", "Resources/B", "AWS::S3::Bucket");
        refused(
                "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      FifoQueue: true\n",
                "template.yaml:5",
                "Resources/Q/Properties/FifoQueue");
        refused(FUNCTION.replace("!Ref Q,", "!Ref Nobody,"), "Variables/OWN", "Nobody");
        refused(FUNCTION.replace("!Join [',', [a", "!Select [1, [a"), "Select");
        refused(FUNCTION.replace("rate(2 hours)", "cron(0 * * * ? *)"), "Often", "rate");
        refused(FUNCTION.replace("java25", "nodejs24.x"), "Java");
        refused("Resources: [", "not YAML");
    }

    @Test
    void a_stream_failure_queue_without_its_type_is_refused() {
        refused("""
                Resources:
                  T:
                    Type: AWS::DynamoDB::Table
                    Properties:
                      BillingMode: PAY_PER_REQUEST
                      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
                      KeySchema: [{AttributeName: pk, KeyType: HASH}]
                      StreamSpecification: {StreamViewType: NEW_IMAGE}
                  Q: {Type: AWS::SQS::Queue}
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: f.zip
                      Handler: H
                      Runtime: java25
                      Events:
                        S:
                          Type: DynamoDB
                          Properties:
                            Stream: !GetAtt T.StreamArn
                            StartingPosition: TRIM_HORIZON
                            DestinationConfig: {OnFailure: {Destination: !GetAtt Q.Arn}}
                """, "OnFailure", "Type: SQS");
    }

    @Test
    void the_template_of_this_project_is_understood_whole() throws IOException {
        var template = Template.read(project().resolve("template.yaml"), Stack.local("signalbox", ENDPOINT));

        assertThat(template.functions().keySet())
                .contains("ReceiverFunction", "ProcessorFunction", "RelayFunction", "ApiFunction")
                .contains("AuthorizerFunction", "ClockFunction");
        assertThat(template.function("receiver").orElseThrow().environment())
                .containsEntry("PARAMETER_PREFIX", "/signalbox/signalbox")
                .containsEntry("EVENTS_QUEUE_URL", "http://127.0.0.1:4000/000000000000/signalbox-EventsQueue");
        assertThat(template.tables().get("RecordsTable").streamView()).contains("NEW_AND_OLD_IMAGES");
        assertThat(template.tables().get("RecordsTable").indexes())
                .containsExactly(
                        new Table.Index("ListIndex", new Table.Key("lp", Optional.of("ls")), "KEYS_ONLY", List.of()));
        assertThat(template.triggers(Trigger.Route.class))
                .extracting(Trigger.Route::key, Trigger.Route::authorizer)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("ANY /api/{proxy+}", Optional.of("AccessToken")),
                        org.assertj.core.groups.Tuple.tuple("$default", Optional.empty()));
        assertThat(template.triggers(Trigger.StreamSource.class))
                .singleElement()
                .satisfies(stream -> {
                    assertThat(stream.table()).isEqualTo("RecordsTable");
                    assertThat(stream.onFailure()).contains("RelayDeadLetterQueue");
                });
        assertThat(template.skipped()).contains("AWS::IAM::Role", "AWS::CloudWatch::Alarm", "a function.Role");
    }

    private static Path project() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("template.yaml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
