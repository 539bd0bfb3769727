/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against the vendors' libraries for Node, whose requests {@code scripts/interop} leaves in a file, one a line. */
@EnabledIfSystemProperty(named = "interop", matches = ".+", disabledReason = "run scripts/interop")
class NodeInteropTest {

    private static final int FEWEST = 1_000;

    private record Request(Vendor vendor, Connection connection, Map<String, String> headers, byte[] body) {

        static Request of(String line) throws Json.Malformed {
            var json = Json.parse(line);
            var vendor = Vendors.find(json.at("vendor").asText()).orElseThrow();
            var connection = Connections.of(
                    vendor.id().value(),
                    json.at("url").asText(),
                    ((Value.Obj) json.at("options")).members(),
                    json.at("secret").asText());
            var headers = new LinkedHashMap<String, String>();
            ((Value.Obj) json.at("headers")).members().forEach((name, value) -> headers.put(name, value.asText()));
            return new Request(
                    vendor,
                    connection,
                    headers,
                    Base64.getDecoder().decode(json.at("body").asText()));
        }

        Verdict verify(Map<String, String> sent, byte[] bytes) {
            var all = new Headers(4);
            sent.forEach(all::add);
            return vendor.verify(new InboundRequest("POST", "", all, bytes), connection, NOW);
        }
    }

    @Test
    void what_the_vendors_libraries_signed_is_genuine_and_changed_by_a_bit_it_is_not() throws Exception {
        var random = new Random(4);
        var counts = new TreeMap<String, Integer>();
        try (var lines = Files.lines(Path.of(System.getProperty("interop")))) {
            for (var line : (Iterable<String>) lines::iterator) {
                var request = Request.of(line);
                judge(request, random);
                counts.merge(
                        Json.parse(line).at("library").asText() + " "
                                + request.vendor().id(),
                        1,
                        Integer::sum);
            }
        }

        assertThat(counts)
                .hasSize(7)
                .allSatisfy((library, count) -> assertThat(count).as(library).isGreaterThanOrEqualTo(FEWEST));
    }

    private static void judge(Request request, Random random) {
        assertThat(request.vendor().check(request.connection())).isEmpty();
        assertThat(request.verify(request.headers(), request.body())).isInstanceOf(Verdict.Genuine.class);
        if (request.body().length > 0) {
            var changed = request.body().clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(request.verify(request.headers(), changed)).isInstanceOf(Verdict.Refused.class);
        }
        for (var header : request.headers().entrySet()) {
            if (!header.getKey().contains("version")) {
                var value = header.getValue();
                var at = random.nextInt(value.length());
                var flipped = (char) (value.charAt(at) ^ (1 << random.nextInt(7)));
                var headers = new LinkedHashMap<>(request.headers());
                headers.put(header.getKey(), value.substring(0, at) + flipped + value.substring(at + 1));
                assertThat(request.verify(headers, request.body())).isInstanceOf(Verdict.Refused.class);
            }
        }
    }
}
