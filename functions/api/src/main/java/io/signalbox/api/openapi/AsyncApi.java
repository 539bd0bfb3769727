/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What comes and goes by itself, as AsyncAPI 3.0 (asyncapi.com/docs/reference/specification/v3.0.0): the hooks of the
 * vendors there are, the canonical events, and the queues. It is made of the same sources as the OpenAPI documents and
 * shares their schemas, which JSON Schema draft 7 reads as they stand in OpenAPI 3.1.
 */
final class AsyncApi {

    private static final String HTTP = "http";
    private static final String SQS = "sqs";
    private static final List<String> SHARED = List.of("HistoryEvent", "Anything");

    private final Value source;
    private final Value openApi;
    private final Hooks hooks;
    private final Map<String, Value> channels = new LinkedHashMap<>();
    private final Map<String, Value> operations = new LinkedHashMap<>();
    private final Map<String, Value> messages = new LinkedHashMap<>();

    /**
     * @param source the member {@code asyncapi} of the sources
     * @param openApi the document of version 3.1
     */
    AsyncApi(Value source, Value openApi, Hooks hooks) {
        this.source = source;
        this.openApi = openApi;
        this.hooks = hooks;
    }

    /** @param baseUrl where the API is reached */
    Value.Obj document(String baseUrl) {
        Vendors.all().forEach(this::hook);
        history();
        Tree.copy(source.at("queues")).forEach(this::queue);
        var document = new LinkedHashMap<String, Value>();
        document.put("asyncapi", Value.of("3.0.0"));
        document.put("info", info());
        document.put("defaultContentType", Value.of("application/json"));
        document.put("servers", servers(URI.create(baseUrl)));
        document.put("channels", Value.of(channels));
        document.put("operations", Value.of(operations));
        document.put("components", Tree.of("messages", Value.of(messages), "schemas", schemas()));
        return new Value.Obj(document);
    }

    private Value info() {
        var info = new LinkedHashMap<String, Value>();
        for (var member : List.of("title", "version")) {
            info.put(member, openApi.at("info").at(member));
        }
        info.put("description", source.at("description"));
        for (var member : List.of("license", "contact")) {
            info.put(member, openApi.at("info").at(member));
        }
        return Value.of(info);
    }

    private static Value servers(URI base) {
        var http = new LinkedHashMap<String, Value>();
        http.put("host", Value.of(base.getRawAuthority()));
        http.put("protocol", Value.of(base.getScheme()));
        if (!base.getRawPath().isEmpty()) {
            http.put("pathname", Value.of(base.getRawPath()));
        }
        http.put("description", Value.of("The instance that answered."));
        var sqs = Tree.of(
                "host",
                Value.of("sqs.{region}.amazonaws.com"),
                "protocol",
                Value.of(SQS),
                "description",
                Value.of("The stack's own queues, open to its own functions only."),
                "variables",
                Tree.of("region", Tree.of("description", Value.of("Where the stack is."))));
        return Tree.of(HTTP, Value.of(http), SQS, sqs);
    }

    private void hook(Vendor vendor) {
        var id = vendor.id().value();
        var sample = hooks.sample(vendor);
        var message = new LinkedHashMap<String, Value>();
        message.put("title", Value.of(vendor.displayName()));
        message.put("contentType", sample.at("media_type"));
        message.put(
                "externalDocs", Tree.of("url", Value.of(vendor.documentation().toString())));
        message.put("payload", Hooks.schema(vendor));
        message.put("examples", Value.of(List.of(Tree.of("payload", sample.at("body")))));
        messages.put("hook." + id, Value.of(message));

        var channel = channel(HTTP, "/hooks/v1/" + id + "/{connection}", Hooks.description(vendor), "hook." + id);
        channel.put("title", Value.of(vendor.displayName()));
        channel.put(
                "parameters",
                Tree.of("connection", Tree.of("description", Value.of("The connection's id, as its owner chose it."))));
        channels.put("hook." + id, Value.of(channel));
        var operation = operation("receive", "hook." + id, "A vendor posts; the receiver proves and keeps it.");
        operation.put(
                "bindings", Tree.of("http", Tree.of("method", Value.of("POST"), "bindingVersion", version("0.3.0"))));
        operations.put("receive." + id, Value.of(operation));
    }

    private static Value version(String number) {
        return Value.of(number);
    }

    /** The events are emitted nowhere yet but where they are read: in the history of the record each belongs to. */
    private void history() {
        var types = Tree.copy(source.at("events"));
        types.forEach((type, description) -> {
            var payload = Tree.of("properties", Tree.of("type", Tree.of("const", Value.of(type))));
            var message = new LinkedHashMap<String, Value>();
            message.put("name", Value.of(type));
            message.put("title", Value.of(type));
            message.put("summary", description);
            message.put("contentType", Value.of("application/json"));
            message.put("payload", Tree.of("allOf", Value.of(List.of(Tree.ref("schemas", "HistoryEvent"), payload))));
            message.put("examples", Value.of(List.of(Tree.of("payload", hooks.event(type)))));
            messages.put(type, Value.of(message));
        });
        var channel = channel(
                HTTP,
                "/api/v4/{objects}/{id}/history",
                "The canonical events that made a record what it is, in pages, the newest first. Types are open: a"
                        + " user's own source may send any.",
                types.keySet().toArray(String[]::new));
        channel.put("title", Value.of("Events"));
        channel.put(
                "parameters",
                Tree.of(
                        "objects", Tree.of("description", Value.of("contacts, leads, companies, deals and so on.")),
                        "id", Tree.of("description", Value.of("The record's id."))));
        channels.put("history", Value.of(channel));
        var operation = operation("send", "history", "Answered to whoever may read the record.");
        operation.put(
                "bindings", Tree.of("http", Tree.of("method", Value.of("GET"), "bindingVersion", version("0.3.0"))));
        operations.put("readHistory", Value.of(operation));
    }

    private void queue(String name, Value queue) {
        var message = new LinkedHashMap<String, Value>();
        message.put("title", queue.at("title"));
        message.put("contentType", queue.at("contentType"));
        message.put("payload", queue.at("payload"));
        message.put("examples", Value.of(List.of(Tree.of("payload", queue.at("example")))));
        messages.put(name, Value.of(message));
        var channel = channel(SQS, name, queue.at("description").asText(), name);
        channel.put("title", queue.at("title"));
        channels.put(name, Value.of(channel));
        operations.put("put." + name, Value.of(operation("send", name, "Put on the queue.")));
        operations.put("take." + name, Value.of(operation("receive", name, "Taken from the queue, at least once.")));
    }

    private static Map<String, Value> channel(String server, String address, String description, String... names) {
        var channel = new LinkedHashMap<String, Value>();
        channel.put("address", Value.of(address));
        channel.put("description", Value.of(description));
        channel.put("servers", Value.of(List.of(Tree.of("$ref", Value.of("#/servers/" + server)))));
        var messages = new LinkedHashMap<String, Value>();
        for (var name : names) {
            messages.put(name, Tree.ref("messages", name));
        }
        channel.put("messages", Value.of(messages));
        return channel;
    }

    private static Map<String, Value> operation(String action, String channel, String summary) {
        var operation = new LinkedHashMap<String, Value>();
        operation.put("action", Value.of(action));
        operation.put("channel", Tree.of("$ref", Value.of("#/channels/" + channel)));
        operation.put("summary", Value.of(summary));
        return operation;
    }

    private Value schemas() {
        var schemas = new LinkedHashMap<String, Value>();
        SHARED.forEach(
                name -> schemas.put(name, openApi.at("components").at("schemas").at(name)));
        return Value.of(schemas);
    }
}
