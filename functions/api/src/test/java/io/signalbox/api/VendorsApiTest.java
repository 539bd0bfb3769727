/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.vendors.Vendors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an interface needs to let a user connect a vendor. */
class VendorsApiTest {

    private static final String PATH = "/api/v4/vendors";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @Test
    void all_vendors_are_listed_and_each_answers_the_same_alone() throws Exception {
        var list = api.get(PATH).go().is(200).json().path("results");

        assertThat(list).hasSize(Vendors.all().size());
        for (var vendor : list) {
            var id = vendor.path("id").asText();
            assertThat(api.get(PATH + "/" + id).go().is(200).json()).isEqualTo(vendor);
            assertThat(vendor.path("_links").path("self").path("href").asText())
                    .isEqualTo(TestApi.BASE + PATH + "/" + id);
            assertThat(vendor.path("setup_steps")).isNotEmpty();
            assertThat(vendor.path("media_types")).isNotEmpty();
            assertThat(vendor.path("secret").path("form").asText()).isNotBlank();
            assertThat(vendor.path("experimental").asBoolean())
                    .isEqualTo(!vendor.path("unconfirmed").isEmpty());
        }
    }

    @Test
    void an_option_is_told_with_its_type_its_usual_value_and_its_meaning() throws Exception {
        var option =
                api.get(PATH + "/hubspot").go().is(200).json().path("options").path(0);

        assertThat(option.path("name").asText()).isEqualTo("allow_v1");
        assertThat(option.path("type").asText()).isEqualTo("boolean");
        assertThat(option.path("default").asBoolean()).isFalse();
        assertThat(option.path("required").asBoolean()).isFalse();
        assertThat(option.path("meaning").asText()).contains("replayed");
    }

    @Test
    void a_vendor_nobody_knows_is_404_with_the_nearest() throws Exception {
        var answer = api.get(PATH + "/hubspit").go().isProblem(404, "NOT_FOUND");

        assertThat(answer.json().path("message").asText()).endsWith("Did you mean hubspot?");
    }

    @Test
    void a_connection_says_how_sure_we_are_of_its_vendors_wire() throws Exception {
        var json = api.post("/api/v4/connections", "{\"vendor\":\"standard\"}")
                .go()
                .is(201)
                .json();

        assertThat(json.path("experimental").isBoolean()).isTrue();
        assertThat(json.path("unconfirmed").isArray()).isTrue();
    }
}
