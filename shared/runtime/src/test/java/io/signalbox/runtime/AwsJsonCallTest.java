/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.model.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsJsonCallTest {

    private record Canned(int status, String body) {}

    private final Deque<Canned> answers = new ArrayDeque<>();
    private final List<Map<String, List<String>>> headers = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private HttpServer server;
    private AwsJsonCall call;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            var answer = answers.pop();
            var body = answer.body.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        var env = new Env(Map.of("AWS_ENDPOINT_URL", url, "AWS_REGION", "eu-central-1"));
        call = new AwsJsonCall(env, Aws.http(), "ssm", "AmazonSSM");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void request_is_signed_and_names_its_operation() throws AwsJsonCall.Failed {
        answers.add(new Canned(200, "{\"Version\":3}"));

        var answer = call.call("PutParameter", Value.of(Map.of("Name", Value.of("/a/b"))));

        assertThat(answer.at("Version")).isEqualTo(Value.of(3));
        assertThat(bodies).containsExactly("{\"Name\":\"/a/b\"}");
        assertThat(headers.getFirst())
                .containsEntry("X-amz-target", List.of("AmazonSSM.PutParameter"))
                .containsEntry("Content-type", List.of("application/x-amz-json-1.1"));
        assertThat(headers.getFirst().get("Authorization").getFirst())
                .startsWith("AWS4-HMAC-SHA256 Credential=local/")
                .contains("/eu-central-1/ssm/aws4_request");
    }

    @Test
    void empty_answer_is_null() throws AwsJsonCall.Failed {
        answers.add(new Canned(200, ""));

        assertThat(call.call("DeleteParameter", Value.of(Map.of())).isNull()).isTrue();
    }

    @Test
    void what_may_pass_is_tried_again() throws AwsJsonCall.Failed {
        answers.add(new Canned(400, "{\"__type\":\"com.amazonaws.ssm#ThrottlingException\"}"));
        answers.add(new Canned(503, "<html>"));
        answers.add(new Canned(200, "{}"));

        call.call("GetParameter", Value.of(Map.of()));

        assertThat(bodies).hasSize(3);
    }

    @Test
    void three_attempts_are_all() {
        for (var i = 0; i < 4; i++) {
            answers.add(new Canned(500, "{\"__type\":\"InternalServerError\"}"));
        }

        assertThatThrownBy(() -> call.call("GetParameter", Value.of(Map.of())))
                .isInstanceOf(AwsJsonCall.Failed.class)
                .hasMessage("AWS answered InternalServerError");
        assertThat(bodies).hasSize(3);
    }

    @Test
    void plain_no_is_final_and_its_type_is_the_short_name() {
        answers.add(
                new Canned(400, "{\"__type\":\"com.amazonaws.ssm#ParameterNotFound\",\"message\":\"secret name\"}"));

        assertThatThrownBy(() -> call.call("GetParameter", Value.of(Map.of())))
                .isInstanceOfSatisfying(
                        AwsJsonCall.Failed.class, e -> assertThat(e.type()).isEqualTo("ParameterNotFound"))
                .hasMessageNotContaining("secret name");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void nobody_listening_fails_without_words_of_the_request() {
        server.stop(0);

        assertThatThrownBy(() -> call.call("GetParameter", Value.of(Map.of("Name", Value.of("/a/b")))))
                .isInstanceOf(AwsJsonCall.Failed.class)
                .hasMessage("AWS answered nothing");
    }
}
