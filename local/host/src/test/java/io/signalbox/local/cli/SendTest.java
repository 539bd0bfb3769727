/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.local.Up;
import io.signalbox.testkit.LocalAws;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a stranger tries first, with every vendor there is, against the whole system. */
class SendTest {

    @TempDir
    static Path project;

    private static Thread up;
    private static PrintStream out;
    private static String port;

    static Stream<String> vendors() {
        return Vendors.all().stream().map(Vendor::id).map(Object::toString);
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.copy(LocalAws.root().resolve("template.yaml"), project.resolve("template.yaml"));
        out = System.out;
        var options = new Up.Options(0, project.resolve("data"), false, false, project);
        up = Thread.ofPlatform().start(() -> Up.run(options));
        var ports = project.resolve(".signalbox/ports");
        for (var waited = 0; port == null && waited < 60_000; waited += 100) {
            Thread.sleep(100);
            if (Files.isDirectory(ports)) {
                try (var files = Files.list(ports)) {
                    port = files.map(file -> file.getFileName().toString())
                            .findFirst()
                            .orElse(null);
                }
            }
        }
        assertThat(port).as("the instance is ready").isNotNull();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        up.interrupt();
        up.join();
        System.setOut(out);
    }

    private static String send(int expected, String... words) throws Exception {
        var said = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(said, true, UTF_8), false);
        var arguments = Stream.concat(Stream.of(words), Stream.of("--port", port, "--seed", "7"))
                .toList();

        assertThat(Send.run(screen, project, arguments))
                .as(said.toString(UTF_8))
                .isEqualTo(expected);
        return said.toString(UTF_8);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void a_delivery_becomes_a_record_with_a_score(String vendor) throws Exception {
        assertThat(send(0, vendor))
                .contains("POST /hooks/v1/" + vendor + "/" + vendor, "signed  ->  200", "Score ", "curl -H")
                .containsAnyOf("points  rule", "No rule is met");
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void one_that_was_changed_on_the_way_is_refused_and_its_owner_sees_why(String vendor) throws Exception {
        assertThat(send(0, vendor, "--tamper")).contains("->  401", "SIGNATURE_INVALID", "\"reason\": ", "\"hint\": ");
    }

    @Test
    void a_vendor_that_there_is_not_is_told_with_those_there_are() {
        assertThatThrownBy(() -> Send.run(Screen.standard(), project, List.of("hubspott", "--port", port)))
                .isInstanceOf(Arguments.Wrong.class)
                .hasMessageContainingAll("hubspot", "marketo", "hubspott");
    }
}
