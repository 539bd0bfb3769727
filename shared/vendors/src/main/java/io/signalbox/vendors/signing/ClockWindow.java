/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
import java.time.Instant;

/**
 * How far a signed time may be from ours: 5 minutes either way, the bounds included. HubSpot and Standard Webhooks both
 * name 5 minutes for the past; the future is bounded too, or a signed request could be kept and played later.
 */
public final class ClockWindow {

    public static final long MILLIS = 300_000;

    private ClockWindow() {}

    /**
     * Reads a time of digits alone. The grammar is strict because the time stands beside other signed bytes with
     * nothing between.
     *
     * @return the number, or -1 when the text is not {@code minDigits} to {@code maxDigits} (at most 18) digits
     */
    public static long digits(String text, int minDigits, int maxDigits) {
        if (text.length() < minDigits || text.length() > maxDigits) {
            return -1;
        }
        var number = 0L;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    /** Why that time is out of the window, or null when it is in it. */
    public static Verdict.Refused refuses(long millis, Instant now) {
        return refuses(millis, now, MILLIS);
    }

    /** The same with a window of another width, in milliseconds either way. */
    public static Verdict.Refused refuses(long millis, Instant now, long tolerance) {
        var age = now.toEpochMilli() - millis;
        if (age > tolerance) {
            return new Verdict.Refused(
                    Reason.TIMESTAMP_TOO_OLD,
                    "The request was signed " + age / 1_000 + " s ago; " + tolerance / 1_000 + " s are allowed. Check"
                            + " the sender's clock, and that nothing holds requests back on the way.");
        }
        if (age < -tolerance) {
            return new Verdict.Refused(
                    Reason.TIMESTAMP_IN_FUTURE,
                    "The request was signed " + -age / 1_000 + " s in the future; " + tolerance / 1_000
                            + " s are allowed. Check the sender's clock.");
        }
        return null;
    }
}
