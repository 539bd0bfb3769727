/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import io.signalbox.bench.baseline.EmptyServlet;
import io.signalbox.bench.baseline.SendOnly;
import io.signalbox.bench.load.HttpEvent;
import io.signalbox.bench.load.HubSpot;
import io.signalbox.bench.measure.Project;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.testkit.LocalAws;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Our functions as they are deployed, and their baselines packed the same way, with the very same libraries. */
final class Functions {

    private static final int EVENTS_A_DELIVERY = 5;

    private final LocalAws cloud;
    private final Path work;

    Functions(LocalAws cloud, Path work) {
        this.cloud = cloud;
        this.work = work;
    }

    Function receiver() throws IOException {
        return ours("receiver", "io.signalbox.receiver.ReceiverHandler", Functions::delivery, "accepted");
    }

    /** The receiver's libraries around a handler that only sends. */
    Function sendOnly() throws IOException {
        return baseline("receiver", SendOnly.class, Functions::delivery, "sent");
    }

    /** The API, asked for a contact that it was given before. */
    Function api() throws IOException {
        var creating = ours("api", "io.signalbox.api.ApiHandler", Functions::post, "\"statusCode\":201");
        String path;
        try (var runtime = new RuntimeApi();
                var child = Child.start(creating, runtime, "on-demand", false)) {
            runtime.awaitAsked();
            path = location(ColdStart.invoke(creating, runtime, child));
        }
        return function(creating.name(), creating.folder(), creating.handler(), () -> get(path), "\"statusCode\":200");
    }

    private static String location(String answer) throws IOException {
        try {
            var json = Json.parse(answer);
            var headers = json.at("headers") instanceof Value.Obj(var members) ? members : Map.<String, Value>of();
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("location"))
                    .map(header -> URI.create(header.getValue().asText()).getPath())
                    .findFirst()
                    .orElseThrow(() -> new IOException("no Location in " + answer));
        } catch (Json.Malformed e) {
            throw new IOException("the answer is not JSON: " + answer, e);
        }
    }

    /** The API's libraries around a servlet that only reads one item. */
    Function emptyServlet() throws IOException {
        return baseline("api", EmptyServlet.class, () -> get("/api/v4/contacts/1"), "\"statusCode\":200");
    }

    private Function ours(String name, String handler, Supplier<byte[]> event, String expected) throws IOException {
        var folder = work.resolve(name);
        Project.explode(Project.zip(name), folder);
        return function(name, folder, handler + "::handleRequest", event, expected);
    }

    private Function baseline(String like, Class<?> handler, Supplier<byte[]> event, String expected)
            throws IOException {
        var folder = work.resolve(handler.getSimpleName());
        Project.explode(Project.zip(like), folder);
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Functions::isOurs).toList()) {
                Files.delete(file);
            }
        }
        var packageFolder = handler.getPackageName().replace('.', File.separatorChar);
        var classes = LocalAws.root().resolve("bench/target/classes").resolve(packageFolder);
        Files.createDirectories(folder.resolve(packageFolder));
        try (var compiled = Files.newDirectoryStream(classes, handler.getSimpleName() + "*.class")) {
            for (var file : compiled) {
                Files.copy(file, folder.resolve(packageFolder).resolve(file.getFileName()));
            }
        }
        return function(handler.getSimpleName(), folder, handler.getName() + "::handleRequest", event, expected);
    }

    private static boolean isOurs(Path file) {
        var name = file.getFileName().toString();
        return name.startsWith("signalbox-") || name.endsWith(".class");
    }

    private Function function(String name, Path folder, String handler, Supplier<byte[]> event, String expected) {
        var variables = new TreeMap<>(cloud.env().variables());
        return new Function(name, folder, handler, variables, event, expected);
    }

    private static byte[] delivery() {
        var now = Instant.now();
        var events = new ArrayList<HubSpot.Event>();
        for (var i = 0; i < EVENTS_A_DELIVERY; i++) {
            events.add(new HubSpot.Event(i, 1_801, now.toEpochMilli() - i, "jobtitle", "VP Sales " + i));
        }
        return HubSpot.request(HubSpot.body(List.copyOf(events)), now);
    }

    private static byte[] post() {
        var body = "{\"email\":\"maria@acme-industries.example\",\"first_name\":\"Maria\",\"last_name\":\"Fernandez\"}";
        return api("POST", "/api/v4/contacts", body);
    }

    private static byte[] get(String path) {
        return api("GET", path, null);
    }

    private static byte[] api(String method, String path, String body) {
        var authorized = Map.of(
                "decision", Value.of("allow"),
                "client_id", Value.of("bench"),
                "scopes", Value.of("contacts.read contacts.write"));
        var headers = new TreeMap<String, Value>();
        headers.put("accept", Value.of("application/json"));
        headers.put("authorization", Value.of("Bearer none"));
        headers.put("host", Value.of("hub.example.com"));
        if (body != null) {
            headers.put("content-type", Value.of("application/json"));
        }
        return HttpEvent.of(method, "ANY /api/{proxy+}", path, headers, Map.of(), authorized, body, Instant.now());
    }
}
