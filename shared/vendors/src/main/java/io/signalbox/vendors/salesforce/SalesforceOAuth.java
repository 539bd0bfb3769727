/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendor.ConfigurationError;
import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.OAuth;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Salesforce's OAuth: help.salesforce.com, "OAuth Authorization Flows". The {@code host} is the organization's own, {@code
 * acme.my.salesforce.com}. An answer does not say how long the token counts; that is the session's length, two hours unless
 * the organization says otherwise, so it is renewed every hour, and at once when one is refused.
 */
final class SalesforceOAuth implements OAuth {

    private static final Duration ASSERTION = Duration.ofMinutes(3);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @Override
    public List<Flow> flows() {
        return List.of(Flow.AUTHORIZATION_CODE, Flow.CLIENT_CREDENTIALS, Flow.JWT_BEARER);
    }

    @Override
    public Set<String> settings(Flow flow) {
        return flow == Flow.JWT_BEARER ? Set.of("host", "username") : Set.of("host");
    }

    @Override
    public URI consentPage(App app) {
        return URI.create("https://" + app.setting("host") + "/services/oauth2/authorize");
    }

    @Override
    public URI tokenEndpoint(App app) {
        return URI.create("https://" + app.setting("host") + "/services/oauth2/token");
    }

    @Override
    public List<String> scopes() {
        return List.of("api", "refresh_token");
    }

    @Override
    public boolean pkce() {
        return true;
    }

    @Override
    public Duration lifetime() {
        return Duration.ofHours(1);
    }

    @Override
    public URI api(App app, Value answer) {
        var named = answer.at("instance_url").asText();
        return URI.create(named == null ? "https://" + app.setting("host") : named);
    }

    @Override
    public List<ConfigurationError> check(App app) {
        if (!new SalesforceClient().isOwnHost(app.setting("host"))) {
            return List.of(new ConfigurationError(
                    "/host", "INVALID", "host is that of your organization, such as acme.my.salesforce.com."));
        }
        if (app.flow() == Flow.JWT_BEARER && key(app.clientSecret()).isEmpty()) {
            return List.of(new ConfigurationError(
                    "/private_key", "INVALID", "private_key is an RSA key in PEM, PKCS#8: BEGIN PRIVATE KEY."));
        }
        return List.of();
    }

    @Override
    public Optional<ApiRequest> direct(App app, Instant now) {
        if (app.flow() != Flow.JWT_BEARER) {
            return OAuth.super.direct(app, now);
        }
        var fields = new LinkedHashMap<String, String>();
        fields.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        fields.put("assertion", assertion(app, now));
        return Optional.of(ApiRequest.form(tokenEndpoint(app), fields));
    }

    /** RFC 7523 section 3, signed with RS256, which is all that Salesforce takes. */
    private static String assertion(App app, Instant now) {
        var isSandbox =
                app.setting("host").startsWith("test.") || app.setting("host").contains(".sandbox.");
        var claims = new LinkedHashMap<String, Value>();
        claims.put("iss", Value.of(app.clientId()));
        claims.put("sub", Value.of(app.setting("username")));
        claims.put("aud", Value.of(isSandbox ? "https://test.salesforce.com" : "https://login.salesforce.com"));
        claims.put("exp", Value.of(now.plus(ASSERTION).getEpochSecond()));
        var header = Json.bytes(Value.of(Map.of("alg", Value.of("RS256"))));
        var signed = BASE64.encodeToString(header) + "." + BASE64.encodeToString(Json.bytes(Value.of(claims)));
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(key(app.clientSecret()).orElseThrow(() -> new GeneralSecurityException("no RSA key")));
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the app's private key cannot sign", e);
        }
    }

    private static Optional<PrivateKey> key(String pem) {
        try {
            var base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            return Optional.of(KeyFactory.getInstance("RSA").generatePrivate(spec));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
