/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

/**
 * Letters without their case, as {@link String#equalsIgnoreCase} sees them: one code point at a time, in no language.
 * {@code ß} stays apart from {@code ss}; text is not normalized. Folding never changes the number of chars.
 */
final class CaseFold {

    private CaseFold() {}

    static String fold(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 128 || (c >= 'A' && c <= 'Z')) {
                return folded(text, i);
            }
        }
        return text;
    }

    private static String folded(String text, int from) {
        var out = new StringBuilder(text.length()).append(text, 0, from);
        for (var i = from; i < text.length(); ) {
            var point = text.codePointAt(i);
            out.appendCodePoint(Character.toLowerCase(Character.toUpperCase(point)));
            i += Character.charCount(point);
        }
        return out.toString();
    }

    /** The hash of the folded text; of plain ASCII without making it. */
    static int hash(String text) {
        var hash = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 128) {
                return fold(text).hashCode();
            }
            hash = 31 * hash + (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
        return hash;
    }
}
