/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static io.signalbox.api.HtmlPages.html;
import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecation;
import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.ErrorCode;
import java.util.stream.Collectors;

/** The pages that {@code Link: rel="deprecation"} leads to: what goes, when, and what to use instead. */
@SuppressWarnings("InlineFormatString") // Pages are easier to read as a whole.
final class DeprecationPages {

    private static final String ONE = """
        <nav><a href="/docs">Documentation</a></nav>
        <main>
        <h1>%s is deprecated</h1>
        <ul class="facts"><li>deprecated since %s</li><li>goes on %s</li><li>use <code>%s</code></li></ul>
        <h2>Why</h2>
        <p>%s</p>
        <h2>What to do</h2>
        <p>%s</p>
        <h2>Brown-outs</h2>
        <p>At these times it is away as if it had gone: answers are 410 with <code>API_VERSION_SUNSET</code>. They are
        there so that whatever still uses it shows up while there is time.</p>
        <ul>
        %s</ul>
        <h2>How to see whether you use it</h2>
        <p>Every answer that it concerns carries <code>Deprecation</code>, <code>Sunset</code>, <code>Link</code> and
        <code>Api-Warnings</code>; with <code>?warnings=body</code> the body says the same.</p>
        </main>
        """;

    private final HtmlPages pages;
    private final Deprecations deprecations;

    DeprecationPages(HtmlPages pages, Deprecations deprecations) {
        this.pages = requireNonNull(pages, "pages is null");
        this.deprecations = requireNonNull(deprecations, "deprecations is null");
    }

    Response of(String name) {
        var item = deprecations.named(name).orElseThrow(() -> {
            var names = deprecations.all().stream().map(Deprecation::name).toList();
            return Refusal.of(
                    ErrorCode.NOT_FOUND,
                    "Nothing of that name is deprecated; there is " + String.join(", ", names) + ".");
        });
        var windows = item.brownouts().stream()
                .map(window -> "<li>" + window.from() + " to " + window.to() + "</li>\n")
                .collect(Collectors.joining());
        var body = ONE.formatted(
                html("`" + item.name() + "`"),
                item.deprecatedAt(),
                item.sunsetAt(),
                html(item.replacement()),
                html(item.why()),
                html(item.instead()),
                windows.isEmpty() ? "<li>none</li>\n" : windows);
        return pages.page(item.name() + " is deprecated", body);
    }
}
