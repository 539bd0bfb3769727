/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The signatures that the vendors' own documentation and libraries publish, from {@code vectors.json}. */
class PublishedVectorsTest {

    record Vector(String name, String scheme, Value json) {
        String get(String member) {
            return json.at(member).asText();
        }

        @Override
        public String toString() {
            return name + " " + scheme;
        }
    }

    static List<Vector> vectors() throws IOException, Json.Malformed {
        try (var in = PublishedVectorsTest.class.getResourceAsStream("vectors.json")) {
            var vectors = new ArrayList<Vector>();
            for (var item : ((Value.Arr) Json.parse(in.readAllBytes())).items()) {
                var scheme = item.at("scheme").asText();
                if (scheme.startsWith("hubspot") || scheme.startsWith("standardwebhooks")) {
                    vectors.add(new Vector(item.at("name").asText(), scheme, item));
                }
            }
            return vectors;
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void published_signature_is_genuine(Vector vector) {
        assertThat(verify(vector, vector.get("expected"))).isInstanceOf(Verdict.Genuine.class);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void published_signature_with_one_bit_changed_is_refused(Vector vector) {
        var expected = vector.get("expected");
        for (var i = 0; i < expected.length(); i++) {
            for (var bit = 0; bit < 7; bit++) {
                var changed =
                        expected.substring(0, i) + (char) (expected.charAt(i) ^ (1 << bit)) + expected.substring(i + 1);
                assertThat(verify(vector, changed)).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void published_secret_is_refused_as_a_setting(Vector vector) {
        var vendor = vendor(vector);
        for (var member : List.of("secret", "publicKey")) {
            if (vector.get(member) != null) {
                var connection =
                        Connections.of(vendor.id().value(), "https://a.example/", Map.of(), vector.get(member));
                assertThat(vendor.check(connection))
                        .extracting(Vendor.ConfigurationError::code)
                        .containsExactly("PUBLIC_SECRET");
            }
        }
    }

    @Test
    void all_vectors_of_these_schemes_are_there() throws IOException, Json.Malformed {
        assertThat(vectors())
                .extracting(Vector::name)
                .containsExactlyInAnyOrder("H1", "H2", "H3", "H4", "H5", "H6", "H7", "W1", "W2");
    }

    private static Vendor vendor(Vector vector) {
        return Vendors.find(vector.scheme.startsWith("hubspot") ? "hubspot" : "standard")
                .orElseThrow();
    }

    private static Verdict verify(Vector vector, String signature) {
        var body = vector.get("body").getBytes(UTF_8);
        var method = vector.get("method") == null ? "POST" : vector.get("method");
        var url = vector.get("uri") == null ? "https://a.example/" : vector.get("uri");
        var time = vector.get("timestamp");
        var secret = vector.get("publicKey") == null ? vector.get("secret") : vector.get("publicKey");
        var vendor = vendor(vector);
        var options = Map.<String, Value>of("allow_v1", Value.TRUE, "allow_v2", Value.TRUE);
        var connection = Connections.of(vendor.id().value(), url, options, secret);
        var now = time == null ? Instant.EPOCH : moment(time);
        return vendor.verify(new InboundRequest(method, "", headers(vector, signature, time), body), connection, now);
    }

    private static Instant moment(String time) {
        var number = Long.parseLong(time);
        return time.length() == 13 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }

    private static Headers headers(Vector vector, String signature, String time) {
        return switch (vector.scheme) {
            case "hubspot-v1", "hubspot-v2" ->
                Headers.of(
                        "X-HubSpot-Signature",
                        signature,
                        "X-HubSpot-Signature-Version",
                        vector.scheme.substring("hubspot-".length()));
            case "hubspot-v3" -> Headers.of("X-HubSpot-Signature-v3", signature, "X-HubSpot-Request-Timestamp", time);
            default ->
                Headers.of("Webhook-Id", vector.get("id"), "Webhook-Timestamp", time, "Webhook-Signature", signature);
        };
    }
}
