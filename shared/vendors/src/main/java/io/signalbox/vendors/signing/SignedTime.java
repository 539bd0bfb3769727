/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a request says when it was signed, and how far that may be from now.
 *
 * @param name of a header, in lower case; or of an element of the signature header, as {@code t} in {@code t=…,v1=…}
 * @param isElement whether it is the latter
 * @param tolerance either way, the bounds included
 */
public record SignedTime(String name, boolean isElement, Unit unit, Duration tolerance) {

    public SignedTime {
        requireNonNull(name, "name is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(tolerance, "tolerance is null");
    }

    public static SignedTime header(String name, Unit unit) {
        return new SignedTime(name, false, unit, Duration.ofMillis(ClockWindow.MILLIS));
    }

    public static SignedTime element(String name, Unit unit) {
        return new SignedTime(name, true, unit, Duration.ofMillis(ClockWindow.MILLIS));
    }

    /**
     * How a time is written. Each form is strict and ends by itself, read from either side, because signed bytes may
     * stand beside it with nothing between.
     */
    public enum Unit {
        /** Ten digits: seconds since 1970, from 2001 to 2286. */
        SECONDS {
            @Override
            public String write(Instant time) {
                return Long.toString(time.getEpochSecond());
            }

            @Override
            long millis(String text) {
                var seconds = ClockWindow.digits(text, 10, 10);
                return seconds < 0 ? -1 : seconds * 1_000;
            }
        },

        /** Thirteen digits: milliseconds since 1970. */
        MILLISECONDS {
            @Override
            public String write(Instant time) {
                return Long.toString(time.toEpochMilli());
            }

            @Override
            long millis(String text) {
                return ClockWindow.digits(text, 13, 13);
            }
        },

        /** {@code 2026-03-01T10:00:00Z}, with or without a fraction of a second; UTC only. */
        ISO8601 {
            @Override
            public String write(Instant time) {
                return time.toString();
            }

            @Override
            long millis(String text) {
                try {
                    return ISO.matcher(text).matches() ? Instant.parse(text).toEpochMilli() : -1;
                } catch (DateTimeException e) {
                    return -1;
                }
            }
        },

        /** {@code Sun, 01 Mar 2026 10:00:00 GMT}, the one form of RFC 9110 section 5.6.7 that senders may use. */
        HTTP_DATE {
            @Override
            public String write(Instant time) {
                return HTTP.format(time.atOffset(ZoneOffset.UTC));
            }

            @Override
            long millis(String text) {
                try {
                    var time = LocalDateTime.parse(text, HTTP).toInstant(ZoneOffset.UTC);
                    return write(time).equals(text) ? time.toEpochMilli() : -1;
                } catch (DateTimeException e) {
                    return -1;
                }
            }
        };

        private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
                        "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);

        private static final Pattern ISO =
                Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

        public abstract String write(Instant time);

        /** Milliseconds since 1970; -1 for what is not in this form. */
        abstract long millis(String text);
    }
}
