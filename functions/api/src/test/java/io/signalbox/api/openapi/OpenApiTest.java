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
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private final Value.Obj document = Contract.document();

    @Test
    void the_json_that_is_served_says_what_the_yaml_says() throws Exception {
        assertThat(Json.parse(Files.readAllBytes(Sources.JSON)))
                .as("run the main method of Sources in functions/api to write it anew")
                .isEqualTo(Sources.all());
    }

    @Test
    void router_and_contract_have_the_same_operations_each_with_its_one_scope() {
        assertThat(operations()).containsExactlyInAnyOrderElementsOf(Operations.ALL);
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
        each((path, operation) -> {
            var bodies = new ArrayList<Value>();
            bodies.add(operation.at("requestBody").at("content"));
            Tree.copy(operation.at("responses")).values().forEach(answer -> bodies.add(answer.at("content")));
            for (var body : bodies) {
                Tree.copy(body).forEach((type, content) -> {
                    var examples = Tree.copy(content.at("examples")).values().stream()
                            .map(this::resolved)
                            .map(example -> example.at("value"))
                            .toList();
                    var all = new ArrayList<>(examples);
                    if (!content.at("example").isNull()) {
                        all.add(content.at("example"));
                    }
                    assertThat(all).as(path + " " + type).isNotEmpty();
                    all.forEach(example -> assertThat(Contract.problems(content.at("schema"), example))
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
        var source = Json.text(Sources.all().get("paths"));
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

    private Value resolved(Value example) {
        var ref = example.at("$ref").asText();
        return document.at("components").at("examples").at(ref.substring(ref.lastIndexOf('/') + 1));
    }

    private interface Check {
        void check(String path, Value operation);
    }

    private void each(Check check) {
        Tree.copy(document.at("paths"))
                .forEach((path, item) ->
                        Tree.copy(item).forEach((method, operation) -> check.check(method + " " + path, operation)));
    }

    private List<Operation> operations() {
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
