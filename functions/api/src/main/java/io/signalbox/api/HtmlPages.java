/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * HTML that stands on its own: no script, no other file. Its one style sheet is inside; the policy lets a browser apply
 * that one, known by its hash, and load nothing.
 */
@SuppressWarnings("InlineFormatString") // Pages are easier to read as a whole.
final class HtmlPages {

    private static final String FILE = "docs.css";

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

    private final String style = style();
    private final String policy = "default-src 'none'; style-src 'sha256-" + sha256(style)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /**
     * @param title as text, without this product's name
     * @param body as HTML
     */
    Response page(String title, String body) {
        var headers = Map.of(
                "Content-Type",
                MediaTypes.HTML + "; charset=UTF-8",
                "Content-Security-Policy",
                policy,
                "Cache-Control",
                "public, max-age=300",
                "Vary",
                "Accept");
        return new Response(
                200,
                headers,
                PAGE.formatted(text(title) + " – Signalbox", style, body).getBytes(UTF_8));
    }

    /** Escaped, also for an attribute's value. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Escaped, with what stands in backquotes as code. */
    static String html(String text) {
        return text(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String style() {
        try (var in = requireNonNull(HtmlPages.class.getResourceAsStream(FILE), "no " + FILE)) {
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
