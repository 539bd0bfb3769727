/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;

/** Bodies that signing has to get right: empty, with CR LF, with all of Unicode, not UTF-8 at all, and large. */
final class Bodies {

    private static final int LARGE = 200_000;

    private Bodies() {}

    /** One of the kinds by turns; the same for the same seed. */
    static byte[] draw(Random random, int round) {
        return switch (round % 6) {
            case 0 -> round % 60 == 0 ? new byte[0] : bytes(random, 1 + random.nextInt(3));
            case 1 -> lines(random).getBytes(UTF_8);
            case 2 -> ("\uFEFF{\"a\":\"" + text(random, 50) + "\"}").getBytes(UTF_8);
            case 3 -> bytes(random, random.nextInt(300));
            case 4 -> round % 100 == 4 ? bytes(random, LARGE) : ("{\"n\":" + random.nextLong() + "}").getBytes(UTF_8);
            default -> text(random, 300).getBytes(UTF_8);
        };
    }

    private static byte[] bytes(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String lines(Random random) {
        return "{\r\n  \"a\": \"" + text(random, 20).replace("\"", "") + "\",\r\n\t\"b\": 1\n}\r\n";
    }

    /** Code points of all planes, none of them half a surrogate pair. */
    static String text(Random random, int most) {
        var text = new StringBuilder();
        random.ints(random.nextInt(most + 1), 0, 0x110000)
                .map(point -> random.nextInt(3) > 0 ? point & 0x7F : point)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
