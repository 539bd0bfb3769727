/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The pages that {@code documentation_url} of an error leads to, as HTML that stands on its own: no script, no other
 * file. Its one style sheet is inside; the policy lets a browser apply that one, known by its hash, and load nothing.
 */
@SuppressWarnings("InlineFormatString") // Pages are easier to read as a whole.
final class ErrorPages {

    private static final String LIST = "/docs/errors";
    private static final String FILE = "errors.css";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>%s</style>
            </head>
            <body>
            %s</body>
            </html>
            """;

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

    private final Map<ErrorCode, ErrorText> texts;
    private final String style;
    private final String policy;

    ErrorPages() {
        this.texts = ErrorText.all();
        this.style = style();
        this.policy = "default-src 'none'; style-src 'sha256-" + sha256(style)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    Response list() {
        var rows = Arrays.stream(ErrorCode.values())
                .map(code -> ROW.formatted(
                        code.status(), LIST + "/" + code, code, html(code.title()), code.retryable() ? "yes" : "no"))
                .collect(Collectors.joining());
        return page("Error codes – Signalbox", ALL.formatted(rows));
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
        return page(code + " – Signalbox", body);
    }

    private Response page(String title, String body) {
        var headers = Map.of(
                "Content-Type",
                MediaTypes.HTML + "; charset=UTF-8",
                "Content-Security-Policy",
                policy,
                "Cache-Control",
                "public, max-age=300",
                "Vary",
                "Accept");
        return new Response(200, headers, PAGE.formatted(title, style, body).getBytes(UTF_8));
    }

    /** Escaped, with what stands in backquotes as code. */
    static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String style() {
        try (var in = requireNonNull(ErrorPages.class.getResourceAsStream(FILE), "no " + FILE)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
