/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.outbound.ChannelEnds;
import io.signalbox.outbound.Connect;
import io.signalbox.outbound.Reaches;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.Client;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Access of connections to their vendors' own APIs: given by consent, by the app alone or by a token; shown; taken away. */
final class AccessOperations implements Family {

    static final String CALLBACK = "/oauth/callback";

    private final ConnectionService connections;
    private final ConnectionParameters parameters;
    private final Connect connect;
    private final Reaches reaches;

    private final ChannelEnds channels;

    AccessOperations(
            ConnectionService connections,
            ConnectionParameters parameters,
            Connect connect,
            Reaches reaches,
            ChannelEnds channels) {
        this.connections = requireNonNull(connections, "connections is null");
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.connect = requireNonNull(connect, "connect is null");
        this.reaches = requireNonNull(reaches, "reaches is null");
        this.channels = requireNonNull(channels, "channels is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "authorizeConnection",
                this::authorize,
                "getConnectionAccess",
                this::get,
                "deleteConnectionAccess",
                this::delete,
                "finishAuthorization",
                new Html(this::finish));
    }

    private Response authorize(Call call) throws ParametersUnavailable {
        call.query();
        var connection = connections.get(ConnectionOperations.id(call));
        var client = client(connection)
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.VALIDATION_FAILED, "There is no API of this vendor's that needs to be called."));
        var input = new AccessInput(Bodies.object(call.request()), client.oauth());
        var wish = input.wish(() -> appSecret(connection.id()));
        var redirect = URI.create(call.link(CALLBACK));
        try {
            var json = new LinkedHashMap<String, Value>();
            json.put("connection", Value.of(connection.id().value()));
            switch (connect.begin(connection.id(), client, wish, redirect)) {
                case Connect.Begun.Consent(var url, var expiresAt) -> {
                    json.put("status", Value.of("consent_required"));
                    json.put("authorization_url", Value.of(url.toString()));
                    json.put("redirect_uri", Value.of(redirect.toString()));
                    json.put("expires_at", Value.of(expiresAt.toString()));
                }
                case Connect.Begun.Done _ -> {
                    json.put("status", Value.of("connected"));
                    json.put("authorization_url", Value.NULL);
                    json.put("redirect_uri", Value.NULL);
                    json.put("expires_at", Value.NULL);
                }
            }
            return Response.json(200, Value.of(json));
        } catch (Connect.Refused e) {
            throw Refusal.of(ErrorCode.VALIDATION_FAILED, e.getMessage());
        }
    }

    /** HubSpot signs webhooks with the app's own secret, so whoever connected has given it already. */
    private Optional<String> appSecret(ConnectionId id) {
        try {
            return parameters
                    .loadFresh(id)
                    .filter(connection -> connection.vendor().value().equals("hubspot"))
                    .filter(connection -> !connection.secrets().isEmpty())
                    .map(connection -> connection.secrets().getLast().value());
        } catch (ParametersUnavailable e) {
            return Optional.empty();
        }
    }

    private Response get(Call call) {
        call.query();
        var connection = connections.get(ConnectionOperations.id(call));
        var json = AccessJson.access(
                reaches.get(connection.id()), channels.get(connection.id()).until());
        return Response.json(200, json);
    }

    private Response delete(Call call) throws ParametersUnavailable {
        call.query();
        connect.disconnect(connections.get(ConnectionOperations.id(call)).id());
        return Response.empty(204);
    }

    private static Optional<Client> client(Connection connection) {
        return Vendors.find(connection.vendor()).flatMap(Vendor::client);
    }

    /** Where the vendor sends a person back to; open, for it is the state that proves whose it is. */
    private Response finish(Call call) throws ParametersUnavailable {
        var query = new LinkedHashMap<String, String>();
        Request.form(call.request().rawQuery()).forEach(pair -> query.put(pair.getKey(), pair.getValue()));
        var state = query.getOrDefault("state", "");
        var code = Optional.ofNullable(query.get("code")).filter(text -> !text.isEmpty());
        try {
            var done = connect.finish(
                    state,
                    code,
                    URI.create(call.link(CALLBACK)),
                    id -> connections.find(id).flatMap(AccessOperations::client));
            return done.isPresent()
                    ? page(
                            200,
                            "Connected",
                            "The connection " + done.get() + " may call its vendor now. You can close" + " this page.")
                    : page(
                            400,
                            "Not connected",
                            "This link was used, or is older than ten minutes. Ask for a new one.");
        } catch (Connect.Refused e) {
            return page(400, "Not connected", e.getMessage());
        }
    }

    /** No text of the request's is on it. */
    private static Response page(int status, String title, String text) {
        var html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title><h1>" + title
                + "</h1><p>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p></html>";
        return new Response(
                status, Map.of("Content-Type", "text/html; charset=utf-8"), html.getBytes(StandardCharsets.UTF_8));
    }
}
