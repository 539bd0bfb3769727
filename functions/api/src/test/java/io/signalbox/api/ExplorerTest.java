/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplorerTest {

    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/explorer", "/docs/reference"})
    void a_page_and_all_it_leads_to_come_from_this_instance(String path) throws Exception {
        var page = api.bare("GET", path).go().is(200);

        assertThat(page.header("content-type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(page.header("content-security-policy"))
                .contains("script-src 'self'")
                .doesNotContain("http");
        assertThat(page.text()).doesNotContain("<script>", "http:", "https:");
        var links = LOADED.matcher(page.text());
        while (links.find()) {
            assertThat(links.group(1)).startsWith("/");
            api.bare("GET", links.group(1)).go().is(200);
        }
    }

    @Test
    void documents_name_the_address_they_were_asked_at() throws Exception {
        var document = api.bare("GET", "/openapi.json").go().is(200).json();

        assertThat(document.path("openapi").asText()).isEqualTo("3.0.4");
        assertThat(document.path("servers").path(0).path("url").asText()).isEqualTo(TestApi.BASE);
        assertThat(document.path("components")
                        .path("schemas")
                        .path("Contact")
                        .path("properties")
                        .has("score"))
                .isTrue();
        assertThat(api.bare("GET", "/openapi-3.1.json")
                        .go()
                        .is(200)
                        .json()
                        .path("openapi")
                        .asText())
                .isEqualTo("3.1.1");
    }

    @Test
    void a_file_that_is_not_listed_is_not_served() throws Exception {
        api.bare("GET", "/docs/assets/index.html").go().isProblem(404, "NOT_FOUND");
        api.bare("GET", "/docs/assets/..%2Ferrors.json").go().isProblem(404, "NOT_FOUND");
        api.bare("GET", "/docs/assets/docs.css?v=1").go().isProblem(400, "MALFORMED_REQUEST");
    }
}
