/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Problem;
import java.util.LinkedHashMap;

/**
 * A refused token request: the body of RFC 6749 section 5.2, which OAuth clients read, and the members of our own error
 * body beside it.
 */
final class OAuthError extends Exception {

    private static final long serialVersionUID = 1;

    private final String error;
    private final ErrorCode code;
    private final boolean basic;

    OAuthError(String error, ErrorCode code, String message) {
        this(error, code, message, false);
    }

    private OAuthError(String error, ErrorCode code, String message, boolean basic) {
        super(message, null, false, false);
        this.error = error;
        this.code = code;
        this.basic = basic;
    }

    static OAuthError invalidRequest(String message) {
        return new OAuthError("invalid_request", ErrorCode.MALFORMED_REQUEST, message);
    }

    /** @param basic whether the client used HTTP Basic, and so is told of it again */
    static OAuthError invalidClient(boolean basic) {
        return new OAuthError(
                "invalid_client", ErrorCode.UNAUTHENTICATED, "The client id or the client secret is wrong.", basic);
    }

    Response response(Request request) {
        var problem = Problem.of(code, getMessage()).body(request.url().base(), request.correlationId());
        var body = new LinkedHashMap<String, Value>();
        body.put("error", Value.of(error));
        body.put("error_description", Value.of(getMessage()));
        try {
            body.putAll(((Value.Obj) Json.parse(problem)).members());
        } catch (Json.Malformed e) {
            throw new IllegalStateException("an error body of ours is not JSON", e);
        }
        body.put("error_uri", body.get("documentation_url"));
        var response = Response.json(code.status(), Value.of(body)).with("Pragma", "no-cache");
        return basic ? response.with("WWW-Authenticate", "Basic realm=\"signalbox\", charset=\"UTF-8\"") : response;
    }
}
