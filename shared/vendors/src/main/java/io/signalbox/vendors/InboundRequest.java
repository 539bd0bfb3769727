/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.util.Objects.requireNonNull;

/**
 * A request as it came in, for a verifier to judge.
 *
 * @param method in capitals
 * @param rawQuery what stood after the {@code ?}, not decoded; empty when nothing did
 * @param body the bytes on the wire; do not change the array
 */
public record InboundRequest(String method, String rawQuery, Headers headers, byte[] body) {

    public InboundRequest {
        requireNonNull(method, "method is null");
        requireNonNull(rawQuery, "rawQuery is null");
        requireNonNull(headers, "headers is null");
        requireNonNull(body, "body is null");
    }

    @Override
    public String toString() {
        return "InboundRequest[" + method + ", " + headers + ", " + body.length + " bytes]";
    }
}
