/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.emulator.template.Trigger.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    private static final List<String> KEYS = List.of(
            "$default",
            "ANY /{proxy+}",
            "GET /pets/{proxy+}",
            "GET /pets/dog/{id}",
            "GET /pets/dog/1",
            "ANY /pets/dog/1",
            "POST /pets/{kind}/new",
            "ANY /health");

    private static List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var key : KEYS) {
            var space = key.indexOf(' ');
            routes.add(new Route(
                    key, space < 0 ? "ANY" : key.substring(0, space), key.substring(space + 1), Optional.empty()));
        }
        return routes;
    }

    /** The first five are AWS's own example of the order. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            GET,  /pets/dog/1,     GET /pets/dog/1
            GET,  /pets/dog/2,     GET /pets/dog/{id}
            GET,  /pets/cat/1,     GET /pets/{proxy+}
            POST, /test/5,         ANY /{proxy+}
            GET,  /,               $default
            PUT,  /pets/dog/1,     ANY /pets/dog/1
            POST, /pets/dog/new,   POST /pets/{kind}/new
            GET,  /pets/dog/2/x,   GET /pets/{proxy+}
            POST, /pets/dog/2,     ANY /{proxy+}
            GET,  /health,         ANY /health
            GET,  /health/,        ANY /{proxy+}
            GET,  /pets/,          ANY /{proxy+}
            """)
    void the_most_exact_route_wins_in_whatever_order_they_were_told(String method, String path, String key) {
        var routes = routes();
        for (var seed = 0; seed < 20; seed++) {
            Collections.shuffle(routes, new Random(seed));
            assertThat(new Routes(routes)
                            .find(method, path)
                            .orElseThrow()
                            .route()
                            .key())
                    .as("seed %s", seed)
                    .isEqualTo(key);
        }
    }

    @Test
    void path_variables_have_their_values() {
        var routes = new Routes(routes());
        assertThat(routes.find("GET", "/pets/cat/a/b").orElseThrow().pathParameters())
                .isEqualTo(Map.of("proxy", "cat/a/b"));
        assertThat(routes.find("POST", "/pets/cat/new").orElseThrow().pathParameters())
                .isEqualTo(Map.of("kind", "cat"));
    }

    @Test
    void without_a_default_some_paths_have_no_route() {
        var routes = new Routes(routes().stream()
                .filter(route -> !route.key().equals("$default"))
                .toList());
        assertThat(routes.find("GET", "/")).isEmpty();
    }
}
