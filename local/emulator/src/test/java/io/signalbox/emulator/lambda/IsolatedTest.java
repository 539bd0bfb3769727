/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** AWS's own runtime interface client runs a zip against our side of its protocol. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS makes its runtime interface client for Linux alone")
class IsolatedTest {

    @TempDir
    Path folder;

    private FunctionHost host(Duration timeout, Map<String, String> environment) throws IOException {
        var zip = Zips.zip(folder, Probe.class, Core.class);
        var function = Zips.function(Probe.class, zip, timeout, environment);
        return FunctionHost.isolated(function, environment, 2, folder.resolve("output.log"));
    }

    private static String text(Outcome outcome) {
        return new String(((Outcome.Answer) outcome).payload(), StandardCharsets.UTF_8);
    }

    private static byte[] event(String text) {
        return ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void hooks_run_in_the_order_of_a_snapshot_and_the_environment_is_reused() throws IOException {
        try (var host = host(Duration.ofSeconds(20), Map.of("MINE", "yes"))) {
            var first = text(host.invoke(event("a")));
            assertThat(text(host.invoke(event("a"))))
                    .isEqualTo(first)
                    .doesNotContain(" in " + ProcessHandle.current().pid());
            assertThat(Files.readAllLines(folder.resolve("output.log")))
                    .containsExactly("constructed", "beforeCheckpoint", "afterRestore", "event \"a\"", "event \"a\"");

            assertThat(text(host.invoke(event("environment"))))
                    .contains("MINE", "_HANDLER")
                    .doesNotContain("HOME");

            var thrown = (Outcome.Failure) host.invoke(event("throw"));
            assertThat(thrown.type()).isEqualTo("java.lang.IllegalArgumentException");
            assertThat(thrown.message()).isEqualTo("thrown on request");
            assertThat(text(host.invoke(event("a"))))
                    .as("lives on after an error")
                    .isEqualTo(first);

            var exited = (Outcome.Failure) host.invoke(event("exit"));
            assertThat(exited.type()).isEqualTo("Runtime.ExitError");
            assertThat(exited.message()).contains("3");
            assertThat(text(host.invoke(event("a"))))
                    .as("a new one after an exit")
                    .isNotEqualTo(first);
        }
    }

    @Test
    void a_timeout_kills_and_an_init_error_is_told() throws IOException {
        try (var host = host(Duration.ofSeconds(3), Map.of())) {
            host.warm();
            var timedOut = (Outcome.Failure) host.invoke(event("hang"));
            assertThat(timedOut.type()).isEqualTo("Sandbox.Timedout");
            assertThat(timedOut.message()).contains("Task timed out after 3.00 seconds");
        }
        try (var host = host(Duration.ofSeconds(3), Map.of("BREAK_INIT", "1"))) {
            var broken = (Outcome.Failure) host.invoke(event("a"));
            assertThat(broken.message()).isEqualTo("broken at init");
        }
    }
}
