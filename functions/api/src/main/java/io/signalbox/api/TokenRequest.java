/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A token request, read by the rules of RFC 6749 sections 2.3.1 and 3.2: a form in the body, never the query; no
 * parameter twice; an empty one is none; an unknown one is ignored; and one way of authenticating at a time.
 *
 * @param parameters of the form, without the client's credentials
 * @param basic whether the credentials came by HTTP Basic
 */
record TokenRequest(Map<String, String> parameters, String clientId, String clientSecret, boolean basic) {

    TokenRequest {
        parameters = Map.copyOf(parameters);
    }

    String value(String name) {
        return parameters.getOrDefault(name, "");
    }

    static TokenRequest parse(Request request) throws OAuthError {
        var form = form(request);
        var authorization = request.header("authorization");
        if (authorization.isPresent()) {
            return basic(authorization.get(), form);
        }
        if (form.containsKey("client_assertion") || form.containsKey("client_assertion_type")) {
            throw OAuthError.invalidRequest("Authenticate by client_secret_basic or client_secret_post.");
        }
        var id = form.remove("client_id");
        var secret = form.remove("client_secret");
        if (id == null || secret == null) {
            throw OAuthError.invalidClient(false);
        }
        return new TokenRequest(form, id, secret, false);
    }

    private static Map<String, String> form(Request request) throws OAuthError {
        if (!MediaTypes.of(request.header("content-type")).equals("application/x-www-form-urlencoded")) {
            throw OAuthError.invalidRequest("Send the parameters as application/x-www-form-urlencoded in the body.");
        }
        var form = new HashMap<String, String>();
        for (var pair : Request.form(new String(request.body(), StandardCharsets.UTF_8))) {
            if (!pair.getValue().isEmpty() && form.put(pair.getKey(), pair.getValue()) != null) {
                throw OAuthError.invalidRequest("A parameter is given twice.");
            }
        }
        return form;
    }

    private static TokenRequest basic(String authorization, Map<String, String> form) throws OAuthError {
        if (form.containsKey("client_secret") || form.containsKey("client_assertion")) {
            throw OAuthError.invalidRequest("The client is authenticated in two ways; use one.");
        }
        if (!authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            throw OAuthError.invalidClient(true);
        }
        String id;
        String secret;
        try {
            var bytes = Base64.getDecoder()
                    .decode(authorization.substring("basic ".length()).strip());
            var pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            var colon = pair.indexOf(':');
            if (colon < 0) {
                throw OAuthError.invalidClient(true);
            }
            // Form-encoded inside the base64: RFC 6749 section 2.3.1.
            id = URLDecoder.decode(pair.substring(0, colon), StandardCharsets.UTF_8);
            secret = URLDecoder.decode(pair.substring(colon + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | CharacterCodingException _) {
            throw OAuthError.invalidClient(true);
        }
        var named = form.remove("client_id");
        if (named != null && !named.equals(id)) {
            throw OAuthError.invalidRequest("client_id is not the one that authenticated.");
        }
        return new TokenRequest(form, id, secret, true);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "TokenRequest[" + (basic ? "basic" : "post") + "]";
    }
}
