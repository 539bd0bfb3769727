/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The running instance a command talks to, found by its port. */
final class Host implements AutoCloseable {

    /** What a person can do about a command that could not run. */
    static final class Trouble extends Exception {
        private static final long serialVersionUID = 1;

        Trouble(String message) {
            super(message);
        }
    }

    private final int port;
    private final Path data;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private String token;

    private Host(int port, Path data) {
        this.port = port;
        this.data = data;
    }

    static Host at(Path project, int port) throws Trouble {
        var note = project.resolve(".signalbox/ports/" + port);
        try {
            var host = new Host(port, Path.of(Files.readString(note).strip()));
            host.get("/health");
            return host;
        } catch (IOException e) {
            throw new Trouble("nothing runs on port " + port + "; start it with: ./signalbox up" + portOption(port));
        }
    }

    /** What to add to a command so that it talks to this instance; nothing on the usual port. */
    String portOption() {
        return portOption(port);
    }

    private static String portOption(int port) {
        return port == 3000 ? "" : " --port " + port;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    /** The demo's file of that name in the instance's data directory; it is readable for its owner only. */
    Value file(String name) throws Trouble {
        try {
            return Json.parse(Files.readAllBytes(data.resolve(name)));
        } catch (IOException | Json.Malformed e) {
            throw new Trouble("cannot read " + data.resolve(name) + "; start afresh with: ./signalbox up --fresh");
        }
    }

    /** An access token of the demo client, with these scopes or all it has. */
    String token(String scope) throws Trouble {
        var client = file("client.json");
        var form = "grant_type=client_credentials&client_id="
                + encoded(client.at("client_id").asText())
                + "&client_secret=" + encoded(client.at("client_secret").asText())
                + (scope == null ? "" : "&scope=" + encoded(scope));
        var answer = send(HttpRequest.newBuilder(URI.create(baseUrl() + "/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        var body = json(answer);
        if (answer.statusCode() != 200) {
            throw new Trouble("no token: " + body.at("message").asText());
        }
        return body.at("access_token").asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Calls the API as the demo client. */
    HttpResponse<byte[]> api(String path) throws Trouble {
        return send(authorized(path).GET());
    }

    /** Calls the API as the demo client, with a JSON body. */
    HttpResponse<byte[]> api(String method, String path, Value body) throws Trouble {
        return send(authorized(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    private HttpRequest.Builder authorized(String path) throws Trouble {
        if (token == null) {
            token = token(null);
        }
        return HttpRequest.newBuilder(URI.create(baseUrl() + path)).header("Authorization", "Bearer " + token);
    }

    HttpResponse<byte[]> get(String path) throws Trouble {
        return send(HttpRequest.newBuilder(URI.create(baseUrl() + path)).GET());
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, Map<String, String> headers) throws Trouble {
        var request = HttpRequest.newBuilder(URI.create(baseUrl() + path)).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        return send(request.method(method, BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Trouble {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new Trouble("nothing answers on port " + port + "; start it with: ./signalbox up" + portOption(port));
        } catch (IOException e) {
            throw new Trouble("the instance on port " + port + " broke off: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    static Value json(HttpResponse<byte[]> answer) throws Trouble {
        try {
            return Json.parse(answer.body());
        } catch (Json.Malformed e) {
            throw new Trouble("HTTP " + answer.statusCode() + " with a body that is not JSON: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
