/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static io.signalbox.api.HtmlPages.html;
import static io.signalbox.api.HtmlPages.text;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Option;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.util.List;
import java.util.stream.Collectors;

/** What a person reads who connects a vendor: one page each, and the list of them. All out of the vendors themselves. */
@SuppressWarnings("InlineFormatString") // Pages are easier to read as a whole.
final class VendorPages {

    private static final String LIST = "/docs/vendors";

    private static final String ALL = """
            <main>
            <h1>Vendors</h1>
            <p class="faint">Whose webhooks are received, verified and understood. <code>GET /api/v4/vendors</code> answers
            the same as JSON.</p>
            <table>
            <thead><tr><th scope="col">Vendor</th><th scope="col">How requests are proven</th></tr></thead>
            <tbody>
            %s</tbody>
            </table>
            </main>
            """;

    private static final String ROW = """
            <tr><td><a href="%s">%s</a><br>%s%s</td><td>%s</td></tr>
            """;

    private static final String ONE = """
            <nav><a href="%s">All vendors</a></nav>
            <main>
            <h1>%s</h1>
            <ul class="facts"><li><code>%s</code></li><li>answers within: %s</li><li>handshake: %s</li></ul>
            %s<h2>Set it up</h2>
            <p>Create a connection: <code>POST /api/v4/connections</code> with <code>{"vendor":"%s"}</code>. The answer holds
            its webhook URL. Then:</p>
            <ol>
            %s</ol>
            <h2>Secrets</h2>
            <p>Give %s: %s.</p>
            %s<h2>How requests are proven</h2>
            <p>%s</p>
            <h2>When two deliveries are the same event</h2>
            <p>%s</p>
            <h2>Media types</h2>
            <p>%s</p>
            <p><a href="%s">The vendor's own documentation</a></p>
            </main>
            """;

    private static final String OPTIONS = """
            <h2>Options</h2>
            <table>
            <thead><tr><th scope="col">Option</th><th scope="col">Values</th><th scope="col">Meaning</th></tr></thead>
            <tbody>
            %s</tbody>
            </table>
            """;

    private static final String OPTION = """
            <tr><td><code>%s</code></td><td>%s<br><span class="faint">%s</span></td><td>%s</td></tr>
            """;

    private static final String EXPERIMENTAL = """
            <div class="note">
            <p>Experimental: these facts of its wire rest on third parties. Capture a delivery to confirm them.</p>
            <ul>
            %s</ul>
            </div>
            """;

    private final HtmlPages pages;

    VendorPages(HtmlPages pages) {
        this.pages = requireNonNull(pages, "pages is null");
    }

    Response list() {
        var rows = Vendors.all().stream()
                .map(vendor -> ROW.formatted(
                        LIST + "/" + vendor.id(),
                        vendor.id(),
                        text(vendor.displayName()),
                        vendor.unconfirmed().isEmpty() ? "" : " <span class=\"faint\">(experimental)</span>",
                        html(vendor.signing())))
                .collect(Collectors.joining());
        return pages.page("Vendors", ALL.formatted(rows));
    }

    Response of(Vendor vendor) {
        var body = ONE.formatted(
                LIST,
                text(vendor.displayName()),
                vendor.id(),
                vendor.deadline().map(each -> each.toSeconds() + " s").orElse("not said"),
                html(vendor.handshake()),
                vendor.unconfirmed().isEmpty() ? "" : EXPERIMENTAL.formatted(items(vendor.unconfirmed())),
                vendor.id(),
                items(vendor.setupSteps()),
                html(vendor.secretForm().name()),
                html(vendor.secretForm().said()),
                options(vendor),
                html(vendor.signing()),
                html(vendor.identity()),
                vendor.mediaTypes().stream()
                        .sorted()
                        .map(type -> "<code>" + text(type) + "</code>")
                        .collect(Collectors.joining(", ")),
                text(vendor.documentation().toString()));
        return pages.page(vendor.displayName(), body);
    }

    private static String items(List<String> lines) {
        return lines.stream()
                .map(line -> "<li>" + html(line.replace("{url}", "`{the webhook URL}`")) + "</li>\n")
                .collect(Collectors.joining());
    }

    private static String options(Vendor vendor) {
        if (vendor.options().isEmpty()) {
            return "";
        }
        return OPTIONS.formatted(vendor.options().stream()
                .map(option -> OPTION.formatted(
                        text(option.name()), html(option.said()), otherwise(option), html(option.meaning())))
                .collect(Collectors.joining()));
    }

    private static String otherwise(Option option) {
        if (option.isRequired()) {
            return "required";
        }
        return option.otherwise() instanceof Value.Null ? "optional" : "usually " + text(Json.text(option.otherwise()));
    }
}
