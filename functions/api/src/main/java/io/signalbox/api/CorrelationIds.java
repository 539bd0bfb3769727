/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import java.util.HexFormat;
import java.util.Map;

/**
 * The id that ties an answer to its log lines: the caller's {@code X-Correlation-Id} where it is 8 to 128 of {@code
 * A-Z a-z 0-9 . _ -}, else the 32 digits of AWS's trace id, else 32 random ones.
 */
final class CorrelationIds {

    private CorrelationIds() {}

    /** @param headers names in lower case */
    static String of(Map<String, String> headers, RandomText random) {
        var given = headers.get("x-correlation-id");
        if (given != null && given.length() >= 8 && given.length() <= 128 && isPlain(given)) {
            return given;
        }
        var trace = headers.getOrDefault("x-amzn-trace-id", "");
        var root = trace.indexOf("Root=1-");
        var end = root + 7 + 33;
        if (root >= 0 && trace.length() >= end) {
            var id = trace.substring(root + 7, end).replace("-", "");
            if (id.length() == 32 && isPlain(id)) {
                return id;
            }
        }
        return HexFormat.of().formatHex(random.bytes(16));
    }

    private static boolean isPlain(String text) {
        return text.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '.'
                        || c == '_'
                        || c == '-');
    }
}
