/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.model.ErrorCode;
import io.signalbox.vendors.Vendors;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocsTest {

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @ParameterizedTest
    @EnumSource
    void every_code_has_a_page(ErrorCode code) throws Exception {
        var page = api.bare("GET", "/docs/errors/" + code).go().is(200);
        var text = ErrorText.all().get(code);

        assertThat(page.header("content-type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(page.text())
                .startsWith("<!doctype html>")
                .contains("<title>" + code + " ", "<h1>" + code.title() + "</h1>", "HTTP status " + code.status())
                .contains(HtmlPages.html(text.happened()), HtmlPages.html(text.mend()), HtmlPages.html(text.retry()));
        assertThat(text.happened()).isNotBlank();
        assertThat(text.mend()).isNotBlank();
        assertThat(text.retry()).isNotBlank();
    }

    @Test
    void no_text_is_for_a_code_that_is_not_there() throws Exception {
        var file = new ObjectMapper().readTree(ErrorText.class.getResourceAsStream("errors.json"));

        assertThat(file.properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList());
    }

    @Test
    void an_error_leads_to_its_page() throws Exception {
        var url = api.get("/api/v4/contacts/7")
                .go()
                .isProblem(404, "NOT_FOUND")
                .json()
                .path("documentation_url")
                .asText();

        assertThat(url).startsWith(TestApi.BASE);
        var page = api.bare("GET", url.substring(TestApi.BASE.length())).go().is(200);
        assertThat(page.text()).contains("<code>NOT_FOUND</code>");
    }

    @Test
    void the_list_leads_to_every_page() throws Exception {
        var list = api.bare("GET", "/docs/errors")
                .header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .go()
                .is(200);

        for (var code : ErrorCode.values()) {
            assertThat(list.text()).contains("<a href=\"/docs/errors/" + code + "\">" + code + "</a>");
        }
    }

    @Test
    void a_code_nobody_knows_is_404_in_the_one_error_body() throws Exception {
        var answer = api.bare("GET", "/docs/errors/NOT_FUOND").go().isProblem(404, "NOT_FOUND");
        assertThat(answer.json().path("message").asText()).endsWith("Did you mean NOT_FOUND?");

        api.bare("GET", "/docs/errors/%3Cscript%3E").go().isProblem(404, "NOT_FOUND");
        api.bare("GET", "/docs/errors/not_found").go().isProblem(404, "NOT_FOUND");
        api.bare("GET", "/docs/error").go().isProblem(404, "ROUTE_NOT_FOUND");
        api.bare("GET", "/docs/errors/NOT_FOUND")
                .header("accept", "application/json")
                .go()
                .is(406);
    }

    @Test
    void every_vendor_has_a_page_and_the_list_leads_to_it() throws Exception {
        var list = api.bare("GET", "/docs/vendors").go().is(200).text();
        for (var vendor : Vendors.all()) {
            assertThat(list).contains("<a href=\"/docs/vendors/" + vendor.id() + "\">");
            var page =
                    api.bare("GET", "/docs/vendors/" + vendor.id()).go().is(200).text();
            assertThat(page)
                    .contains("<h1>" + HtmlPages.text(vendor.displayName()) + "</h1>")
                    .contains("{the webhook URL}")
                    .doesNotContain("<script");
            for (var option : vendor.options()) {
                assertThat(page).contains("<code>" + option.name() + "</code>", HtmlPages.html(option.meaning()));
            }
            for (var fact : vendor.unconfirmed()) {
                assertThat(page).contains("Experimental", HtmlPages.html(fact));
            }
        }

        var answer = api.bare("GET", "/docs/vendors/hubspto").go().isProblem(404, "NOT_FOUND");
        assertThat(answer.json().path("message").asText()).endsWith("Did you mean hubspot?");
    }

    @Test
    void a_page_stands_on_its_own_and_its_policy_lets_nothing_in_but_its_style() throws Exception {
        var page = api.bare("GET", "/docs/errors/UNAVAILABLE").go().is(200);
        var text = page.text();
        var style = text.substring(text.indexOf("<style>") + 7, text.indexOf("</style>"));
        var hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8)));

        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'none'; style-src 'sha256-" + hash + "'; ")
                .doesNotContain("unsafe")
                .endsWith("frame-ancestors 'none'");
        assertThat(text).doesNotContain("<script", "<link", "<img", "style=\"", "url(", "@import");
        assertThat(page.header("cache-control")).isEqualTo("public, max-age=300");
    }

    @Test
    void what_is_code_is_shown_as_code_and_nothing_becomes_markup() {
        assertThat(HtmlPages.html("a `<b>` & c")).isEqualTo("a <code>&lt;b&gt;</code> &amp; c");
    }
}
