/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

/** The REST API as a client uses it: takes a token and keeps it until shortly before it ends. */
final class RestClient {

    private static final int TIMEOUT_MILLIS = 35_000;
    private static final Duration EARLY = Duration.ofSeconds(30);

    private final URI baseUrl;
    private final Credentials credentials;
    private final InstantSource clock;
    private String token;
    private long tokenEnds;

    /** An API client's id and secret; {@link #toString} has the id alone. */
    record Credentials(String id, String secret) {
        Credentials {
            requireNonNull(id, "id is null");
            requireNonNull(secret, "secret is null");
        }

        @Override
        public String toString() {
            return "Credentials[" + id + "]";
        }
    }

    /** A response; {@code body} is null's value when it had none. */
    record Reply(int status, Value body) {

        boolean ok() {
            return status / 100 == 2;
        }

        /** One line of what went wrong, from the error body. */
        String problem() {
            var message = body.at("message").asText();
            var code = body.at("error_code").asText();
            return status + (code == null ? "" : " " + code) + (message == null ? "" : ": " + message);
        }
    }

    RestClient(URI baseUrl, Credentials credentials, InstantSource clock) {
        this.baseUrl = requireNonNull(baseUrl, "baseUrl is null");
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * A new access token.
     *
     * @param scope space separated; empty for all that the client may have
     * @throws IOException when it is refused
     */
    Value token(String scope) throws IOException {
        var form = "grant_type=client_credentials"
                + (scope.isEmpty() ? "" : "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
        var basic = Base64.getEncoder()
                .encodeToString((credentials.id() + ":" + credentials.secret()).getBytes(StandardCharsets.UTF_8));
        var reply = send(
                baseUrl,
                "POST",
                "/oauth/token",
                Map.of("Authorization", "Basic " + basic, "Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8));
        if (!reply.ok()) {
            throw new IOException("no token: " + reply.problem());
        }
        return reply.body();
    }

    Reply get(String path) throws IOException {
        return send(baseUrl, "GET", path, Map.of("Authorization", bearer()), null);
    }

    Reply post(String path, Value body) throws IOException {
        var headers = Map.of("Authorization", bearer(), "Content-Type", "application/json");
        return send(baseUrl, "POST", path, headers, Json.bytes(body));
    }

    private synchronized String bearer() throws IOException {
        if (token == null || clock.millis() > tokenEnds) {
            var answer = token("");
            token = answer.at("access_token").asText();
            var seconds = Long.parseLong(answer.at("expires_in").asText());
            tokenEnds =
                    clock.millis() + Duration.ofSeconds(seconds).minus(EARLY).toMillis();
        }
        return "Bearer " + token;
    }

    /**
     * One request, no redirects.
     *
     * @param body null for none
     */
    static Reply send(URI base, String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(method);
        headers.forEach(connection::setRequestProperty);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (var out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        var status = connection.getResponseCode();
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Reply(status, json(in));
        }
    }

    private static Value json(InputStream in) throws IOException {
        var bytes = in == null ? new byte[0] : in.readAllBytes();
        try {
            return bytes.length == 0 ? Value.NULL : Json.parse(bytes);
        } catch (Json.Malformed e) {
            return Value.NULL;
        }
    }
}
