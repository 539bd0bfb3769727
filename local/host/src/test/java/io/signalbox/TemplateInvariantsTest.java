/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.template.Function;
import io.signalbox.emulator.template.Queue;
import io.signalbox.emulator.template.Stack;
import io.signalbox.emulator.template.Table;
import io.signalbox.emulator.template.Template;
import io.signalbox.emulator.template.Trigger;
import io.signalbox.model.Operations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What must hold of {@code template.yaml} for the promises to hold in the cloud. */
class TemplateInvariantsTest {

    private static final Path PROJECT = project();

    /** The attribute that the store writes an item's expiry into. */
    private static final String TTL = "ttl";

    private static Template template;
    private static Map<?, ?> resources;

    @BeforeAll
    static void read() throws IOException {
        var file = PROJECT.resolve("template.yaml");
        template = Template.read(file, Stack.local("test", URI.create("http://127.0.0.1:1")));
        var withoutTags = Files.readString(file).replaceAll("!(Ref|GetAtt|Sub|If|Not|Equals)\\b", "");
        resources = (Map<?, ?>)
                ((Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(withoutTags)).get("Resources");
    }

    private static Path project() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("template.yaml"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void every_handler_is_a_class_with_that_method_and_a_constructor_for_lambda() throws Exception {
        assertThat(template.functions()).isNotEmpty();
        for (var function : template.functions().values()) {
            var type = Class.forName(function.handlerClass());
            assertThat(type.getConstructor()).isNotNull();
            assertThat(List.of(type.getMethods()))
                    .as(function.id())
                    .anyMatch(method -> function.handler().endsWith("::" + method.getName()));
        }
    }

    @Test
    void every_function_is_built_into_the_zip_that_the_template_names() {
        for (var function : template.functions().values()) {
            var module = PROJECT.relativize(function.code());
            assertThat(module)
                    .hasToString("functions/" + function.shortName() + "/target/" + function.shortName() + ".zip");
            assertThat(PROJECT.resolve(module.subpath(0, 2)).resolve("pom.xml")).exists();
        }
    }

    @Test
    void every_function_of_the_build_is_in_the_template() throws IOException {
        try (var modules = Files.list(PROJECT.resolve("functions"))) {
            var built = modules.filter(Files::isDirectory)
                    .filter(module -> Files.exists(module.resolve("pom.xml")))
                    .map(module -> module.getFileName().toString())
                    .collect(Collectors.toSet());
            assertThat(template.functions().values().stream().map(Function::shortName))
                    .containsExactlyInAnyOrderElementsOf(built);
        }
    }

    @Test
    void a_message_stays_hidden_six_times_as_long_as_its_function_may_take() {
        for (var source : template.triggers(Trigger.QueueSource.class)) {
            var queue = template.queues().get(source.queue());
            var function = template.functions().get(source.function());
            assertThat(queue.visibilityTimeout())
                    .as(queue.id())
                    .isGreaterThanOrEqualTo(function.timeout().multipliedBy(6));
        }
    }

    @Test
    void every_queue_that_is_worked_has_a_dead_letter_queue_that_keeps_longer() {
        var byArn = template.queues().values().stream().collect(Collectors.toMap(Queue::arn, queue -> queue));
        for (var source : template.triggers(Trigger.QueueSource.class)) {
            var queue = template.queues().get(source.queue());
            var redrive =
                    queue.redrive().orElseThrow(() -> new AssertionError(queue.id() + " has no dead-letter queue"));
            assertThat(redrive.maxReceiveCount()).isGreaterThanOrEqualTo(5);
            assertThat(byArn.get(redrive.deadLetterArn()).retention()).isGreaterThanOrEqualTo(queue.retention());
        }
        for (var source : template.triggers(Trigger.StreamSource.class)) {
            assertThat(source.onFailure()).as(source.function()).isPresent();
        }
    }

    @Test
    void every_batch_may_fail_in_part() {
        assertThat(template.triggers(Trigger.QueueSource.class))
                .isNotEmpty()
                .allMatch(Trigger.QueueSource::partialFailures);
        assertThat(template.triggers(Trigger.StreamSource.class))
                .isNotEmpty()
                .allMatch(Trigger.StreamSource::partialFailures);
    }

    @Test
    void the_processor_gives_up_when_the_queue_would() {
        var events = template.queues().get("EventsQueue");
        assertThat(template.functions().get("ProcessorFunction").environment())
                .containsEntry(
                        "MAX_RECEIVES",
                        String.valueOf(events.redrive().orElseThrow().maxReceiveCount()));
    }

    @Test
    void every_table_expires_items_by_the_attribute_that_the_code_writes() {
        assertThat(template.tables().values()).extracting(Table::ttlAttribute).containsOnly(Optional.of(TTL));
    }

    @Test
    void every_table_is_kept_and_can_be_restored() {
        for (var table : of("AWS::DynamoDB::Table").entrySet()) {
            assertThat(table.getValue().get("DeletionPolicy"))
                    .as(table.getKey())
                    .isEqualTo("Retain");
            assertThat(properties(table.getValue()).get("PointInTimeRecoverySpecification"))
                    .isEqualTo(Map.of("PointInTimeRecoveryEnabled", true));
            assertThat(properties(table.getValue()).get("SSESpecification")).isEqualTo(Map.of("SSEEnabled", true));
        }
    }

    @Test
    void no_policy_names_every_resource() {
        var policies = new ArrayList<Object>();
        of("AWS::IAM::Role").values().forEach(role -> collect("Resource", role, policies));
        assertThat(policies).isNotEmpty().doesNotContain("*");
        assertThat(policies.toString()).doesNotContain("[*", " *,", " *]");
    }

    @Test
    void no_function_gets_a_policy_from_sam() {
        for (var function : of("AWS::Serverless::Function").entrySet()) {
            assertThat(properties(function.getValue()).containsKey("Role"))
                    .as(function.getKey())
                    .isTrue();
            assertThat(properties(function.getValue()).containsKey("Policies"))
                    .as(function.getKey())
                    .isFalse();
        }
    }

    @Test
    void the_receiver_has_no_permission_on_any_table() {
        assertThat(resources.get("ReceiverRole").toString()).doesNotContain("dynamodb");
    }

    @Test
    void every_log_group_forgets() {
        for (var group : of("AWS::Logs::LogGroup").values()) {
            assertThat(properties(group).containsKey("RetentionInDays")).isTrue();
        }
        assertThat(of("AWS::Logs::LogGroup")).hasSameSizeAs(template.functions().keySet());
    }

    @Test
    void every_dead_letter_queue_has_an_alarm() {
        var alarms = of("AWS::CloudWatch::Alarm").values().toString();
        assertThat(template.queues().keySet())
                .filteredOn(id -> id.endsWith("DeadLetterQueue"))
                .allMatch(alarms::contains);
    }

    @Test
    void only_what_must_be_open_is_reached_without_a_token() {
        var open = template.triggers(Trigger.Route.class).stream()
                .filter(route -> route.authorizer().isEmpty())
                .map(Trigger.Route::path)
                .collect(Collectors.toSet());
        assertThat(open)
                .isEqualTo(Set.of(
                        "/hooks/v1/{vendor}/{connection}",
                        "/oauth/token",
                        "/oauth/callback",
                        "/.well-known/{proxy+}",
                        "/health",
                        "$default"));
    }

    @Test
    void every_operation_with_a_scope_lies_behind_the_authorizer() {
        var guarded = Operations.ALL.stream()
                .filter(operation -> operation.scope().isPresent())
                .toList();
        assertThat(guarded)
                .isNotEmpty()
                .allMatch(operation -> operation.template().startsWith("/api/"));
    }

    @Test
    void user_facing_functions_start_from_a_snapshot() {
        assertThat(template.functions().values()).allMatch(Function::snapStart);
    }

    private static Map<String, Map<?, ?>> of(String type) {
        return resources.entrySet().stream()
                .filter(entry -> type.equals(((Map<?, ?>) entry.getValue()).get("Type")))
                .collect(Collectors.toMap(entry -> (String) entry.getKey(), entry -> (Map<?, ?>) entry.getValue()));
    }

    private static Map<?, ?> properties(Map<?, ?> resource) {
        return (Map<?, ?>) resource.get("Properties");
    }

    private static void collect(String key, Object node, List<Object> found) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (key.equals(name)) {
                    found.add(value);
                } else {
                    collect(key, value, found);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(key, item, found));
        }
    }
}
