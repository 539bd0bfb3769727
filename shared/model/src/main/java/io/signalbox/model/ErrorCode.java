/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

/**
 * The closed list of error codes. Every error answer of every function carries one of them.
 *
 * <p>The status is the HTTP status it is answered with; {@code retryable} says whether the very same request can
 * succeed later.
 */
public enum ErrorCode {
    MALFORMED_REQUEST(400, "Malformed request", "BAD_REQUEST", false),
    GRANT_TYPE_NOT_SUPPORTED(400, "Grant type not supported", "BAD_REQUEST", false),
    SCOPE_NOT_ALLOWED(400, "Scope not allowed", "BAD_REQUEST", false),
    INVALID_FILTER(400, "Invalid filter", "BAD_REQUEST", false),
    FIELD_NOT_FILTERABLE(400, "Field not filterable", "BAD_REQUEST", false),
    CURSOR_INVALID(400, "Invalid cursor", "BAD_REQUEST", false),
    UNAUTHENTICATED(401, "Not authenticated", "UNAUTHORIZED", false),
    TOKEN_EXPIRED(401, "Access token expired", "UNAUTHORIZED", false),
    SIGNATURE_INVALID(401, "Signature not valid", "UNAUTHORIZED", false),
    INSUFFICIENT_SCOPE(403, "Scope missing", "FORBIDDEN", false),
    NOT_FOUND(404, "Not found", "NOT_FOUND", false),
    ROUTE_NOT_FOUND(404, "No such route", "NOT_FOUND", false),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "BAD_REQUEST", false),
    NOT_ACCEPTABLE(406, "Not acceptable", "BAD_REQUEST", false),
    IDEMPOTENCY_IN_PROGRESS(409, "Request in progress", "CONFLICT", true),
    BATCH_ABORTED(409, "Batch aborted", "CONFLICT", false),
    RECORD_MERGED(409, "Record merged", "CONFLICT", false),
    DUPLICATE_RECORD(409, "Duplicate record", "CONFLICT", false),
    IN_USE(409, "In use", "CONFLICT", false),
    CONFLICT(409, "Conflict", "CONFLICT", true),
    API_VERSION_SUNSET(410, "Version or field withdrawn", "GONE", false),
    RECORD_DELETED(410, "Record deleted", "GONE", false),
    SYNC_TOKEN_EXPIRED(410, "Sync token expired", "GONE", false),
    PRECONDITION_FAILED(412, "Precondition failed", "CONFLICT", false),
    PRECONDITION_REQUIRED(428, "Precondition required", "BAD_REQUEST", false),
    PAYLOAD_TOO_LARGE(413, "Payload too large", "BAD_REQUEST", false),
    BATCH_TOO_LARGE(413, "Batch too large", "BAD_REQUEST", false),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "BAD_REQUEST", false),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused", "VALIDATION_ERROR", false),
    CONFLICTING_DEPRECATED_FIELD(422, "Two names of one field disagree", "VALIDATION_ERROR", false),
    VALIDATION_FAILED(422, "Validation failed", "VALIDATION_ERROR", false),
    RATE_LIMITED(429, "Too many requests", "RATE_LIMITS", true),
    INTERNAL(500, "Internal error", "INTERNAL", true),
    UNAVAILABLE(503, "Temporarily unavailable", "UNAVAILABLE", true);

    private final int status;
    private final String title;
    private final String category;
    private final boolean retryable;

    ErrorCode(int status, String title, String category, boolean retryable) {
        this.status = status;
        this.title = title;
        this.category = category;
        this.retryable = retryable;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** HubSpot's word for the kind of error, so that clients written for HubSpot sort it right. */
    public String category() {
        return category;
    }

    public boolean retryable() {
        return retryable;
    }
}
