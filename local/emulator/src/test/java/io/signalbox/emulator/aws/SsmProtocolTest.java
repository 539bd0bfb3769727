/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SsmProtocolTest {

    @TempDir
    Path directory;

    private SsmProtocol ssm;

    @BeforeEach
    void open() throws IOException {
        ssm = new SsmProtocol(ParameterStore.open(directory.resolve("parameters.json")), InstantSource.system());
    }

    private Map<String, Object> call(String action, Map<String, Object> request, int status) throws IOException {
        var answer = ssm.call(action, Json.bytes(request));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/x-amz-json-1.1");
        return Json.object(answer.body());
    }

    private void put(String name, String value) throws IOException {
        call("PutParameter", Map.of("Name", name, "Value", value, "Type", "SecureString"), 200);
    }

    private Map<?, ?> parameter(String name, boolean decrypt) throws IOException {
        return (Map<?, ?>) call("GetParameter", Map.of("Name", name, "WithDecryption", decrypt), 200)
                .get("Parameter");
    }

    @Test
    void a_secret_comes_back_in_the_clear_only_when_asked_for() throws IOException {
        put("/a/secret", "s3cret");
        assertThat(parameter("/a/secret", true).get("Value")).isEqualTo("s3cret");
        assertThat(parameter("/a/secret", false).get("Value")).isNotEqualTo("s3cret");
    }

    @Test
    void what_is_there_is_replaced_only_on_demand_and_counts_its_versions() throws IOException {
        put("/a", "1");
        var refusal = call("PutParameter", Map.of("Name", "/a", "Value", "2", "Type", "SecureString"), 400);
        assertThat(refusal.get("__type")).isEqualTo("ParameterAlreadyExists");
        assertThat(parameter("/a", true).get("Value")).isEqualTo("1");

        var replaced = call("PutParameter", Map.of("Name", "/a", "Value", "2", "Overwrite", true), 200);
        assertThat(replaced.get("Version")).isEqualTo(2);
        assertThat(parameter("/a", true).get("Value")).isEqualTo("2");
        assertThat(parameter("/a", true).get("Type")).isEqualTo("SecureString");
    }

    @Test
    void what_is_not_there_is_said_to_be_missing() throws IOException {
        assertThat(call("GetParameter", Map.of("Name", "/none"), 400).get("__type"))
                .isEqualTo("ParameterNotFound");
        assertThat(call("DeleteParameter", Map.of("Name", "/none"), 400).get("__type"))
                .isEqualTo("ParameterNotFound");
        put("/a", "1");
        var some = call("GetParameters", Map.of("Names", List.of("/a", "/none"), "WithDecryption", true), 200);
        assertThat((List<?>) some.get("Parameters")).hasSize(1);
        assertThat(some.get("InvalidParameters")).isEqualTo(List.of("/none"));
    }

    @Test
    void a_path_is_walked_page_by_page_and_not_beyond_it() throws IOException {
        for (var i = 10; i < 35; i++) {
            put("/app/clients/" + i, "v");
        }
        put("/app/clients/deep/er", "v");
        put("/app/clientsother", "v");

        assertThat(walk(false)).hasSize(25).doesNotHaveDuplicates().allMatch(name -> name.matches("/app/clients/\\d+"));
        assertThat(walk(true)).hasSize(26);
    }

    private List<String> walk(boolean recursive) throws IOException {
        var names = new ArrayList<String>();
        Object token = "";
        while (token != null) {
            var page = call(
                    "GetParametersByPath",
                    Map.of("Path", "/app/clients", "Recursive", recursive, "NextToken", token),
                    200);
            for (var parameter : (List<?>) page.get("Parameters")) {
                names.add((String) ((Map<?, ?>) parameter).get("Name"));
            }
            token = page.get("NextToken");
        }
        return names;
    }

    @Test
    void a_value_beyond_the_standard_tier_and_an_unknown_type_are_refused() throws IOException {
        var large = Map.<String, Object>of("Name", "/a", "Value", "x".repeat(4_097), "Type", "String");
        assertThat(call("PutParameter", large, 400).get("__type")).isEqualTo("ValidationException");
        var odd = Map.<String, Object>of("Name", "/a", "Value", "x", "Type", "Odd");
        assertThat(call("PutParameter", odd, 400).get("__type")).isEqualTo("UnsupportedParameterType");
        assertThat(call("LabelParameterVersion", Map.of(), 400).get("__type")).isEqualTo("UnknownOperationException");
    }

    @Test
    void parameters_outlive_a_restart_in_a_file_that_only_its_owner_reads() throws IOException {
        put("/kept", "1");
        put("/gone", "2");
        call("DeleteParameter", Map.of("Name", "/gone"), 200);
        open();
        assertThat(parameter("/kept", true).get("Value")).isEqualTo("1");
        assertThat(call("GetParameter", Map.of("Name", "/gone"), 400)).containsKey("__type");

        var mode = Files.getPosixFilePermissions(directory.resolve("parameters.json"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }
}
