/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import io.signalbox.bench.baseline.EmptyServlet;
import io.signalbox.bench.baseline.SendOnly;
import io.signalbox.bench.load.HttpEvent;
import io.signalbox.bench.load.HubSpot;
import io.signalbox.bench.measure.Project;
import io.signalbox.model.Value;
import io.signalbox.testkit.LocalAws;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    /** @param path of a record that exists */
    Function api(String path) throws IOException {
        return ours("api", "io.signalbox.api.ApiHandler", () -> get(path), "\"statusCode\":200");
    }

    /** The API's libraries around a servlet that only reads one item. */
    Function emptyServlet() throws IOException {
        return baseline("api", EmptyServlet.class, () -> get("/api/v4/contacts/1"), "\"statusCode\":200");
    }

    private Function ours(String name, String handler, Supplier<byte[]> event, String expected) throws IOException {
        var folder = work.resolve(name);
        Project.explode(Project.zip(name), folder);
        return function(name, folder, handler, event, expected);
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
        return function(handler.getSimpleName(), folder, handler.getName(), event, expected);
    }

    private static boolean isOurs(Path file) {
        var name = file.getFileName().toString();
        return name.startsWith("signalbox-") || name.endsWith(".class");
    }

    private Function function(String name, Path folder, String handler, Supplier<byte[]> event, String expected) {
        var variables = new TreeMap<>(cloud.env().variables());
        return new Function(name, folder, handler + "::handleRequest", variables, event, expected);
    }

    private static byte[] delivery() {
        var now = Instant.now();
        var events = new java.util.ArrayList<HubSpot.Event>();
        for (var i = 0; i < EVENTS_A_DELIVERY; i++) {
            events.add(new HubSpot.Event(i, 1_801, now.toEpochMilli() - i, "jobtitle", "VP Sales " + i));
        }
        return HubSpot.request(HubSpot.body(List.copyOf(events)), now);
    }

    private static byte[] get(String path) {
        var authorized = Map.of(
                "decision", Value.of("allow"),
                "client_id", Value.of("bench"),
                "scopes", Value.of("contacts.read"));
        var headers = Map.of(
                "accept", Value.of("application/json"),
                "host", Value.of("hub.example.com"),
                "authorization", Value.of("Bearer none"));
        return HttpEvent.of("GET", "ANY /api/{proxy+}", path, headers, Map.of(), authorized, null, Instant.now());
    }
}
