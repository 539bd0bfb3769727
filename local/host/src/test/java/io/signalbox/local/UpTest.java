/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UpTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int up(int port) {
        var options = new Up.Options(port, folder.resolve("data"), false, false, folder);
        var none = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Up(options, none, new PrintStream(err, true, StandardCharsets.UTF_8)).run();
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_data_folder_in_use_is_told_with_a_way_out() throws IOException {
        try (var held = DataFolder.hold(folder.resolve("data")).orElseThrow()) {
            assertThat(held.path()).isDirectory();
            assertThat(up(3000)).isEqualTo(1);
        }
        assertThat(said()).contains("Another instance", "./signalbox up --port 3001 --data FOLDER");
    }

    @Test
    void a_port_in_use_is_told_with_a_way_out() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(up(socket.getLocalPort())).isEqualTo(1);
            assertThat(said()).contains("Port " + socket.getLocalPort() + " is taken", "--port");
        }
        assertThat(DataFolder.hold(folder.resolve("data"))).as("is let go").isPresent();
    }

    @Test
    void a_fresh_start_deletes_what_is_ours_and_nothing_else() throws IOException {
        try (var data = DataFolder.hold(folder).orElseThrow()) {
            Files.createDirectories(folder.resolve("sqs/deep"));
            Files.writeString(folder.resolve("sqs/deep/log"), "x");
            Files.writeString(folder.resolve("client.json"), "{}");
            Files.writeString(folder.resolve("thesis.txt"), "x");
            data.clear();
            try (var left = Files.list(folder)) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .containsExactlyInAnyOrder("lock", "thesis.txt");
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no file modes")
    void a_file_of_secrets_is_its_owners_alone() throws IOException {
        var file = folder.resolve("secrets.json");
        var content = Value.of(Map.of("secret", Value.of("s")));
        PrivateFile.write(file, Value.NULL);
        PrivateFile.write(file, content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PrivateFile.read(file)).contains(content);
        assertThat(PrivateFile.read(folder.resolve("none.json"))).isEmpty();
    }
}
