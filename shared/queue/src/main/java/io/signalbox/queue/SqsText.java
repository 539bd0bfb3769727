/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which bytes may be the text of an SQS message: UTF-8 (RFC 3629: shortest forms, no surrogates) of #x9, #xA, #xD,
 * #x20 to #xD7FF, #xE000 to #xFFFD and #x10000 to #x10FFFF (docs.aws.amazon.com, SendMessage). SQS refuses or replaces
 * anything else.
 */
final class SqsText {

    private static final long SPACES = 0x2020202020202020L;
    private static final long HIGH = 0x8080808080808080L;

    private SqsText() {}

    static boolean isText(byte[] bytes) {
        var words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var last = bytes.length - Long.BYTES;
        var i = 0;
        while (i < bytes.length) {
            if (i <= last && isPlain(words.getLong(i))) {
                i += Long.BYTES;
                continue;
            }
            var b = bytes[i];
            if (b >= ' ') {
                i++;
            } else if (b >= 0) {
                if (b != '\t' && b != '\n' && b != '\r') {
                    return false;
                }
                i++;
            } else {
                var length = sequence(bytes, i);
                if (length == 0) {
                    return false;
                }
                i += length;
            }
        }
        return true;
    }

    /** Whether 8 bytes are ASCII without control characters; the borrow from a byte that is not cannot hide it. */
    private static boolean isPlain(long word) {
        return ((word | word - SPACES) & HIGH) == 0;
    }

    /** The length of the allowed multi-byte sequence that starts here, 0 when it is not one. */
    private static int sequence(byte[] bytes, int start) {
        var lead = bytes[start] & 0xFF;
        var length =
                lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        if (length == 0 || start + length > bytes.length) {
            return 0;
        }
        var point = lead & 0x7F >> length;
        for (var i = start + 1; i < start + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
            point = point << 6 | (bytes[i] & 0x3F);
        }
        return switch (length) {
            case 3 -> point >= 0x800 && (point < 0xD800 || point > 0xDFFF) && point < 0xFFFE ? 3 : 0;
            case 4 -> point >= 0x10000 && point <= 0x10FFFF ? 4 : 0;
            default -> 2;
        };
    }
}
