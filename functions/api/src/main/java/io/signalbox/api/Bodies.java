/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Problem;
import java.util.List;
import java.util.Set;

/** Reading request bodies. */
final class Bodies {

    /** In bytes. Far above any record, far below what Lambda hands over. */
    static final int LIMIT = 256 << 10;

    private Bodies() {}

    static void checkSize(Request request) {
        if (request.body().length > LIMIT) {
            throw Refusal.of(
                    ErrorCode.PAYLOAD_TOO_LARGE, "The body has more than " + LIMIT + " bytes, which is the limit.");
        }
    }

    /** A merge patch (RFC 7396), under its own media type or that of JSON. */
    static Value.Obj patch(Request request) {
        try {
            return object(request, RecordWrites.MERGE_PATCH);
        } catch (Refusal refusal) {
            throw refusal.problem().code() == ErrorCode.UNSUPPORTED_MEDIA_TYPE
                    ? refusal.with("Accept-Patch", RecordWrites.MERGE_PATCH + ", " + MediaTypes.JSON)
                    : refusal;
        }
    }

    /** The body as a JSON object: 415 for another media type, 400 for what is no JSON, 422 for no object. */
    static Value.Obj object(Request request) {
        return object(request, MediaTypes.JSON);
    }

    /** @param alternative a media type that is taken besides {@code application/json} */
    static Value.Obj object(Request request, String alternative) {
        checkSize(request);
        var type = MediaTypes.of(request.header("content-type"));
        if (!type.equals(MediaTypes.JSON) && !type.equals(alternative)) {
            throw Refusal.of(
                            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                            "Send the body with Content-Type: " + MediaTypes.JSON + ".")
                    .with("Accept-Post", MediaTypes.JSON);
        }
        try {
            if (Json.parse(request.body()) instanceof Value.Obj object) {
                return object;
            }
        } catch (Json.Malformed e) {
            throw Refusal.of(
                    ErrorCode.MALFORMED_REQUEST, "The body is not JSON that can be read: " + e.getMessage() + ".");
        }
        var message = "The body must be a JSON object.";
        throw Refusal.of(ErrorCode.VALIDATION_FAILED, message, new Problem.Detail("", "INVALID_TYPE", message));
    }

    /** What a body holds besides these members, each with its pointer. */
    static List<Problem.Detail> others(Value.Obj body, Set<String> members, String message) {
        return body.members().keySet().stream()
                .filter(name -> !members.contains(name))
                .map(name -> new Problem.Detail("/" + Pointers.step(name), "UNKNOWN_FIELD", message))
                .toList();
    }
}
