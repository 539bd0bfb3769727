/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

import java.util.Optional;

/**
 * Record ids: 15 characters, in which case counts, or 18, where three more say which of the 15 are capitals, so that
 * case does not. The same record comes by both; we keep the 18. Source: help.salesforce.com, "ID Field Type".
 */
final class SalesforceIds {

    private static final String CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final int SHORT = 15;
    private static final int LONG = 18;

    private SalesforceIds() {}

    /** The id in its 18 characters; empty for what is no id, such as a range's {@code 001*} or an overflow's zeros. */
    static Optional<String> full(String id) {
        if ((id.length() != SHORT && id.length() != LONG) || !isAlphanumeric(id) || id.startsWith("000000000000000")) {
            return Optional.empty();
        }
        return Optional.of(id.length() == LONG ? id : id + check(id));
    }

    /** The 15 characters that two forms of one id share, for comparing. */
    static String head(String id) {
        return id.length() > SHORT ? id.substring(0, SHORT) : id;
    }

    private static String check(String id) {
        var check = new StringBuilder(3);
        for (var chunk = 0; chunk < SHORT; chunk += 5) {
            var bits = 0;
            for (var i = 0; i < 5; i++) {
                var c = id.charAt(chunk + i);
                bits |= c >= 'A' && c <= 'Z' ? 1 << i : 0;
            }
            check.append(CHECK.charAt(bits));
        }
        return check.toString();
    }

    private static boolean isAlphanumeric(String id) {
        return id.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }
}
