/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.vendors.Verdict.Reason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What must not get in where a shared secret is all the proof there is: the counterpart of {@link NegativesTest} for
 * vendors that do not sign, run for every place they can put it.
 */
class SharedSecretsTest {

    private static final String URL = "https://hooks.example.com/hooks/v1/x/acme";
    private static final String SECRET = "w7Tq-2mB9xKfV4sLzR8pYc6NdHgJ3uEaoQ1iXtZ5";
    private static final String OTHER = "Kd83-mQz7LxWv2RtYb5NpGc9HsFjE6uAoT1iXqZ4";

    /** Builds the request that holds these credentials, each where a credential is to stand. */
    interface Place {
        InboundRequest request(String... credentials);
    }

    /** A way to put a secret into a request of a vendor. */
    record Door(String name, String vendor, Map<String, Value> options, Place place) {

        Connection connection(String... secrets) {
            return Connections.of(vendor, URL, options, secrets);
        }

        Verdict verify(InboundRequest request, Connection connection) {
            return Vendors.find(vendor).orElseThrow().verify(request, connection, NOW);
        }
    }

    /** The secret is the value of that header. */
    static Place header(String name, String body) {
        return credentials -> {
            var headers = new Headers(2);
            for (var credential : credentials) {
                headers.add(name, credential);
            }
            return new InboundRequest("POST", "", headers, body.getBytes(UTF_8));
        };
    }

    /** The secret is the value of that query parameter. */
    static Place query(String name, String body) {
        return credentials -> new InboundRequest(
                "POST",
                String.join(
                        "&",
                        List.of(credentials).stream()
                                .map(each -> name + "=" + each)
                                .toList()),
                new Headers(0),
                body.getBytes(UTF_8));
    }

    /** The secret is the password of HTTP Basic authentication. */
    static Place basic(String user, String body) {
        return credentials -> {
            var headers = new Headers(2);
            for (var credential : credentials) {
                var pair = (user + ":" + credential).getBytes(UTF_8);
                headers.add("authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
            }
            return new InboundRequest("POST", "", headers, body.getBytes(UTF_8));
        };
    }

    /** The secret stands in the body, as often as {@code member} does: {@code "token":"%s"}. */
    static Place body(String member, String bodyAround) {
        return credentials -> new InboundRequest(
                "POST",
                "",
                new Headers(0),
                bodyAround
                        .formatted(String.join(
                                ",",
                                List.of(credentials).stream()
                                        .map(member::formatted)
                                        .toList()))
                        .getBytes(UTF_8));
    }

    /** One row for each place of each vendor. */
    private static List<Door> doors() {
        return List.of(
                new Door("salesforce", "salesforce", Map.of(), query("token", "<a/>")),
                new Door("dynamics header", "dynamics", Map.of(), header("x-signalbox-token", "{}")),
                new Door("dynamics key", "dynamics", Map.of("proof", Value.of("code")), query("code", "{}")),
                new Door("dynamics query", "dynamics", Map.of("proof", Value.of("query")), query("token", "{}")),
                new Door("zoho body", "zoho", Map.of(), body("\"token\":\"%s\"", "{%s}")),
                new Door("zoho form", "zoho", Map.of(), body("token=%s", "module=Leads&%s")),
                new Door("zoho header", "zoho", Map.of("proof", Value.of("header")), header("x-signalbox-token", "{}")),
                new Door("zoho query", "zoho", Map.of("proof", Value.of("query")), query("token", "{}")),
                new Door("pipedrive", "pipedrive", Map.of(), basic("signalbox", "{\"meta\":{}}")),
                new Door("mailchimp", "mailchimp", Map.of("proof", Value.of("query")), query("secret", "type=profile")),
                new Door("gong", "gong", Map.of(), query("key", "{\"callData\":{}}")),
                new Door("marketo", "marketo", Map.of(), header("x-webhook-secret", "{\"id\":1}")));
    }

    static List<String> vendors() {
        return doors().stream().map(Door::vendor).distinct().toList();
    }

    @TestFactory
    List<DynamicTest> every_door_opens_to_a_live_secret_alone() {
        var tests = new ArrayList<DynamicTest>();
        for (var door : doors()) {
            var mine = door.connection(SECRET);
            accept(tests, door, "the secret", SECRET, mine);
            accept(tests, door, "any of three", SECRET, door.connection(OTHER, SECRET, OTHER));
            accept(
                    tests,
                    door,
                    "one that ends in a millisecond",
                    SECRET,
                    Connections.withExpired(mine, NOW.plusMillis(1)));
            refuse(tests, door, "one that ends now", SECRET, Connections.withExpired(mine, NOW), Reason.NO_LIVE_SECRET);
            refuse(tests, door, "no secret here", SECRET, door.connection(), Reason.NO_LIVE_SECRET);
            refuse(tests, door, "an empty secret here", "", door.connection(""), Reason.NO_LIVE_SECRET);
            refuse(tests, door, "rotated away", SECRET, door.connection(OTHER), Reason.CREDENTIAL_MISMATCH);
            refuse(tests, door, "empty", "", mine, Reason.CREDENTIAL_MISSING);
            refuse(tests, door, "shorter", SECRET.substring(1), mine, Reason.CREDENTIAL_MISMATCH);
            refuse(tests, door, "cut short", SECRET.substring(0, 39), mine, Reason.CREDENTIAL_MISMATCH);
            refuse(tests, door, "longer", SECRET + "A", mine, Reason.CREDENTIAL_MISMATCH);
            refuse(
                    tests,
                    door,
                    "in capitals",
                    SECRET.toUpperCase(java.util.Locale.ROOT),
                    mine,
                    Reason.CREDENTIAL_MISMATCH);
            refuse(tests, door, "joined by a comma", SECRET + "," + SECRET, mine, Reason.CREDENTIAL_MISMATCH);
            for (var i = 0; i < SECRET.length(); i++) {
                for (var bit = 0; bit < 7; bit++) {
                    var changed =
                            SECRET.substring(0, i) + (char) (SECRET.charAt(i) ^ (1 << bit)) + SECRET.substring(i + 1);
                    refuse(tests, door, "bit " + bit + " of character " + i, changed, mine, null);
                }
            }
            refused(tests, door, "nowhere", door.place.request(), mine, Reason.CREDENTIAL_MISSING);
            // In a body a second one may make it no JSON at all, so the reason is the vendor's.
            refused(tests, door, "twice", door.place.request(SECRET, SECRET), mine, null);
            refused(tests, door, "twice, the first wrong", door.place.request(OTHER, SECRET), mine, null);
            refused(tests, door, "twice, the second wrong", door.place.request(SECRET, OTHER), mine, null);
        }
        return tests;
    }

    private static void accept(
            List<DynamicTest> tests, Door door, String name, String credential, Connection connection) {
        tests.add(DynamicTest.dynamicTest(
                door.name + " accepts: " + name,
                () -> assertThat(door.verify(door.place.request(credential), connection))
                        .isInstanceOf(Verdict.Genuine.class)));
    }

    private static void refuse(
            List<DynamicTest> tests, Door door, String name, String credential, Connection connection, Reason reason) {
        refused(tests, door, name, door.place.request(credential), connection, reason);
    }

    private static void refused(
            List<DynamicTest> tests,
            Door door,
            String name,
            InboundRequest request,
            Connection connection,
            Reason reason) {
        tests.add(DynamicTest.dynamicTest(
                door.name + " refuses: " + name,
                () -> assertThat(door.verify(request, connection))
                        .isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
                            if (reason != null) {
                                assertThat(refused.reason()).isEqualTo(reason);
                            }
                            assertThat(refused.hint()).isNotBlank().doesNotContain(SECRET, OTHER);
                        })));
    }
}
