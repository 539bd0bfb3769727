/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The explorer and the reference, as files: Swagger UI and Redoc with what starts them. Nothing is loaded from anywhere
 * else, and the policy of the pages holds a browser to that. Each file is read when it is asked for.
 */
final class Assets {

    private static final String HTML = "text/html; charset=UTF-8";
    private static final String SCRIPT = "text/javascript; charset=UTF-8";
    private static final String STYLE = "text/css; charset=UTF-8";

    /** Both tools set styles on elements; Redoc makes its style sheets and its worker itself. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:;"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> FILES = Map.of(
            "docs.css", STYLE,
            "explorer.js", SCRIPT,
            "reference.js", SCRIPT,
            "redoc.standalone.js", SCRIPT,
            "swagger-ui.css", STYLE,
            "swagger-ui-bundle.js", SCRIPT);

    private Assets() {}

    static Endpoint page(String file) {
        return new Html(call -> {
            call.query();
            return file(file, HTML);
        });
    }

    /** The files that the pages load, by name. */
    record Files() implements Endpoint {

        @Override
        public Response answer(Call call) {
            call.query();
            var name = call.variable("file");
            var type = FILES.get(name);
            if (type == null) {
                throw Refusal.of(ErrorCode.NOT_FOUND, "There is no such file; start at /docs.");
            }
            return file(name, type);
        }
    }

    private static Response file(String name, String type) {
        return new Response(
                200,
                Map.of(
                        "Content-Type",
                        type,
                        "Content-Security-Policy",
                        POLICY,
                        "Cache-Control",
                        "public, max-age=3600",
                        "Vary",
                        "Accept"),
                read(name));
    }

    private static byte[] read(String name) {
        try (var in = requireNonNull(Assets.class.getResourceAsStream("docs/" + name), () -> "no " + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
