/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a vendor's request would do, asked before it is sent. */
class PreviewTest {

    private static final String PATH = "/api/v4/connections/hs/preview";
    private static final String EVENTS =
            "[{\"eventId\":1,\"subscriptionId\":2,\"portalId\":3,\"occurredAt\":1772359200003,\"objectId\":1801,"
                    + "\"subscriptionType\":\"contact.propertyChange\",\"propertyName\":\"lifecyclestage\","
                    + "\"propertyValue\":\"customer\"}]";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
        api.post(
                        "/api/v4/connections",
                        "{\"vendor\":\"hubspot\",\"id\":\"hs\",\"secrets\":[\"0f6c2a5e-app-secret-7b1d\"]}")
                .go()
                .is(201);
    }

    @Test
    void the_body_itself_is_shown_as_events_and_changes_and_nothing_is_stored() throws Exception {
        var json = api.post(PATH, EVENTS).go().is(200).json();

        var event = json.path("events").path(0);
        assertThat(event.path("type").asText()).isEqualTo("contact.updated");
        assertThat(event.path("outcome").asText()).isEqualTo("applied");
        assertThat(event.path("properties").path("lifecycle_stage").asText()).isEqualTo("customer");
        var record = json.path("records").path(0);
        assertThat(record.path("before").isNull()).isTrue();
        assertThat(record.path("id").isNull()).isTrue();
        assertThat(record.path("after").path("lifecycle_stage").asText()).isEqualTo("customer");
        assertThat(record.path("after").path("custom").path("lifecyclestage").asText())
                .isEqualTo("customer");
        assertThat(record.path("after").path("score").path("reasons").toString())
                .contains("fit-customer");
        assertThat(api.get("/api/v4/contacts").go().json().path("results")).isEmpty();
    }

    @Test
    void a_request_told_in_json_is_the_same_and_settings_count_at_once() throws Exception {
        api.send("PATCH", "/api/v4/connections/hs", "{\"mappings\":{\"contact\":{\"lifecyclestage\":\"phase\"}}}")
                .go()
                .is(200);
        var base64 = Base64.getEncoder().encodeToString(EVENTS.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (var told : new String[] {
            "{\"headers\":{\"x\":\"y\"},\"body\":" + EVENTS + "}",
            "{\"body\":\"" + EVENTS.replace("\"", "\\\"") + "\"}",
            "{\"body_base64\":\"" + base64 + "\"}"
        }) {
            var json = api.post(PATH, told).go().is(200).json();
            assertThat(json.path("events")
                            .path(0)
                            .path("properties")
                            .path("phase")
                            .asText())
                    .isEqualTo("customer");
        }
    }

    @Test
    void what_the_vendor_does_not_send_is_422_and_an_unknown_connection_404() throws Exception {
        assertThat(api.post(PATH, "7").go().isProblem(422, "VALIDATION_FAILED").details())
                .containsExactly("/body UNREADABLE");
        assertThat(api.post(PATH, "{\"body_base64\":\"%%\"}")
                        .go()
                        .isProblem(422, "VALIDATION_FAILED")
                        .details())
                .containsExactly("/body_base64 INVALID_BASE64");
        api.post(PATH.replace("/hs/", "/nobody/"), EVENTS).go().isProblem(404, "NOT_FOUND");
    }
}
