/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What SQS accepts in a message. Source: the quotas page of the SQS developer guide. */
final class Limits {

    private static final int MAX_ATTRIBUTES = 10;

    private Limits() {}

    /** Bytes that count against the size of a message: the body and each attribute's name, type and value. */
    static long bytes(String body, Map<String, Attribute> attributes) {
        long sum = utf8(body);
        for (var attribute : attributes.entrySet()) {
            var value = attribute.getValue();
            sum += utf8(attribute.getKey()) + utf8(value.dataType());
            sum += value.text() != null
                    ? utf8(value.text())
                    : Base64.getDecoder().decode(value.binary()).length;
        }
        return sum;
    }

    static void check(Message.Draft draft, int maxBytes) throws SqsException {
        if (draft.body().isEmpty()) {
            throw new SqsException(SqsError.MISSING_PARAMETER, "The request must contain the parameter MessageBody.");
        }
        if (!draft.body().codePoints().allMatch(Limits::allowed)) {
            throw new SqsException(
                    SqsError.INVALID_MESSAGE_CONTENTS,
                    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        }
        if (bytes(draft.body(), draft.attributes()) > maxBytes) {
            throw invalid(
                    "One or more parameters are invalid. Reason: Message must be shorter than " + maxBytes + " bytes.");
        }
        if (draft.attributes().size() > MAX_ATTRIBUTES) {
            throw invalid("Number of message attributes [" + draft.attributes().size()
                    + "] exceeds the allowed maximum [" + MAX_ATTRIBUTES + "].");
        }
        if (draft.delaySeconds() != null) {
            within("DelaySeconds", draft.delaySeconds(), 0, QueueSettings.MAX_DELAY);
        }
    }

    static int within(String name, int value, int least, int most) throws SqsException {
        if (value < least || value > most) {
            throw invalid("Value " + value + " for parameter " + name + " is invalid. Reason: Must be between " + least
                    + " and " + most + ", if provided.");
        }
        return value;
    }

    private static SqsException invalid(String message) {
        return new SqsException(SqsError.INVALID_PARAMETER_VALUE, message);
    }

    private static boolean allowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
