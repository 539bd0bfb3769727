/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

/** What an answer that is no success means for who asked. */
public enum Complaint {
    /** The token does not count any more: get another, once, and ask again. */
    TOKEN,
    /** The grant does not cover this: only its owner can mend that. */
    SCOPE,
    /** Too many calls: wait. */
    RATE,
    /** The day's calls are used up: wait for the next day. */
    QUOTA,
    /** The vendor is in trouble: wait, and spare it. */
    TROUBLE,
    /** What was asked for is not there. */
    ABSENT,
    /** The request will never succeed. */
    REFUSED;

    /** By the status alone, as most vendors mean it. */
    public static Complaint ofStatus(int status) {
        return switch (status) {
            case 401 -> TOKEN;
            case 403 -> SCOPE;
            case 404, 410 -> ABSENT;
            case 408, 425 -> TROUBLE;
            case 420, 429 -> RATE;
            default -> status >= 500 || status < 400 ? TROUBLE : REFUSED;
        };
    }
}
