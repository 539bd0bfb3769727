/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.util.Objects.requireNonNull;

/**
 * What a vendor is answered where it expects more than a status.
 *
 * @param status 2xx
 * @param mediaType of the body
 */
public record Reply(int status, String mediaType, String body) {

    public Reply {
        requireNonNull(mediaType, "mediaType is null");
        requireNonNull(body, "body is null");
    }

    public static Reply json(String body) {
        return new Reply(200, "application/json", body);
    }

    public static Reply text(String body) {
        return new Reply(200, "text/plain", body);
    }
}
