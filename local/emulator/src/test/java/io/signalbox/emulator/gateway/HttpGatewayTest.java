/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.emulator.template.HttpApi;
import io.signalbox.emulator.template.Trigger.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpGatewayTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Map<String, Object>> events = new ConcurrentHashMap<>();
    private final Map<String, Outcome> answers = new ConcurrentHashMap<>();
    private HttpGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpGateway.bind(0, InstantSource.fixed(NOW));
        var api = new HttpApi("Api", Map.of("Token", new HttpApi.Authorizer("Auth", List.of())), Optional.empty());
        var routes = List.of(
                new Route("Open", "ANY", "/open/{proxy+}", Optional.empty()),
                new Route("Closed", "ANY", "/closed/{id}", Optional.of("Token")));
        gateway.serve(api, routes, (function, event) -> {
            try {
                events.put(function, Json.object(event));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return answers.getOrDefault(function, answer("{\"statusCode\":200}"));
        });
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static Outcome answer(String json) {
        return new Outcome.Answer(json.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void a_request_becomes_an_event_of_format_2() throws Exception {
        send(request("/open/a%20b/c?x=1&y=%C3%A4&x=2&z")
                .header("X-Thing", "one")
                .header("X-Thing", "two")
                .header("Cookie", "a=1; b=2")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString("{\"n\":\"ü\"}")));

        var event = events.get("Open");
        assertThat(event)
                .containsEntry("version", "2.0")
                .containsEntry("routeKey", "ANY /open/{proxy+}")
                .containsEntry("rawPath", "/open/a b/c")
                .containsEntry("rawQueryString", "x=1&y=%C3%A4&x=2&z")
                .containsEntry("cookies", List.of("a=1", "b=2"))
                .containsEntry("queryStringParameters", Map.of("x", "1,2", "y", "ä", "z", ""))
                .containsEntry("pathParameters", Map.of("proxy", "a b/c"))
                .containsEntry("body", "{\"n\":\"ü\"}")
                .containsEntry("isBase64Encoded", false);
        assertThat(((Map<?, ?>) event.get("headers")).get("x-thing")).isEqualTo("one,two");
        assertThat(((Map<?, ?>) event.get("headers")).containsKey("cookie")).isFalse();
        var context = (Map<?, ?>) event.get("requestContext");
        assertThat(context.get("domainName")).isEqualTo("localhost");
        assertThat(context.get("time")).isEqualTo("04/Mar/2026:05:06:07 +0000");
        assertThat(context.get("timeEpoch")).isEqualTo(NOW.toEpochMilli());
        assertThat(((Map<?, ?>) context.get("http")).get("method")).isEqualTo("POST");
        assertThat(((Map<?, ?>) context.get("http")).get("sourceIp")).isEqualTo("127.0.0.1");
    }

    @Test
    void a_body_that_is_no_text_travels_in_base64() throws Exception {
        send(request("/open/x")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=b")));
        assertThat(events.get("Open")).containsEntry("body", "YT1i").containsEntry("isBase64Encoded", true);

        send(request("/open/x")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff})));
        assertThat(events.get("Open")).as("bytes that are no UTF-8").containsEntry("body", "/w==");
    }

    @Test
    void an_answer_becomes_a_response() throws Exception {
        answers.put(
                "Open",
                answer("{\"statusCode\":201,\"headers\":{\"Content-Type\":\"image/x\",\"X-Count\":3},"
                        + "\"cookies\":[\"a=1; Path=/\",\"b=2\"],\"body\":\"YQ==\",\"isBase64Encoded\":true}"));
        var response = send(request("/open/x"));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("a");
        assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2");
        assertThat(response.headers().firstValue("x-count")).contains("3");

        answers.put("Open", answer("{\"plain\":true}"));
        assertThat(send(request("/open/x")).body()).isEqualTo("{\"plain\":true}");
    }

    @Test
    void the_gateway_answers_for_functions_that_fail() throws Exception {
        answers.put("Open", new Outcome.Failure("java.lang.Error", "secret", List.of()));
        var failed = send(request("/open/x"));
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");

        answers.put("Open", answer("{\"statusCode\":\"many\"}"));
        assertThat(send(request("/open/x")).statusCode()).isEqualTo(500);
        assertThat(send(request("/nowhere")).body()).isEqualTo("{\"message\":\"Not Found\"}");
    }

    @Test
    void limits_of_size_are_api_gateways() throws Exception {
        var large = request("/open/x").POST(BodyPublishers.ofByteArray(new byte[Request.MAX_BODY + 1]));
        assertThat(send(large).statusCode()).isEqualTo(413);
        assertThat(send(request("/open/x").header("x-long", "x".repeat(10_300))).statusCode())
                .isEqualTo(431);
        assertThat(events).isEmpty();
    }

    @Test
    void an_authorizer_is_asked_first_and_its_context_handed_on() throws Exception {
        answers.put("Auth", answer("{\"isAuthorized\":true,\"context\":{\"client_id\":\"c1\"}}"));
        assertThat(send(request("/closed/7").header("Authorization", "Bearer t"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(events.get("Auth"))
                .containsEntry("type", "REQUEST")
                .containsEntry("pathParameters", Map.of("id", "7"));
        assertThat(((Map<?, ?>) events.get("Closed").get("requestContext")).get("authorizer"))
                .isEqualTo(Map.of("lambda", Map.of("client_id", "c1")));
    }

    @Test
    void nobody_passes_an_authorizer_that_does_not_say_yes() throws Exception {
        for (var answer : List.of("{\"isAuthorized\":false}", "{\"isAuthorized\":\"true\"}", "{}")) {
            answers.put("Auth", answer(answer));
            assertThat(send(request("/closed/7")).body()).isEqualTo("{\"message\":\"Forbidden\"}");
        }
        answers.put("Auth", new Outcome.Failure("x", "y", List.of()));
        assertThat(send(request("/closed/7")).statusCode()).isEqualTo(500);
        assertThat(events).doesNotContainKey("Closed");
    }
}
