/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private final Value.Obj document = Contract.document();
    private final Value.Obj previous = Contract.previous();

    @Test
    void the_json_that_is_served_says_what_the_yaml_says() throws Exception {
        assertThat(Json.parse(Files.readAllBytes(Sources.JSON)))
                .as("run the main method of Sources in functions/api to write it anew")
                .isEqualTo(Sources.all());
    }

    @Test
    void router_and_contract_have_the_same_operations_each_with_its_one_scope() {
        var both = new ArrayList<>(operations(document));
        both.addAll(operations(previous));
        assertThat(both).containsExactlyInAnyOrderElementsOf(Operations.ALL);
    }

    @Test
    void every_operation_says_what_it_does_and_what_it_is_about() {
        each((path, operation) -> {
            assertThat(operation.at("summary").asText()).as(path).isNotBlank();
            assertThat(operation.at("description").asText()).as(path).isNotBlank();
            assertThat(Tree.items(operation.at("tags"))).as(path).hasSize(1);
            assertThat(Tree.items(document.at("tags")))
                    .extracting(tag -> tag.at("name"))
                    .contains(Tree.items(operation.at("tags")).getFirst());
        });
    }

    @Test
    void every_body_has_an_example_that_its_schema_allows() {
        examples(document, Contract::problems);
    }

    @Test
    void every_body_of_the_previous_version_has_an_example_that_its_schema_allows() {
        examples(previous, Contract::previousProblems);
    }

    private void examples(Value.Obj document, BiFunction<Value, Value, List<String>> problems) {
        each(document, (path, operation) -> {
            var bodies = new ArrayList<Value>();
            bodies.add(operation.at("requestBody").at("content"));
            Tree.copy(operation.at("responses")).values().forEach(answer -> bodies.add(answer.at("content")));
            for (var body : bodies) {
                Tree.copy(body).forEach((type, content) -> {
                    var examples = Tree.copy(content.at("examples")).values().stream()
                            .map(example -> resolved(document, example))
                            .map(example -> example.at("value"))
                            .toList();
                    var all = new ArrayList<>(examples);
                    if (!content.at("example").isNull()) {
                        all.add(content.at("example"));
                    }
                    assertThat(all).as(path + " " + type).isNotEmpty();
                    all.forEach(example -> assertThat(problems.apply(content.at("schema"), example))
                            .as(path + " " + type + " " + Json.text(example))
                            .isEmpty());
                });
            }
        });
    }

    @Test
    void error_codes_are_the_closed_list() {
        assertThat(Tree.items(
                        document.at("components").at("schemas").at("ErrorCode").at("enum")))
                .extracting(Value::asText)
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList());
    }

    @Test
    void no_schema_and_no_example_is_written_and_never_used() throws Exception {
        var text = Json.text(document);
        for (var section : List.of("schemas", "parameters", "headers")) {
            for (var name : Tree.copy(document.at("components").at(section)).keySet()) {
                assertThat(text.contains("\"#/components/" + section + "/" + name + "\""))
                        .as(section + " " + name)
                        .isTrue();
            }
        }
        var source = Json.text(Sources.all().get("paths"))
                + Json.text(Sources.all().get("v3").at("paths"));
        var pages = new HashSet<String>();
        for (var name : Tree.copy(Sources.all().get("examples")).keySet()) {
            if (!source.contains("\"x-example\":\"" + name + "\"") && !source.contains("\"x-page\":\"" + name + "\"")) {
                pages.add(name);
            }
        }
        assertThat(pages)
                .filteredOn(name -> !text.contains("\"enum\":[\"" + name + "\"]"))
                .isEmpty();
    }

    @Test
    void nothing_of_the_abbreviations_is_left() {
        assertThat(Json.text(document))
                .doesNotContain("${", "\"x-for-each", "\"x-only", "\"x-scope", "\"x-errors", "\"x-page", "\"x-example")
                .doesNotContain("\"x-properties-of");
    }

    @Test
    void a_type_of_a_users_own_is_in_it_like_any_other() {
        var room = new ObjectSchema(
                new ObjectType("room"), "rooms", "Room", "Rooms", List.of(new FieldDef("seats", FieldType.INTEGER)));
        var objects = new ArrayList<>(Contract.OBJECTS);
        objects.add(room);
        var with = new OpenApi().document(objects, Contract.SCORED, Contract.BASE);

        assertThat(with.at("paths").at("/api/v4/rooms/{id}").at("get").at("operationId"))
                .isEqualTo(Value.of("getRoom"));
        assertThat(with.at("components")
                        .at("schemas")
                        .at("Room")
                        .at("properties")
                        .at("seats")
                        .at("type"))
                .isEqualTo(Value.of("integer"));
    }

    /** The documents, left for linters and generators that are not of Java. */
    @Test
    void documents_are_left_for_other_tools() throws Exception {
        var left = Files.createDirectories(Path.of("target", "openapi"));
        Files.writeString(left.resolve("openapi.json"), Json.pretty(document));
        Files.writeString(left.resolve("openapi-3.1.json"), Json.pretty(OpenApi.upgraded(document)));
        Files.writeString(
                left.resolve("asyncapi.json"), Json.pretty(new OpenApi().asynchronous(document, Contract.BASE)));
        Files.writeString(left.resolve("openapi-v3.json"), Json.pretty(previous));
    }

    @Test
    void version_3_1_says_null_as_a_type() {
        var upgraded = OpenApi.upgraded(document);

        assertThat(upgraded.at("openapi")).isEqualTo(Value.of("3.1.1"));
        assertThat(Json.text(upgraded)).doesNotContain("nullable");
        assertThat(upgraded.at("components")
                        .at("schemas")
                        .at("Contact")
                        .at("properties")
                        .at("email")
                        .at("type"))
                .isEqualTo(Value.of(List.of(Value.of("string"), Value.of("null"))));
    }

    @Test
    void what_is_deprecated_is_marked_with_when_it_goes_and_what_to_use() {
        each(previous, (path, operation) -> {
            assertThat(operation.at("deprecated")).as(path).isEqualTo(Value.TRUE);
            assertThat(operation.at("x-sunset").asText()).as(path).isEqualTo("2028-12-31T23:59:59Z");
        });
        var contact = previous.at("components").at("schemas").at("Contact").at("properties");
        assertThat(contact.at("lead_score").at("deprecated")).isEqualTo(Value.TRUE);
        assertThat(contact.at("lead_score").at("x-sunset").asText()).isEqualTo("2027-12-31T23:59:59Z");
        assertThat(contact.at("lead_score").at("x-replaced-by").asText()).isEqualTo("lead_health_score");
        assertThat(contact.at("annual_revenue").at("type").asText()).isEqualTo("string");
        assertThat(Json.text(previous)).doesNotContain("crm.example.com/api/v4", "\"lead_health_band\"");
        assertThat(Json.text(document.at("components"))).doesNotContain("\"lead_score\"", "\"deprecated\":true");
    }

    private static Value resolved(Value.Obj document, Value example) {
        var ref = example.at("$ref").asText();
        return document.at("components").at("examples").at(ref.substring(ref.lastIndexOf('/') + 1));
    }

    private interface Check {
        void check(String path, Value operation);
    }

    private void each(Check check) {
        each(document, check);
    }

    private static void each(Value.Obj document, Check check) {
        Tree.copy(document.at("paths"))
                .forEach((path, item) ->
                        Tree.copy(item).forEach((method, operation) -> check.check(method + " " + path, operation)));
    }

    private static List<Operation> operations(Value.Obj document) {
        var found = new ArrayList<Operation>();
        Tree.copy(document.at("paths"))
                .forEach((path, item) -> Tree.copy(item).forEach((method, operation) -> {
                    var scopes = Tree.items(operation.at("security")).stream()
                            .flatMap(each -> Tree.items(each.at("oauth2")).stream())
                            .map(scope -> Scope.parse(scope.asText()).orElseThrow())
                            .toList();
                    assertThat(scopes).as(path).hasSizeLessThanOrEqualTo(1);
                    found.add(new Operation(
                            operation.at("operationId").asText(),
                            method.toUpperCase(java.util.Locale.ROOT),
                            path,
                            scopes.isEmpty() ? Optional.empty() : Optional.of(scopes.getFirst())));
                }));
        return found;
    }
}
