/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.outbound.Connect;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Connections: who may post webhooks, with which secrets; what came of it. */
final class ConnectionOperations implements Family {

    private final ConnectionService connections;
    private final PreviewService previews;
    private final Cursors cursors;

    private final Lazy<Connect> access;

    ConnectionOperations(
            ConnectionService connections, PreviewService previews, Cursors cursors, Lazy<Connect> access) {
        this.connections = requireNonNull(connections, "connections is null");
        this.previews = requireNonNull(previews, "previews is null");
        this.cursors = requireNonNull(cursors, "cursors is null");
        this.access = requireNonNull(access, "access is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "listConnections", this::list,
                "createConnection", this::create,
                "getConnection", this::get,
                "updateConnection", this::update,
                "deleteConnection", this::delete,
                "addConnectionSecret", this::addSecret,
                "deleteConnectionSecret", this::deleteSecret,
                "listConnectionRejections", this::rejections,
                "previewConnection", this::preview);
    }

    private Response create(Call call) throws ParametersUnavailable {
        call.query();
        var body = Bodies.object(call.request());
        var made = connections.create(body, call.request().url());
        var json = new LinkedHashMap<>(json(call, made.connection()));
        json.putAll(SettingsInput.json(connections.settings(made.connection().id())));
        json.putAll(setup(made.connection()));
        made.generated().ifPresent(secret -> json.put("secret", ConnectionJson.revealed(secret)));
        return Response.json(201, Value.of(json))
                .with(
                        "Location",
                        call.link("/api/v4/connections/" + made.connection().id()));
    }

    private Response get(Call call) {
        call.query();
        var connection = connections.get(id(call));
        var json = new LinkedHashMap<>(json(call, connection));
        json.putAll(SettingsInput.json(connections.settings(connection.id())));
        json.putAll(setup(connection));
        return Response.json(200, Value.of(json));
    }

    private Response update(Call call) throws ParametersUnavailable {
        call.query();
        var body = Bodies.object(call.request(), "application/merge-patch+json");
        var connection = connections.update(id(call), body);
        var json = new LinkedHashMap<>(json(call, connection));
        json.putAll(SettingsInput.json(connections.settings(connection.id())));
        return Response.json(200, Value.of(json));
    }

    private Response delete(Call call) throws ParametersUnavailable {
        call.query();
        // Its access first: should the rest fail, the call can be made again.
        access.get().disconnect(connections.get(id(call)).id());
        connections.delete(id(call));
        return Response.empty(204);
    }

    private Response addSecret(Call call) throws ParametersUnavailable {
        call.query();
        var id = id(call);
        var added = connections.addSecret(id, Bodies.object(call.request()));
        var json = added.generated() ? ConnectionJson.revealed(added.secret()) : ConnectionJson.secret(added.secret());
        return Response.json(201, json)
                .with(
                        "Location",
                        call.link("/api/v4/connections/" + id + "/secrets/"
                                + added.secret().id()));
    }

    private Response deleteSecret(Call call) throws ParametersUnavailable {
        call.query();
        connections.deleteSecret(id(call), call.variable("secret_id"));
        return Response.empty(204);
    }

    private Response preview(Call call) {
        call.query();
        var connection = connections.get(id(call));
        return Response.json(200, previews.preview(connection, call.request()));
    }

    private Response list(Call call) throws ParametersUnavailable {
        var page = Page.of(call, cursors);
        var found = connections.list(page.after().map(ConnectionId::new), page.limit());
        var results = found.connections().stream()
                .map(connection -> Value.of(json(call, connection)))
                .toList();
        return page.answer(call, cursors, results, found.next().map(ConnectionId::value));
    }

    private Response rejections(Call call) {
        var limit = Call.limit(call.query("limit"), 20);
        var results = connections.rejections(id(call), limit).stream()
                .map(ConnectionJson::rejection)
                .toList();
        return Response.json(200, Value.of(Map.of("results", Value.of(results))));
    }

    private Map<String, Value> json(Call call, Connection connection) {
        var self = call.link("/api/v4/connections/" + connection.id());
        return ConnectionJson.connection(connection, connections.counters(connection.id()), self);
    }

    private Map<String, Value> setup(Connection connection) {
        return connections
                .vendor(connection.vendor())
                .map(vendor -> ConnectionJson.setup(vendor, connection))
                .orElse(Map.of());
    }

    static ConnectionId id(Call call) {
        var text = call.variable("connection_id");
        if (!ConnectionId.isValid(text)) {
            throw missing();
        }
        return new ConnectionId(text);
    }

    static Refusal missing() {
        return Refusal.of(ErrorCode.NOT_FOUND, "There is no connection with this id.");
    }
}
