/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.emulator.sqs.Attribute;
import io.signalbox.emulator.sqs.Message;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own template, with small functions in place of its own. */
class InstanceTest {

    @TempDir
    Path project;

    private final SettableClock clock = SettableClock.at("2026-03-04T05:06:07Z");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void project() throws IOException {
        Stubs.SEEN.clear();
        var template = Files.readString(LocalAws.root().resolve("template.yaml"));
        var stubs = Map.of(
                "receiver.ReceiverHandler", "Receiver",
                "processor.ProcessorHandler", "Processor",
                "relay.RelayHandler", "Relay",
                "api.ApiHandler", "Api",
                "authorizer.AuthorizerHandler", "Authorizer",
                "fetcher.FetcherHandler", "Fetcher",
                "clock.ClockHandler", "Ticker");
        for (var stub : stubs.entrySet()) {
            assertThat(template).contains("io.signalbox." + stub.getKey());
            template = template.replace("io.signalbox." + stub.getKey(), Stubs.class.getName() + "$" + stub.getValue());
        }
        Files.writeString(project.resolve("template.yaml"), template);
    }

    private Instance.Options options() {
        return Instance.Options.inMemory(project, clock);
    }

    private HttpResponse<String> send(Instance instance, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(instance.baseUrl() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static Value json(String text) throws Exception {
        return Json.parse(Stubs.bytes(text));
    }

    @Test
    void health_waits_for_a_start_that_is_not_over() throws Exception {
        try (var instance = Instance.startClosed(options())) {
            assertThat(send(instance, "GET", "/health", "").statusCode()).isEqualTo(503);
            assertThat(send(instance, "GET", "/api/v4/x", "", "Authorization", "me")
                            .statusCode())
                    .isEqualTo(200);

            instance.open();

            assertThat(send(instance, "GET", "/health", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_event_takes_its_whole_way_and_every_kind_of_trigger_wakes_its_function() throws Exception {
        try (var instance = Instance.start(options())) {
            assertThat(Stubs.SEEN).as("the first start").containsExactly("Scheduled Event");
            assertThat(send(instance, "POST", "/hooks/v1/any/one", "lead-1").statusCode())
                    .isEqualTo(202);
            instance.drain();
            assertThat(Stubs.SEEN).containsExactly("Scheduled Event", "lead-1");

            assertThat(send(instance, "GET", "/api/v4/x", "", "Authorization", "me")
                            .body())
                    .isEqualTo("ANY /api/{proxy+} me " + instance.baseUrl());
            assertThat(send(instance, "GET", "/health", "").body()).startsWith("ANY /health null");
            assertThat(send(instance, "GET", "/elsewhere", "").body()).startsWith("$default null");

            clock.advance(Duration.ofMinutes(1));
            instance.drain();
            assertThat(Stubs.SEEN).containsExactly("Scheduled Event", "lead-1", "Scheduled Event");
        }
    }

    @Test
    void the_local_surface_counts_and_shows_and_invokes() throws Exception {
        try (var instance = Instance.start(options())) {
            send(instance, "POST", "/hooks/v1/any/one", "lead-2");
            var waiting = json(send(instance, "GET", "/_local/queues", "").body());
            assertThat(((Value.Arr) waiting).items())
                    .filteredOn(queue -> queue.at("name").asText().equals("EventsQueue"))
                    .singleElement()
                    .satisfies(queue -> assertThat(queue.at("visible")).isEqualTo(Value.of(1)))
                    .satisfies(queue -> assertThat(queue.at("dead_letter")).isEqualTo(Value.FALSE));
            instance.drain();
            var usage = json(send(instance, "GET", "/_local/usage", "").body());
            assertThat(usage.at("invocations").at("processor")).isEqualTo(Value.of(1));
            assertThat(usage.at("dynamodb").at("write_units").asText()).isEqualTo("1.0");
            assertThat(usage.at("sqs").at("by_action").at("SendMessage")).isEqualTo(Value.of(1));

            var letter = new Message.Draft(
                    "x", Map.of("reason", new Attribute("String", "BODY_UNREADABLE", null)), Map.of(), null);
            instance.host().queue("EventsDeadLetterQueue").send("SendMessage", List.of(letter));
            instance.host().queue("RelayDeadLetterQueue").send("{}");
            var letters = (Value.Arr)
                    json(send(instance, "GET", "/_local/dead_letters", "").body());
            assertThat(letters.items())
                    .extracting(one ->
                            one.at("queue").asText() + " " + one.at("reason").asText())
                    .containsExactly("EventsDeadLetterQueue BODY_UNREADABLE", "RelayDeadLetterQueue RETRIES_EXHAUSTED");

            var event = "{\"requestContext\":{\"routeKey\":\"by hand\"}}";
            assertThat(send(instance, "POST", "/_local/invoke/api", event).body())
                    .contains("by hand");
            assertThat(send(instance, "POST", "/_local/invoke/api", "no json").statusCode())
                    .isEqualTo(500);
            assertThat(send(instance, "POST", "/_local/invoke/nobody", "{}").body())
                    .contains("receiver, processor");
        }
    }

    @Test
    void a_page_in_a_browser_reaches_nothing_of_the_local_surface() throws Exception {
        try (var instance = Instance.start(options())) {
            var before = instance.host().invocations();
            var page = send(instance, "POST", "/_local/invoke/api", "{}", "Origin", "http://evil.example");
            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(send(instance, "GET", "/_local/usage", "", "Origin", "null")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(instance.host().invocations()).isEqualTo(before);
        }
    }

    @Test
    void what_was_acknowledged_is_there_after_a_restart() throws Exception {
        var options = options().withData(project.resolve("data"));
        try (var instance = Instance.start(options)) {
            send(instance, "POST", "/hooks/v1/any/one", "lead-3");
        }
        try (var instance = Instance.start(options)) {
            instance.drain();
            assertThat(Stubs.SEEN).contains("lead-3");
        }
        try (var instance = Instance.start(options)) {
            Stubs.SEEN.clear();
            instance.drain();
            assertThat(Stubs.SEEN).as("the stream goes on behind it").doesNotContain("lead-3");
        }
    }

    @Test
    void threads_handle_what_comes_in() throws Exception {
        try (var instance = Instance.start(options())) {
            instance.run();
            var sent = new ArrayList<String>();
            for (var i = 0; i < 30; i++) {
                sent.add("lead-" + i);
                send(instance, "POST", "/hooks/v1/any/one", "lead-" + i);
            }
            var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!Stubs.SEEN.containsAll(sent) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(Stubs.SEEN).containsAll(sent);
            assertThat(instance.host().invocations().get("ProcessorFunction"))
                    .as("batches")
                    .isLessThan(10);
        }
    }

    @Test
    void a_start_that_fails_says_so_and_frees_the_port() throws Exception {
        var broken =
                new Instance.Options(project, 0, null, false, clock, Map.of("BREAK", "yes"), (function, failure) -> {});
        assertThatThrownBy(() -> Instance.start(broken)).hasMessageContaining("broken on purpose");

        try (var first = Instance.start(options())) {
            var taken = new Instance.Options(
                    project, first.baseUrl().getPort(), null, false, clock, Map.of(), (function, failure) -> {});
            assertThatThrownBy(() -> Instance.start(taken)).isInstanceOf(BindException.class);
        }
    }
}
