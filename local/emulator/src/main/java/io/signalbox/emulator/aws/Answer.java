/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import io.signalbox.emulator.json.Json;
import java.util.Map;

/** What a service answers to a call: status, headers, body. */
record Answer(int status, Map<String, String> headers, byte[] body) {

    /** @param contentType the service's JSON version, as {@code application/x-amz-json-1.0} */
    static Answer json(int status, String contentType, Object body) {
        return new Answer(status, Map.of("Content-Type", contentType), Json.bytes(body));
    }
}
