/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

/**
 * The form of a URL that HubSpot says it signs: exactly twelve escapes are decoded, in one pass, so that
 * {@code %253A} stays what it is. Source: the table in developers.hubspot.com, "Validating requests".
 */
final class HubSpotUri {

    /** Escape by escape: two hex digits and the character they stand for. */
    private static final String TABLE = "3A:2F/3F?40@21!24$27'28(29)2A*2C,3B;";

    private HubSpotUri() {}

    static String decode(String uri) {
        var percent = uri.indexOf('%');
        if (percent < 0) {
            return uri;
        }
        var decoded = new StringBuilder(uri.length());
        var done = 0;
        for (; percent >= 0; percent = uri.indexOf('%', done)) {
            decoded.append(uri, done, percent);
            var c = percent + 2 < uri.length() ? character(uri.charAt(percent + 1), uri.charAt(percent + 2)) : 0;
            decoded.append(c == 0 ? '%' : c);
            done = percent + (c == 0 ? 1 : 3);
        }
        return decoded.append(uri, done, uri.length()).toString();
    }

    private static char character(char high, char low) {
        for (var i = 0; i < TABLE.length(); i += 3) {
            if (TABLE.charAt(i) == high && TABLE.charAt(i + 1) == Character.toUpperCase(low)) {
                return TABLE.charAt(i + 2);
            }
        }
        return 0;
    }
}
