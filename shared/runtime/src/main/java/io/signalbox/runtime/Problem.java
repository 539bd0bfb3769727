/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one error body, of every function: RFC 9457 problem details, with the members that CRM clients look for beside
 * them. {@code message} says what to do; it never quotes a secret or a property's value.
 *
 * @param code from the closed list
 * @param message one or two sentences: what was wrong and how to put it right
 * @param details one entry per field that is at fault
 * @param extra members for this one kind of error, {@code required_scopes} for one
 */
public record Problem(ErrorCode code, String message, List<Detail> details, Map<String, Value> extra) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** A caller's own words, which details repeat, may be of any length; these are what the contract says. */
    private static final int LONGEST_POINTER = 500;

    private static final int LONGEST_MESSAGE = 2_000;
    private static final int MOST_DETAILS = 1_000;

    /**
     * What is wrong with one field.
     *
     * @param pointer JSON Pointer (RFC 6901) into the request body, or the name of a query parameter
     * @param code what kind of wrong, in capitals
     * @param message what it should be
     * @param existingId the record that is in the way, or null
     */
    public record Detail(String pointer, String code, String message, String existingId) {
        public Detail {
            pointer = shortened(requireNonNull(pointer, "pointer is null"), LONGEST_POINTER);
            requireNonNull(code, "code is null");
            message = shortened(requireNonNull(message, "message is null"), LONGEST_MESSAGE);
        }

        public Detail(String pointer, String code, String message) {
            this(pointer, code, message, null);
        }
    }

    public Problem {
        requireNonNull(code, "code is null");
        message = shortened(requireNonNull(message, "message is null"), LONGEST_MESSAGE);
        details = List.copyOf(details.subList(0, Math.min(details.size(), MOST_DETAILS)));
        extra = Map.copyOf(extra);
    }

    public static Problem of(ErrorCode code, String message) {
        return new Problem(code, message, List.of(), Map.of());
    }

    public static Problem of(ErrorCode code, String message, Detail... details) {
        return new Problem(code, message, List.of(details), Map.of());
    }

    /** The body as JSON; {@code baseUrl} is where the error pages are served. */
    public byte[] body(String baseUrl, String correlationId) {
        return Json.bytes(json(baseUrl, correlationId));
    }

    /** The same as a value, to stand in a larger answer. */
    public Value json(String baseUrl, String correlationId) {
        var page = baseUrl + "/docs/errors/" + code;
        var body = new LinkedHashMap<String, Value>();
        body.put("error_code", Value.of(code.name()));
        body.put("message", Value.of(message));
        body.put("details", Value.of(details.stream().map(Problem::json).toList()));
        body.put("documentation_url", Value.of(page));
        body.put("correlation_id", Value.of(correlationId));
        body.put("type", Value.of(page));
        body.put("title", Value.of(code.title()));
        body.put("status", Value.of(code.status()));
        body.put("category", Value.of(code.category()));
        body.put("retryable", Value.of(code.retryable()));
        body.putAll(extra);
        return Value.of(body);
    }

    private static Value json(Detail detail) {
        var members = new LinkedHashMap<String, Value>();
        members.put("field", Value.of(detail.pointer.substring(detail.pointer.lastIndexOf('/') + 1)));
        members.put("code", Value.of(detail.code));
        members.put("pointer", Value.of(detail.pointer));
        members.put("message", Value.of(detail.message));
        if (detail.existingId != null) {
            members.put("existing_id", Value.of(detail.existingId));
        }
        return Value.of(members);
    }

    private static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
