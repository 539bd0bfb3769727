/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.FetchCodec;
import io.signalbox.queue.RejectionCodec;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes and goes by itself, as documents. Their form is checked by AsyncAPI's own parser in scripts/lint-contract. */
class AsyncApiTest {

    private final Value document = new OpenApi().asynchronous(Contract.document(), Contract.BASE);
    private final Value openApi = OpenApi.upgraded(Contract.document());

    @Test
    void every_vendor_has_its_hook_with_a_body_it_sends_and_the_operation_that_receives_it() {
        for (var vendor : Vendors.all()) {
            var id = vendor.id().value();
            var channel = document.at("channels").at("hook." + id);
            assertThat(channel.at("address")).isEqualTo(Value.of("/hooks/v1/" + id + "/{connection}"));
            var message = document.at("components").at("messages").at("hook." + id);
            assertThat(vendor.mediaTypes()).contains(message.at("contentType").asText());
            assertThat(Tree.items(message.at("examples"))).hasSize(1);
            assertThat(document.at("operations").at("receive." + id).at("action"))
                    .isEqualTo(Value.of("receive"));

            var hook = openApi.at("webhooks").at(id);
            assertThat(Tree.copy(hook).keySet()).hasSameSizeAs(vendor.methods());
            var content = hook.at("post").at("requestBody").at("content");
            assertThat(Tree.copy(content).keySet()).containsExactlyInAnyOrderElementsOf(vendor.mediaTypes());
            assertThat(Json.text(content)).contains("\"example\":");
            assertThat(Tree.copy(hook.at("post").at("responses")).keySet()).contains("200", "401", "503");
        }
    }

    @Test
    void every_example_is_a_sample_body_or_an_event_that_one_became() throws Exception {
        var samples = OpenApi.read("hooks.json");
        for (var vendor : Vendors.all()) {
            var hook = samples.get("hooks").at(vendor.id().value());
            assertThat(hook.at("body"))
                    .as(vendor.id() + ": run the main method of SampleHooks in functions/api to write them anew")
                    .isEqualTo(SampleHooks.body(hook.at("file").asText()));
        }
        for (var event : Tree.copy(samples.get("events")).values()) {
            assertThat(SampleHooks.events(new VendorId(event.at("vendor").asText())))
                    .as("run the main method of SampleHooks in functions/api to write them anew")
                    .contains(event);
        }
    }

    @Test
    void every_example_is_what_its_schema_says() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        Tree.copy(document.at("components").at("messages")).forEach((name, message) -> {
            var whole = Tree.copy(message.at("payload"));
            whole.put("components", document.at("components"));
            var schema = registry.getSchema(Json.text(Value.of(whole)), InputFormat.JSON);
            assertThat(Tree.items(message.at("examples"))).as(name).isNotEmpty();
            for (var example : Tree.items(message.at("examples"))) {
                assertThat(schema.validate(Json.text(example.at("payload")), InputFormat.JSON))
                        .as(name)
                        .isEmpty();
            }
        });
    }

    @Test
    void an_event_of_another_type_is_not_what_the_schema_says() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
        var messages = document.at("components").at("messages");
        var whole = Tree.copy(messages.at("contact.created").at("payload"));
        whole.put("components", document.at("components"));
        var other = Tree.items(messages.at("deal.created").at("examples")).getFirst();

        assertThat(registry.getSchema(Json.text(Value.of(whole)), InputFormat.JSON)
                        .validate(Json.text(other.at("payload")), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void examples_on_the_queues_are_what_the_functions_write_and_read() throws Exception {
        var delivery = example("EventsQueue").asText();
        assertThat(DeliveryCodec.encode(DeliveryCodec.decode(delivery))).isEqualTo(delivery);
        var fetch = Json.text(example("FetchQueue"));
        assertThat(Json.parse(FetchCodec.encode(FetchCodec.decode(fetch)))).isEqualTo(Json.parse(fetch));
        var rejection = Json.text(example("RejectionsQueue"));
        assertThat(Json.parse(RejectionCodec.encode(RejectionCodec.decode(rejection))))
                .isEqualTo(Json.parse(rejection));
    }

    private Value example(String name) {
        var message = document.at("components").at("messages").at(name);
        return Tree.items(message.at("examples")).getFirst().at("payload");
    }

    @Test
    void every_queue_that_a_function_is_fed_from_is_in_it() throws Exception {
        var template = Files.readString(Path.of("..", "..", "template.yaml"));
        var fed = new ArrayList<String>();
        for (var line : template.lines().toList()) {
            if (line.strip().startsWith("Queue: !GetAtt ")) {
                fed.add(line.strip().replaceAll("Queue: !GetAtt (\\w+)\\.Arn", "$1"));
            }
        }
        assertThat(queues()).containsExactlyInAnyOrderElementsOf(fed);
    }

    private List<String> queues() {
        return Tree.copy(document.at("channels")).entrySet().stream()
                .filter(channel -> Json.text(channel.getValue()).contains("#/servers/sqs"))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void what_is_referred_to_is_there() {
        for (var whole : List.of(document, openApi)) {
            Tree.each(whole, object -> {
                if (object.get("$ref") instanceof Value.Text(var ref)) {
                    var found = whole;
                    for (var part : ref.substring(2).split("/")) {
                        found = found.at(part);
                    }
                    assertThat(found.isNull()).as(ref).isFalse();
                }
                return object;
            });
        }
    }

    @Test
    void the_server_is_the_address_it_was_asked_at() {
        assertThat(document.at("servers").at("http").at("host")).isEqualTo(Value.of("crm.example.com"));
        var local = new OpenApi().asynchronous(Contract.document(), "http://127.0.0.1:3000/base");
        assertThat(local.at("servers").at("http").at("host")).isEqualTo(Value.of("127.0.0.1:3000"));
        assertThat(local.at("servers").at("http").at("protocol")).isEqualTo(Value.of("http"));
        assertThat(local.at("servers").at("http").at("pathname")).isEqualTo(Value.of("/base"));
    }
}
