/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that must be genuine, from {@code vectors/{vendor}.json}: {@code official} ones are published by the vendor,
 * {@code third-party} ones by others, {@code derived} ones were computed here by the vendor's rules, with the JDK or
 * another language. In method, query, headers and body {@code {proof}} stands for the signature or the secret.
 */
class PublishedVectorsTest {

    record Vector(Vendor vendor, Value json) {
        String get(String member) {
            return json.at(member).asText();
        }

        Map<String, Value> members(String member) {
            return json.at(member) instanceof Value.Obj(var members) ? members : Map.of();
        }

        boolean isPublished() {
            return !"derived".equals(get("origin"));
        }

        Connection connection() {
            var secrets = ((Value.Arr) json.at("secrets"))
                    .items().stream().map(Value::asText).toArray(String[]::new);
            return Connections.of(vendor.id().value(), get("url"), members("options"), secrets);
        }

        Verdict verify(String proof) {
            var headers = new Headers(4);
            members("headers").forEach((name, value) -> headers.add(name, with(value.asText(), proof)));
            var request = new InboundRequest(
                    get("method"),
                    with(get("query"), proof),
                    headers,
                    with(get("body"), proof).getBytes(UTF_8));
            return vendor.verify(request, connection(), Instant.parse(get("now")));
        }

        private static String with(String text, String proof) {
            return text.replace("{proof}", proof);
        }

        @Override
        public String toString() {
            return vendor.id() + " " + get("name");
        }
    }

    static List<Vector> vectors() throws IOException, Json.Malformed {
        var vectors = new ArrayList<Vector>();
        for (var vendor : Vendors.all()) {
            vectors.addAll(vectors(vendor));
        }
        return vectors;
    }

    static List<Vector> vectors(Vendor vendor) throws IOException, Json.Malformed {
        try (var in = PublishedVectorsTest.class.getResourceAsStream("/vectors/" + vendor.id() + ".json")) {
            assertThat(in).as("vectors/" + vendor.id() + ".json").isNotNull();
            return ((Value.Arr) Json.parse(in.readAllBytes()))
                    .items().stream().map(item -> new Vector(vendor, item)).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void published_request_is_genuine(Vector vector) {
        assertThat(vector.verify(vector.get("proof"))).isInstanceOf(Verdict.Genuine.class);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void published_request_with_one_bit_of_its_proof_changed_is_refused(Vector vector) {
        var proof = vector.get("proof");
        for (var i = 0; i < proof.length(); i++) {
            for (var bit = 0; bit < 7; bit++) {
                var changed = proof.substring(0, i) + (char) (proof.charAt(i) ^ (1 << bit)) + proof.substring(i + 1);
                assertThat(vector.verify(changed)).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void published_secret_is_refused_as_a_setting(Vector vector) {
        var codes = vector.vendor().check(vector.connection()).stream()
                .filter(error -> error.pointer().startsWith("/secrets"))
                .map(Vendor.ConfigurationError::code);
        if (vector.isPublished()) {
            assertThat(codes).containsOnly("PUBLIC_SECRET");
        } else {
            assertThat(codes).isEmpty();
        }
    }
}
