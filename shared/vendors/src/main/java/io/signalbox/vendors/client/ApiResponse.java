/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a vendor's API answered.
 *
 * @param headers names in lower case
 * @param body do not change the array
 */
public record ApiResponse(int status, Map<String, String> headers, byte[] body) {

    public ApiResponse {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Collections.unmodifiableMap(lower);
        requireNonNull(body, "body is null");
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The body; {@link Value#NULL} for a 204.
     *
     * @throws Unreadable when the body is not whole JSON, as of an answer that was cut off
     */
    public Value json() throws Unreadable {
        if (status == 204) {
            return Value.NULL;
        }
        try {
            return Json.parse(body);
        } catch (Json.Malformed e) {
            throw new Unreadable("the answer is not JSON: " + e.getMessage());
        }
    }

    /** The body as JSON, or null's {@link Value#NULL} where it is none: for looking into errors. */
    public Value jsonOrNull() {
        try {
            return Json.parse(body);
        } catch (Json.Malformed _) {
            return Value.NULL;
        }
    }

    @Override
    public String toString() {
        return "ApiResponse[" + status + ", " + body.length + " bytes]";
    }
}
