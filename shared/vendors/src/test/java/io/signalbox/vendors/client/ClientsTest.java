/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.dynamics.DynamicsClient;
import io.signalbox.vendors.hubspot.HubSpotClient;
import io.signalbox.vendors.linkedin.LinkedInClient;
import io.signalbox.vendors.meta.MetaClient;
import io.signalbox.vendors.pipedrive.PipedriveClient;
import io.signalbox.vendors.salesforce.SalesforceClient;
import io.signalbox.vendors.zendesk.ZendeskClient;
import io.signalbox.vendors.zoho.ZohoClient;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and answers of every vendor's API, in the shapes of its documents. */
class ClientsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /**
     * @param api where it is called
     * @param target method, path and query of a read of the ids 1 and 2, or of 1 where it reads one at a time
     * @param answer what the vendor says, of one record
     * @param modified its time
     * @param set some of its properties, as texts
     * @param write method and path of a write; empty where nothing can be written
     */
    record Case(
            Client client,
            String api,
            String object,
            String id,
            String target,
            String answer,
            String modified,
            Map<String, String> set,
            String write) {

        @Override
        public String toString() {
            return client.getClass().getSimpleName();
        }
    }

    private static final String GUID = "6d2b1d9e-0c2e-4f0b-9a53-3f7a6a5c9d01";

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        new HubSpotClient(),
                        "https://api.hubapi.com",
                        "contacts",
                        "1",
                        "POST /crm/v3/objects/contacts/batch/read",
                        "{\"status\":\"COMPLETE\",\"results\":[{\"id\":\"1\",\"properties\":{\"email\":\"ada@example.com\","
                                + "\"city\":null},\"createdAt\":\"2026-01-01T00:00:00Z\",\"updatedAt\":\"2026-02-01T10:00:00.5Z\","
                                + "\"archived\":false}]}",
                        "2026-02-01T10:00:00.500Z",
                        Map.of("email", "ada@example.com"),
                        "PATCH /crm/v3/objects/contacts/1"),
                new Case(
                        new SalesforceClient(),
                        "https://acme.my.salesforce.com",
                        "Lead",
                        "00Q1",
                        "POST /services/data/v62.0/composite/batch",
                        "{\"hasErrors\":true,\"results\":[{\"statusCode\":200,\"result\":{\"attributes\":{\"type\":\"Lead\"},"
                                + "\"Id\":\"00Q1\",\"Email\":\"ada@example.com\",\"City\":null,"
                                + "\"SystemModstamp\":\"2026-02-01T10:00:00.000+0000\"}},{\"statusCode\":404,\"result\":[{"
                                + "\"errorCode\":\"NOT_FOUND\"}]}]}",
                        "2026-02-01T10:00:00Z",
                        Map.of("Email", "ada@example.com"),
                        "PATCH /services/data/v62.0/sobjects/Lead/00Q1"),
                new Case(
                        new ZohoClient(),
                        "https://www.zohoapis.eu",
                        "Leads",
                        "9001",
                        "GET /crm/v8/Leads?ids=9001%2C2",
                        "{\"data\":[{\"id\":\"9001\",\"Email\":\"ada@example.com\",\"Owner\":{\"name\":\"Bob\",\"id\":\"7\"},"
                                + "\"Modified_Time\":\"2026-02-01T15:30:00+05:30\"}],\"info\":{\"more_records\":false}}",
                        "2026-02-01T10:00:00Z",
                        Map.of("Email", "ada@example.com", "Owner", "Bob", "Owner.id", "7"),
                        "PUT /crm/v8/Leads/9001"),
                new Case(
                        new DynamicsClient(),
                        "https://acme.crm4.dynamics.com",
                        "contacts",
                        GUID,
                        "GET /api/data/v9.2/contacts?%24filter=contactid%20eq%20" + GUID + "%20or%20contactid%20eq%202",
                        "{\"@odata.context\":\"x\",\"value\":[{\"@odata.etag\":\"W/1\",\"contactid\":\"" + GUID
                                + "\",\"emailaddress1\":\"ada@example.com\",\"_ownerid_value\":\"7\","
                                + "\"modifiedon\":\"2026-02-01T10:00:00Z\"}]}",
                        "2026-02-01T10:00:00Z",
                        Map.of("emailaddress1", "ada@example.com", "ownerid", "7"),
                        "PATCH /api/data/v9.2/contacts(" + GUID + ")"),
                new Case(
                        new ZendeskClient(),
                        "https://acme.zendesk.com",
                        "tickets",
                        "1",
                        "GET /api/v2/tickets/show_many.json?ids=1%2C2",
                        "{\"tickets\":[{\"id\":1,\"subject\":\"Help\",\"via\":{\"channel\":\"email\"},\"custom_fields\":[{"
                                + "\"id\":27,\"value\":\"745\"},{\"id\":28,\"value\":null}],"
                                + "\"updated_at\":\"2026-02-01T10:00:00Z\"}],\"count\":1}",
                        "2026-02-01T10:00:00Z",
                        Map.of("subject", "Help", "via_channel", "email", "custom_field_27", "745"),
                        "PUT /api/v2/tickets/1.json"),
                new Case(
                        new PipedriveClient(),
                        "https://acme.pipedrive.com",
                        "persons",
                        "1",
                        "GET /api/v2/persons?limit=100&ids=1%2C2",
                        "{\"success\":true,\"data\":[{\"id\":1,\"name\":\"Ada\",\"emails\":[{\"value\":\"old@example.com\","
                                + "\"primary\":false},{\"value\":\"ada@example.com\",\"primary\":true}],\"custom_fields\":{"
                                + "\"d4de1c\":{\"value\":5,\"currency\":\"EUR\"}},\"update_time\":\"2026-02-01T10:00:00Z\"}]}",
                        "2026-02-01T10:00:00Z",
                        Map.of("name", "Ada", "email", "ada@example.com", "d4de1c", "5"),
                        "PATCH /api/v2/persons/1"),
                new Case(
                        new MetaClient(),
                        "https://graph.facebook.com/v25.0",
                        "lead",
                        "1",
                        "GET /v25.0/?ids=1%2C2&fields=id%2Ccreated_time%2Cad_id%2Cform_id%2Cfield_data",
                        "{\"1\":{\"id\":\"1\",\"created_time\":\"2026-02-01T10:00:00+0000\",\"field_data\":[{\"name\":\"email\","
                                + "\"values\":[\"ada@example.com\"]}]}}",
                        "2026-02-01T10:00:00Z",
                        Map.of("email", "ada@example.com"),
                        ""),
                new Case(
                        new LinkedInClient(),
                        "https://api.linkedin.com",
                        "leadFormResponses",
                        "abc-1",
                        "GET /rest/leadFormResponses/abc-1",
                        "{\"id\":\"abc-1\",\"submittedAt\":1769940000000,\"formResponse\":{\"answers\":[{\"questionId\":5,"
                                + "\"answerDetails\":{\"textQuestionAnswer\":{\"answer\":\"Ada\"}}}]}}",
                        "2026-02-01T10:00:00Z",
                        Map.of("question_5", "Ada"),
                        ""));
    }

    private static String target(ApiRequest request) {
        var query = request.uri().getRawQuery();
        return request.method() + " " + request.uri().getRawPath() + (query == null ? "" : "?" + query);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_read_is_asked_as_the_vendor_documents_it(Case one) {
        var account = new Account(URI.create(one.api()), "the-token");
        var ids = one.client().batchSize() == 1 ? List.of(one.id()) : List.of(one.id(), "2");
        var request = one.client().read(account, one.object(), ids, Set.of());
        assertThat(target(request)).startsWith(one.target());
        assertThat(request.headers().get("authorization")).endsWith(" the-token");
        assertThat(request.uri().toString()).doesNotContain("the-token");
        assertThat(one.client().isOwnHost(request.uri().getHost())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_answer_is_read_as_the_vendor_documents_it(Case one) throws Exception {
        var records = one.client().records(one.object(), Json.parse(one.answer()));
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.id()).isEqualTo(one.id());
            assertThat(record.modified()).isEqualTo(Instant.parse(one.modified()));
            var texts = new TreeMap<String, String>();
            record.properties().forEach((name, value) -> texts.put(name, value.asText()));
            assertThat(texts)
                    .containsAllEntriesOf(one.set())
                    .doesNotContainKey("city")
                    .doesNotContainKey("City");
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_answer_of_another_form_is_unreadable(Case one) {
        for (var odd : List.of(
                "[]", "\"x\"", "{\"results\":[{}],\"data\":[{}],\"value\":[{}],\"" + one.object() + "\":[{}]}")) {
            assertThatThrownBy(() -> {
                        var records = one.client().records(one.object(), Json.parse(odd));
                        if (records.isEmpty()) {
                            throw new Vendor.Unreadable("nothing in it");
                        }
                    })
                    .isInstanceOf(Vendor.Unreadable.class);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_write_is_asked_as_the_vendor_documents_it(Case one) {
        var type = one.client() instanceof ZendeskClient ? ObjectType.TICKET : ObjectType.CONTACT;
        if (one.write().isEmpty()) {
            assertThat(one.client().locate(type, one.id())).isEmpty();
            return;
        }
        var account = new Account(URI.create(one.api()), "the-token");
        var remote = new Remote(one.object(), one.id());
        var request = one.client().write(account, remote, Map.of("score", Value.of(42)));
        assertThat(target(request)).isEqualTo(one.write());
        assertThat(new String(request.body(), UTF_8)).contains("\"score\":").contains("42");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void no_foreign_host_is_taken_for_the_vendors(Case one) {
        var own = URI.create(one.api()).getHost();
        for (var host : List.of(
                "",
                "null",
                "localhost",
                "127.0.0.1",
                "169.254.169.254",
                "evil.example",
                own + ".evil.example",
                "evil.example." + own.substring(own.indexOf('.')),
                own.replace('.', 'x'),
                "a.b.c." + own)) {
            assertThat(one.client().isOwnHost(host)).as(host).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_way_of_access_asks_for_tokens_at_the_vendors_own_host(Case one) {
        var settings = Map.of(
                "host", URI.create(one.api()).getHost(),
                "region", "eu",
                "subdomain", "acme",
                "tenant", "acme.onmicrosoft.com",
                "username", "ada@example.com");
        for (var flow : one.client().oauth().flows()) {
            if (flow != Flow.TOKEN) {
                var app = new App(flow, "id", "secret", List.of(), settings);
                var oauth = one.client().oauth();
                assertThat(oauth.settings(flow)).isSubsetOf(settings.keySet());
                var request = oauth.refresh(app, "refresh-me");
                assertThat(one.client().isOwnHost(request.uri().getHost())).isTrue();
                assertThat(request.uri().getQuery())
                        .as("secrets stay out of URLs")
                        .isNull();
                assertThat(new String(request.body(), UTF_8)).contains("refresh-me");
                var consent = oauth.consent(app, URI.create("https://crm.example.com/oauth/callback"), "st", "ch");
                assertThat(consent.getRawQuery())
                        .contains("state=st", "response_type=code")
                        .doesNotContain("secret");
                assertThat(consent.getRawQuery().contains("code_challenge=ch")).isEqualTo(oauth.pkce());
            }
        }
    }

    @Test
    void settings_that_make_up_another_host_are_refused() {
        for (var client :
                List.of(new SalesforceClient(), new DynamicsClient(), new ZendeskClient(), new ZohoClient())) {
            var evil = Map.of(
                    "host", "evil.example/x?",
                    "region", "evil.example/",
                    "subdomain", "evil.example/",
                    "tenant", "../x");
            var app = new App(client.oauth().flows().getFirst(), "id", "secret", List.of(), evil);
            assertThat(client.oauth().check(app)).as(client.toString()).isNotEmpty();
        }
    }

    @Test
    void salesforce_takes_an_assertion_signed_by_the_apps_key() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        var pair = generator.generateKeyPair();
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        var settings = Map.of("host", "acme.my.salesforce.com", "username", "ada@example.com");
        var app = new App(Flow.JWT_BEARER, "consumer-key", pem, List.of(), settings);
        var oauth = new SalesforceClient().oauth();
        assertThat(oauth.check(app)).isEmpty();
        var form = new String(oauth.direct(app, NOW).orElseThrow().body(), UTF_8);
        var assertion = form.substring(form.indexOf("assertion=") + "assertion=".length());
        var parts = assertion.split("\\.");
        var claims = Json.parse(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.at("aud").asText()).isEqualTo("https://login.salesforce.com");
        assertThat(claims.at("exp")).isEqualTo(Value.of(NOW.plusSeconds(180).getEpochSecond()));
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(pair.getPublic());
        verifier.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private static ApiResponse response(int status, String body, String... headers) {
        var all = new TreeMap<String, String>();
        for (var i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new ApiResponse(status, all, body.getBytes(UTF_8));
    }

    @Test
    void complaints_are_understood_in_each_vendors_words() {
        assertThat(new HubSpotClient().complaint(response(429, "{\"policyName\":\"DAILY\"}")))
                .isEqualTo(Complaint.QUOTA);
        assertThat(new SalesforceClient().complaint(response(403, "[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\"}]")))
                .isEqualTo(Complaint.QUOTA);
        assertThat(new SalesforceClient().complaint(response(401, "[{\"errorCode\":\"INVALID_SESSION_ID\"}]")))
                .isEqualTo(Complaint.TOKEN);
        assertThat(new ZohoClient().complaint(response(401, "{\"code\":\"OAUTH_SCOPE_MISMATCH\"}")))
                .isEqualTo(Complaint.SCOPE);
        assertThat(new MetaClient().complaint(response(400, "{\"error\":{\"code\":190}}")))
                .isEqualTo(Complaint.TOKEN);
        assertThat(new MetaClient().complaint(response(400, "{\"error\":{\"code\":4}}")))
                .isEqualTo(Complaint.RATE);
        assertThat(new PipedriveClient().complaint(response(429, ""))).isEqualTo(Complaint.RATE);
        assertThat(new ZendeskClient().complaint(response(503, ""))).isEqualTo(Complaint.TROUBLE);
    }

    @Test
    void what_is_left_of_the_day_is_read_where_the_vendor_says_it() {
        assertThat(new SalesforceClient().quota(response(200, "{}", "Sforce-Limit-Info", "api-usage=18/5000")))
                .contains(new Quota(5_000, 4_982));
        assertThat(new ZendeskClient().quota(response(200, "{}"))).isEqualTo(Optional.empty());
    }

    @Test
    void an_error_of_the_token_endpoint_counts_whatever_its_status() {
        var oauth = new ZohoClient().oauth();
        assertThat(oauth.error(response(200, "{\"error\":\"invalid_code\"}"))).contains("invalid_code");
        assertThat(oauth.error(response(200, "{\"access_token\":\"x\"}"))).isEmpty();
        assertThat(oauth.error(response(502, "<html>"))).contains("status 502");
    }

    /** Only the fetcher may say that something was read back. */
    @Test
    void no_vendor_passes_on_a_header_of_ours() {
        assertThat(Vendors.all())
                .flatExtracting(vendor -> List.copyOf(vendor.headersToKeep()))
                .noneMatch(header -> header.startsWith("signalbox-"));
    }
}
