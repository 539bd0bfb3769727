/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request to a vendor's API, not sent yet.
 *
 * @param method in capitals
 * @param uri absolute, https
 * @param headers names in lower case; a token may be among them, so they are never shown
 * @param body empty for none
 */
public record ApiRequest(String method, URI uri, Map<String, String> headers, byte[] body) {

    private static final byte[] NOTHING = {};

    public ApiRequest {
        requireNonNull(method, "method is null");
        requireNonNull(uri, "uri is null");
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        requireNonNull(body, "body is null");
    }

    public static ApiRequest get(URI uri) {
        return new ApiRequest("GET", uri, Map.of("accept", "application/json"), NOTHING);
    }

    public static ApiRequest json(String method, URI uri, Value body) {
        var headers = Map.of("accept", "application/json", "content-type", "application/json");
        return new ApiRequest(method, uri, headers, Json.bytes(body));
    }

    /** A form: names and values are encoded here, in the map's order. */
    public static ApiRequest form(URI uri, Map<String, String> fields) {
        var headers = Map.of("accept", "application/json", "content-type", "application/x-www-form-urlencoded");
        return new ApiRequest("POST", uri, headers, encode(fields).getBytes(UTF_8));
    }

    /** {@code a=1&b=x%20y}: fields of a form or of a query, with {@code %20} for a space, which both read. */
    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The text as one part of a path, a query or a form. */
    public static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    public ApiRequest with(String header, String value) {
        var all = new TreeMap<>(headers);
        all.put(header, value);
        return new ApiRequest(method, uri, all, body);
    }

    /** The same as the holder of a bearer token (RFC 6750, section 2.1). */
    public ApiRequest bearer(String token) {
        return with("authorization", "Bearer " + token);
    }

    /** Neither query nor headers nor body: there may be tokens and personal data in them. */
    @Override
    public String toString() {
        return "ApiRequest[" + method + " " + uri.getHost() + uri.getPath() + "]";
    }
}
