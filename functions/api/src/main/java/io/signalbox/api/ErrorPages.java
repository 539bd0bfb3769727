/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static io.signalbox.api.HtmlPages.html;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages that {@code documentation_url} of an error leads to. */
@SuppressWarnings("InlineFormatString") // Pages are easier to read as a whole.
final class ErrorPages {

    private static final String LIST = "/docs/errors";

    private static final String ONE = """
            <nav><a href="%s">All error codes</a></nav>
            <main>
            <h1>%s</h1>
            <p><code>%s</code></p>
            <ul class="facts"><li>HTTP status %d</li><li>category %s</li><li>retryable: %s</li></ul>
            <h2>What happened</h2>
            <p>%s</p>
            <h2>What to do</h2>
            <p>%s</p>
            <h2>Does trying again help?</h2>
            <p>%s</p>
            </main>
            """;

    private static final String ALL = """
            <main>
            <h1>Error codes</h1>
            <p class="faint">Every error is answered with a JSON body whose <code>error_code</code> is one of these.
            Quote its <code>correlation_id</code> when you ask for help.</p>
            <table>
            <thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Retryable</th></tr></thead>
            <tbody>
            %s</tbody>
            </table>
            </main>
            """;

    private static final String ROW = """
            <tr><td>%d</td><td><a href="%s">%s</a><br>%s</td><td>%s</td></tr>
            """;

    private final HtmlPages pages;
    private final Map<ErrorCode, ErrorText> texts;

    ErrorPages(HtmlPages pages) {
        this.pages = requireNonNull(pages, "pages is null");
        this.texts = ErrorText.all();
    }

    Response list() {
        var rows = Arrays.stream(ErrorCode.values())
                .map(code -> ROW.formatted(
                        code.status(), LIST + "/" + code, code, html(code.title()), code.retryable() ? "yes" : "no"))
                .collect(Collectors.joining());
        return pages.page("Error codes", ALL.formatted(rows));
    }

    Response of(ErrorCode code) {
        var text = texts.get(code);
        var body = ONE.formatted(
                LIST,
                html(code.title()),
                code,
                code.status(),
                html(code.category()),
                code.retryable() ? "yes" : "no",
                html(text.happened()),
                html(text.mend()),
                html(text.retry()));
        return pages.page(code.name(), body);
    }
}
