/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.signalbox.model.Scope;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.runtime.Env;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore.ApiClient;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.testkit.LocalAws;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    /** In a JVM of its own that logs the classes it loads: that is what a snapshot would hold, and what not. */
    @Test
    void first_token_write_and_read_after_the_rehearsal_load_no_class_of_ours() throws Exception {
        try (var aws = LocalAws.fresh()) {
            var key = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
            SsmParameters.of(aws.env()).put("oauth/signing-key", key.toJSONString());
            new DynamoControlStore(
                            aws.dynamo(),
                            aws.table("ControlTable"),
                            Clock.systemUTC(),
                            new Random(1),
                            new ConsumedUnits())
                    .putClient(new ApiClient(
                            "admin",
                            "Admin",
                            ClientCheck.sha256(TestApi.SECRET),
                            List.of("contacts.read"),
                            Instant.EPOCH));

            var lines = run(aws);

            var start = lines.indexOf(FirstRequests.START);
            var end = lines.indexOf(FirstRequests.END);
            assertThat(start).isPositive().isLessThan(end);
            assertThat(lines.subList(start, end))
                    .filteredOn(line -> line.startsWith("[class,load]"))
                    .noneMatch(line -> line.contains(" io.signalbox."));
            assertThat(lines.subList(0, start)).anyMatch(line -> line.contains(" io.signalbox.api.TokenIssuer"));
        }
    }

    private static List<String> run(LocalAws aws) throws Exception {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xlog:class+load:stdout:tags",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FirstRequests.class.getName()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(aws.env().variables());
        var process = builder.start();
        process.getOutputStream().close();
        var lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor())
                .as(() -> String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())))
                .isZero();
        return lines;
    }

    /** The process of the test above. */
    static final class FirstRequests {
        static final String START = "-- first requests";
        static final String END = "-- answered";

        private static final ObjectMapper JSON = new ObjectMapper();

        private FirstRequests() {}

        public static void main(String[] args) throws Exception {
            var handler = new ApiHandler(Env.process(), Clock.systemUTC());
            var rehearsal = new Rehearsal(handler, Clock.systemUTC());
            rehearsal.inMemory();
            rehearsal.readThrough();
            var token = TestApi.call(handler, "POST", "/oauth/token")
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body("grant_type=client_credentials&client_id=admin&client_secret=" + TestApi.SECRET)
                    .event();
            var create = TestApi.call(handler, "POST", "/api/v4/contacts")
                    .allowed(Scope.values())
                    .header("content-type", "application/json")
                    .body("{\"email\":\"ann@acme.example\",\"last_name\":\"Miller\",\"job_title\":\"CEO\"}")
                    .event();
            var read = TestApi.call(handler, "GET", "/api/v4/contacts/{id}")
                    .allowed(Scope.values())
                    .event();
            System.out.println(START);
            var issued = answer(handler, token);
            var created = answer(handler, create);
            var id = JSON.readTree(created.path("body").asText()).path("id").asText();
            var got = answer(handler, read.replace("{id}", id));
            System.out.println(END);
            var good = issued.path("statusCode").asInt() == 200
                    && created.path("statusCode").asInt() == 201
                    && got.path("statusCode").asInt() == 200;
            System.exit(good ? 0 : 3);
        }

        private static JsonNode answer(ApiHandler handler, String event) throws IOException {
            var out = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), out, null);
            return JSON.readTree(out.toByteArray());
        }
    }
}
