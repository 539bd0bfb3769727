/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Scope;
import io.signalbox.outbound.Attention;
import io.signalbox.outbound.Grants;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.FetchJob;
import io.signalbox.testkit.fakes.FakeHubSpot;
import io.signalbox.testkit.fakes.FakeTokens;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final String PATH = "/api/v4/connections/crm";
    private static final ConnectionId CRM = new ConnectionId("crm");

    private TestApi api;
    private FakeHubSpot hubspot;

    @BeforeEach
    void connect() throws Exception {
        api = new TestApi();
        hubspot = new FakeHubSpot(api.vendors);
        var made = api.post(
                        "/api/v4/connections",
                        "{\"vendor\":\"hubspot\",\"id\":\"crm\",\"secrets\":[\"" + FakeTokens.SECRET + "\"]}")
                .go();
        assertThat(made.status()).isEqualTo(201);
    }

    @AfterEach
    void close() {
        api.vendors.close();
    }

    private Map<String, String> begin() throws Exception {
        var answer = api.post(PATH + "/authorize", "{\"client_id\":\"" + FakeTokens.CLIENT + "\"}")
                .go();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("consent_required");
        var url = URI.create(answer.json().path("authorization_url").asText());
        assertThat(url.getHost()).isEqualTo("app.hubspot.com");
        var query = new LinkedHashMap<String, String>();
        for (var pair : url.getRawQuery().split("&")) {
            var equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        assertThat(query).containsEntry("redirect_uri", TestApi.BASE + "/oauth/callback");
        return query;
    }

    private int callback(String state, String code) throws Exception {
        return api.bare("GET", "/oauth/callback?state=" + state + "&code=" + code + "&added_by_vendor=1")
                .header("accept", "text/html")
                .go()
                .status();
    }

    private JsonNode access() throws Exception {
        return api.get(PATH + "/access").go().json();
    }

    @Test
    void consent_gives_access_once() throws Exception {
        var query = begin();
        assertThat(access().path("status").asText()).isEqualTo("none");
        var code = hubspot.tokens.agree(null);
        assertThat(callback(query.get("state"), code)).isEqualTo(200);
        assertThat(access().path("status").asText()).isEqualTo("connected");
        var grant = new Grants(api.parameters, api.clock).load(CRM).orElseThrow();
        assertThat(hubspot.tokens.accepts(grant.tokens().orElseThrow().access()))
                .isTrue();
        assertThat(callback(query.get("state"), code)).as("a state counts once").isEqualTo(400);
    }

    @Test
    void a_state_that_is_not_ours_or_too_old_gives_nothing() throws Exception {
        var query = begin();
        assertThat(callback("made-up", hubspot.tokens.agree(null))).isEqualTo(400);
        api.clock.advance(Duration.ofMinutes(11));
        assertThat(callback(query.get("state"), hubspot.tokens.agree(null))).isEqualTo(400);
        assertThat(access().path("status").asText()).isEqualTo("none");
    }

    @Test
    void a_code_that_the_vendor_refuses_gives_nothing() throws Exception {
        assertThat(callback(begin().get("state"), "made-up")).isEqualTo(400);
        assertThat(access().path("status").asText()).isEqualTo("none");
    }

    @Test
    void a_token_gives_access_at_once_and_is_never_shown() throws Exception {
        var answer = api.post(PATH + "/authorize", "{\"flow\":\"token\",\"token\":\"pat-na1-very-secret\"}")
                .go();
        assertThat(answer.json().path("status").asText()).isEqualTo("connected");
        assertThat(answer.json().toString() + access() + api.log()).doesNotContain("very-secret");
    }

    @Test
    void what_is_wrong_is_said_all_at_once() throws Exception {
        var answer = api.post(PATH + "/authorize", "{\"flow\":\"jwt_bearer\",\"daily_limit\":0,\"colour\":1}")
                .go();
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("details").findValuesAsText("field").toString()
                        + answer.json().path("details"))
                .contains("/flow", "/daily_limit", "/colour");
    }

    @Test
    void what_needs_attention_is_shown_until_access_is_given_anew() throws Exception {
        api.post(PATH + "/authorize", "{\"flow\":\"token\",\"token\":\"pat-na1-very-secret\"}")
                .go();
        new Reaches(api.states, api.clock)
                .update(
                        CRM,
                        reach -> reach.needing(new Attention(
                                Attention.Code.GRANT_REVOKED, "Gone.", "Authorize again.", api.clock.instant())));
        assertThat(access().path("status").asText()).isEqualTo("needs_attention");
        assertThat(access().path("attention").path("action").asText()).isEqualTo("Authorize again.");
        api.post(PATH + "/authorize", "{\"flow\":\"token\",\"token\":\"pat-na1-another\"}")
                .go();
        assertThat(access().path("status").asText()).isEqualTo("connected");
        assertThat(access().path("attention").isNull()).isTrue();
    }

    @Test
    void access_can_be_taken_away() throws Exception {
        api.post(PATH + "/authorize", "{\"flow\":\"token\",\"token\":\"pat-na1-very-secret\"}")
                .go();
        assertThat(api.bare("DELETE", PATH + "/access")
                        .allowed(Scope.values())
                        .go()
                        .status())
                .isEqualTo(204);
        assertThat(access().path("status").asText()).isEqualTo("none");
        assertThat(api.parameters.get("grants/crm")).isEmpty();
    }

    @Test
    void a_connection_that_is_deleted_takes_its_access_and_a_pending_consent_along() throws Exception {
        api.post(PATH + "/authorize", "{\"flow\":\"token\",\"token\":\"pat-na1-very-secret\"}")
                .go();
        var query = begin();
        assertThat(api.bare("DELETE", PATH).allowed(Scope.values()).go().status())
                .isEqualTo(204);
        assertThat(api.parameters.get("grants/crm")).isEmpty();
        assertThat(new Reaches(api.states, api.clock).get(CRM).granted())
                .as("without it the fetcher drops what waits")
                .isEmpty();
        assertThat(callback(query.get("state"), hubspot.tokens.agree(null))).isNotEqualTo(200);
        assertThat(api.parameters.get("grants/crm")).isEmpty();
        assertThat(api.bare("DELETE", PATH).allowed(Scope.values()).go().status())
                .isEqualTo(404);
    }

    @Test
    void a_push_becomes_a_job_under_the_vendors_names() throws Exception {
        var body =
                "{\"object\":\"contact\",\"external_id\":\"17\",\"fields\":{\"job_title\":\"CTO\",\"tea\":\"oolong\"}}";
        assertThat(api.post(PATH + "/push", body).go().status())
                .as("no access yet")
                .isEqualTo(409);
        api.post(PATH + "/authorize", "{\"flow\":\"token\",\"token\":\"pat-na1-very-secret\"}")
                .go();
        api.clock.advance(Duration.ofMinutes(2));
        assertThat(api.post(PATH + "/push", body).go().status()).isEqualTo(202);
        var write = (FetchJob.Write) api.fetches.take().getFirst().task();
        assertThat(write.object()).isEqualTo("contacts");
        assertThat(write.id()).isEqualTo("17");
        assertThat(write.fields()).containsOnlyKeys("jobtitle", "tea");
    }
}
