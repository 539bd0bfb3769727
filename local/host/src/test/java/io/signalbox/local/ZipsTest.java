/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The very zips that are deployed, each in a JVM of its own under AWS's runtime interface client, started as Lambda
 * starts a snapshot. Reads {@code functions/*\/target/*.zip}, which {@code mvn package} makes.
 */
@Timeout(value = 5, unit = MINUTES)
class ZipsTest {

    private static Instance instance;
    private static Path data;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        data = folder;
        instance = Instance.start(Instance.Options.inMemory(project(), Clock.systemUTC())
                .withData(folder)
                .withIsolation());
    }

    @AfterAll
    static void stop() throws Exception {
        instance.close();
    }

    private static Path project() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("template.yaml"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void the_receiver_refuses_an_unknown_connection() throws Exception {
        var hook = HttpRequest.newBuilder(instance.baseUrl().resolve("/hooks/v1/hubspot/nobody"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("[]"));
        assertThat(status(hook)).isEqualTo(404);
    }

    @Test
    void the_processor_leaves_nothing_undone_of_an_empty_batch() throws Exception {
        assertThat(answer("ProcessorFunction", "{\"Records\":[]}").at("batchItemFailures"))
                .isIn(Value.NULL, new Value.Arr(List.of()));
    }

    @Test
    void the_relay_leaves_nothing_undone_of_an_empty_batch() throws Exception {
        assertThat(answer("RelayFunction", "{\"Records\":[]}").at("batchItemFailures"))
                .isIn(Value.NULL, new Value.Arr(List.of()));
    }

    /** An answer of before the first start may be kept for five seconds. */
    @Test
    void the_api_is_healthy() throws Exception {
        var health = HttpRequest.newBuilder(instance.baseUrl().resolve("/health"));
        var until = System.nanoTime() + SECONDS.toNanos(30);
        var status = status(health);
        while (status != 200 && System.nanoTime() < until) {
            Thread.sleep(250);
            status = status(health);
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void the_authorizer_lets_nobody_in_without_a_token() throws Exception {
        assertThat(status(HttpRequest.newBuilder(instance.baseUrl().resolve("/api/v4/contacts"))))
                .isEqualTo(401);
    }

    @Test
    void every_function_primed_itself_before_its_snapshot() throws Exception {
        for (var function : instance.host().template().functions().values()) {
            instance.host().invoke(function.id(), "{}".getBytes(StandardCharsets.UTF_8));
        }
        var log = Files.readString(data.resolve("functions.log"));
        for (var function : instance.host().template().functions().values()) {
            assertThat(log.lines().filter(line -> line.contains("\"message\":\"primed\"")))
                    .as("what the functions printed: %s", log)
                    .anyMatch(line -> line.contains("\"function\":\"" + function.shortName() + "\""));
        }
        assertThat(log).doesNotContain("priming step failed");
    }

    private static Value answer(String function, String event) throws Exception {
        return switch (instance.host().invoke(function, event.getBytes(StandardCharsets.UTF_8))) {
            case Outcome.Answer(var body) -> Json.parse(body);
            case Outcome.Failure failure -> throw new AssertionError(failure.type() + ": " + failure.message());
        };
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
