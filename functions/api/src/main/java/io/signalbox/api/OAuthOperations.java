/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The authorization server: access tokens by client credentials (RFC 6749 section 4.4), its metadata (RFC 8414) and its
 * public keys (RFC 7517).
 */
final class OAuthOperations implements Family {

    private final ClientCheck clients;
    private final TokenIssuer tokens;
    private final Parameters parameters;

    OAuthOperations(ClientCheck clients, TokenIssuer tokens, Parameters parameters) {
        this.clients = requireNonNull(clients, "clients is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.parameters = requireNonNull(parameters, "parameters is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "issueToken", this::issueToken,
                "getAuthorizationServer", this::metadata,
                "getKeys", this::keys);
    }

    private Response issueToken(Call call) throws ParametersUnavailable {
        var request = call.request();
        try {
            var form = TokenRequest.parse(request);
            var client = clients.authenticate(form);
            if (!form.value("grant_type").equals("client_credentials")) {
                throw new OAuthError(
                        "unsupported_grant_type",
                        ErrorCode.GRANT_TYPE_NOT_SUPPORTED,
                        "grant_type is client_credentials; there is no other.");
            }
            var scopes = granted(form.value("scope"), client.scopes());
            return Response.json(200, tokens.issue(client.id(), scopes, request.url()))
                    .with("Cache-Control", "no-store")
                    .with("Pragma", "no-cache");
        } catch (OAuthError e) {
            return e.response(request);
        }
    }

    /** What was asked for, which must be among what the client has; all it has when it asked for nothing. */
    private static String granted(String asked, List<String> held) throws OAuthError {
        var words =
                Arrays.stream(asked.split(" ")).filter(word -> !word.isEmpty()).toList();
        if (words.isEmpty()) {
            return String.join(" ", held);
        }
        if (!held.containsAll(words)) {
            throw new OAuthError(
                    "invalid_scope",
                    ErrorCode.SCOPE_NOT_ALLOWED,
                    "The client may have these scopes only: " + String.join(" ", held) + ".");
        }
        return words.stream().distinct().collect(Collectors.joining(" "));
    }

    private Response metadata(Call call) {
        var issuer = call.request().url().issuer();
        var scopes = Arrays.stream(Scope.values())
                .map(scope -> Value.of(scope.toString()))
                .toList();
        var body = new LinkedHashMap<String, Value>();
        body.put("issuer", Value.of(issuer));
        body.put("token_endpoint", Value.of(call.link("/oauth/token")));
        body.put("jwks_uri", Value.of(call.link("/.well-known/jwks.json")));
        body.put("scopes_supported", Value.of(scopes));
        body.put("response_types_supported", Value.of(List.of()));
        body.put("grant_types_supported", Value.of(List.of(Value.of("client_credentials"))));
        body.put(
                "token_endpoint_auth_methods_supported",
                Value.of(List.of(Value.of("client_secret_basic"), Value.of("client_secret_post"))));
        return Response.json(200, Value.of(body)).with("Cache-Control", "public, max-age=300");
    }

    private Response keys(Call call) throws ParametersUnavailable {
        var jwks = parameters
                .get("oauth/jwks")
                .orElseThrow(() -> Refusal.of(ErrorCode.UNAVAILABLE, "There is no signing key yet; try again.")
                        .with("Retry-After", "60"));
        try {
            return Response.json(200, Json.parse(jwks)).with("Cache-Control", "public, max-age=300");
        } catch (Json.Malformed e) {
            throw new IllegalStateException("the parameter oauth/jwks is not JSON", e);
        }
    }
}
