/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.ConfigurationError;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.App.Flow;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How access to a vendor's API is granted and kept: its consent page, its token endpoint and their habits. Pure, as
 * {@link Client} is. An address that {@link App#settings} makes up is called only if {@link Client#isOwnHost} knows it.
 */
public interface OAuth {

    /** The ways there are, the usual one first. */
    List<Flow> flows();

    /** Names of the settings that this way needs. */
    Set<String> settings(Flow flow);

    /** Where a person agrees, without a query. */
    URI consentPage(App app);

    URI tokenEndpoint(App app);

    /** What is asked for unless the app says otherwise. */
    List<String> scopes();

    /** Whether the vendor binds a code to who asked for it (RFC 7636, S256). */
    default boolean pkce() {
        return false;
    }

    default String scopeSeparator() {
        return " ";
    }

    /** Further parameters of the consent page's URL. */
    default Map<String, String> consentExtras() {
        return Map.of();
    }

    /** Further fields of every request for a token. */
    default Map<String, String> tokenExtras(App app) {
        return Map.of();
    }

    /** Where the app's secret goes in a request for a token. */
    enum Secrets {
        FORM,
        BASIC,
        JSON
    }

    default Secrets secrets() {
        return Secrets.FORM;
    }

    /** How long an access token lasts where the vendor's answer does not say. */
    default Duration lifetime() {
        return Duration.ofMinutes(30);
    }

    /** Where the API is, by the token endpoint's answer ({@link Value#NULL} when there was none) and the app. */
    URI api(App app, Value answer);

    /** What is wrong with the app beside missing settings. */
    default List<ConfigurationError> check(App app) {
        return List.of();
    }

    /** The URL that a person opens to agree. */
    default URI consent(App app, URI redirect, String state, String challenge) {
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", app.clientId());
        query.put("redirect_uri", redirect.toString());
        var asked = app.scopes().isEmpty() ? scopes() : app.scopes();
        if (!asked.isEmpty()) {
            query.put("scope", String.join(scopeSeparator(), asked));
        }
        query.put("state", state);
        if (pkce()) {
            query.put("code_challenge", challenge);
            query.put("code_challenge_method", "S256");
        }
        query.putAll(consentExtras());
        return URI.create(consentPage(app) + "?" + ApiRequest.encode(query));
    }

    /** Asks for the first tokens with the code that the consent page gave. */
    default ApiRequest exchange(App app, String code, URI redirect, String verifier) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", redirect.toString());
        if (pkce()) {
            fields.put("code_verifier", verifier);
        }
        return tokenRequest(app, fields);
    }

    default ApiRequest refresh(App app, String refreshToken) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", refreshToken);
        return tokenRequest(app, fields);
    }

    /** Asks for a token that needs nobody's consent; empty for a way that is none of these. */
    default Optional<ApiRequest> direct(App app, Instant now) {
        return app.flow() == Flow.CLIENT_CREDENTIALS
                ? Optional.of(tokenRequest(app, new LinkedHashMap<>(Map.of("grant_type", "client_credentials"))))
                : Optional.empty();
    }

    private ApiRequest tokenRequest(App app, Map<String, String> fields) {
        fields.putAll(tokenExtras(app));
        return switch (secrets()) {
            case BASIC -> {
                var login = app.clientId() + ":" + app.clientSecret();
                yield ApiRequest.form(tokenEndpoint(app), fields)
                        .with(
                                "authorization",
                                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
            }
            case FORM -> {
                withSecret(app, fields);
                yield ApiRequest.form(tokenEndpoint(app), fields);
            }
            case JSON -> {
                withSecret(app, fields);
                var json = new LinkedHashMap<String, Value>();
                fields.forEach((name, value) -> json.put(name, Value.of(value)));
                yield ApiRequest.json("POST", tokenEndpoint(app), Value.of(json));
            }
        };
    }

    private static void withSecret(App app, Map<String, String> fields) {
        fields.put("client_id", app.clientId());
        fields.put("client_secret", app.clientSecret());
    }

    /**
     * The vendor's word for why there is no token: {@code invalid_grant}; empty when the answer holds one. A vendor may
     * say so with status 200.
     */
    default Optional<String> error(ApiResponse response) {
        var body = response.jsonOrNull();
        if (response.isSuccess() && body.at("access_token") instanceof Value.Text) {
            return Optional.empty();
        }
        var said = body.at("error").asText();
        return Optional.of(said == null || said.isEmpty() ? "status " + response.status() : said);
    }

    /**
     * The tokens of a success. A refresh token that the answer does not renew goes on counting.
     *
     * @param before the refresh token that was used, if one was
     */
    default Tokens tokens(App app, ApiResponse response, Instant now, Optional<String> before) throws Unreadable {
        var body = response.json();
        if (!(body.at("access_token") instanceof Value.Text(var access)) || access.isEmpty()) {
            throw new Unreadable("the token endpoint's answer holds no access_token");
        }
        var renewed = Optional.ofNullable(body.at("refresh_token").asText()).filter(text -> !text.isEmpty());
        var seconds = body.at("expires_in") instanceof Value.Num(var number)
                ? number.longValue()
                : lifetime().toSeconds();
        var scope = body.at("scope").asText();
        return new Tokens(
                access,
                renewed.or(() -> before),
                now.plusSeconds(Math.clamp(seconds, 1, 366 * 86_400L)),
                api(app, body),
                scope == null || scope.isBlank()
                        ? List.of()
                        : List.of(scope.strip().split("[ ,]+")));
    }
}
