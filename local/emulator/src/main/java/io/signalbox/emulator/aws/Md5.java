/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import io.signalbox.emulator.sqs.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;

/** The digests by which an SDK checks that SQS got, and gave back, what was sent. */
final class Md5 {

    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private Md5() {}

    static String of(String body) {
        return HexFormat.of().formatHex(digest().digest(utf8(body)));
    }

    /**
     * Of each attribute in the order of names: name, type, one byte for text or bytes, value; each with its length
     * before it. Source: "Calculating the MD5 message digest for message attributes" in the SQS developer guide.
     */
    static String of(SortedMap<String, Attribute> attributes) {
        var digest = digest();
        attributes.forEach((name, attribute) -> {
            update(digest, utf8(name));
            update(digest, utf8(attribute.dataType()));
            var text = attribute.text() != null;
            digest.update(text ? TEXT : BINARY);
            update(digest, text ? utf8(attribute.text()) : Base64.getDecoder().decode(attribute.binary()));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
