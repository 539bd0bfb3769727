/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;

/** How bytes are written: a signature in a header, or a key in a setting. */
public enum TextForm {
    /** A key only: the text's own bytes in UTF-8. */
    TEXT {
        @Override
        public String write(byte[] bytes) {
            throw new UnsupportedOperationException("a signature is not text");
        }

        @Override
        public byte[] read(String text) {
            return text.getBytes(UTF_8);
        }

        @Override
        int length(int bytes) {
            return bytes;
        }
    },

    /** In lower case. */
    HEX {
        @Override
        public String write(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        public byte[] read(String text) {
            try {
                return HexFormat.of().parseHex(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        @Override
        int length(int bytes) {
            return 2 * bytes;
        }
    },

    /** The standard alphabet with padding (RFC 4648 section 4). */
    BASE64 {
        @Override
        public String write(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        public byte[] read(String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        @Override
        int length(int bytes) {
            return (bytes + 2) / 3 * 4;
        }
    };

    public abstract String write(byte[] bytes);

    /** The bytes; null when the text is not in this form. */
    public abstract byte[] read(String text);

    /** How many characters that many bytes are written in. */
    abstract int length(int bytes);
}
