/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StarterModelTest {

    @Test
    void the_json_that_is_loaded_says_what_the_yaml_says() throws Exception {
        assertThat(Json.parse(resource("lead-default.json"))).isEqualTo(YamlModel.parse(resource("lead-default.yaml")));
    }

    @Test
    void it_compiles_without_a_warning() {
        var model = ScoreModel.starter();
        assertThat(model.warnings()).isEmpty();
        assertThat(model.id()).isEqualTo("lead-default@1");
    }

    private static String resource(String name) throws IOException {
        try (var in = ScoreModel.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
