/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import io.signalbox.vendors.client.ApiResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: 4, 8, 16 … seconds up to 15 minutes, of which a random half is taken away, so that
 * those who failed together do not come back together.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** What a vendor may ask for; less would be a flood, more would be for ever. */
    private static final Duration LEAST_ASKED = Duration.ofSeconds(1);

    private static final Duration MOST_ASKED = Duration.ofHours(1);

    private Backoff() {}

    /** @param attempt how often it failed, this time included: 1 and more */
    static Duration after(int attempt, RandomGenerator random) {
        var whole = FIRST.multipliedBy(1L << Math.clamp(attempt - 1L, 0, 10));
        var most = whole.compareTo(LONGEST) > 0 ? LONGEST : whole;
        return most.minusMillis(random.nextLong(most.toMillis() / 2 + 1));
    }

    /** What {@code Retry-After} asks for (RFC 9110 section 10.2.3: seconds or a date), within bounds. */
    static Optional<Duration> asked(ApiResponse response, Instant now) {
        return response.header("retry-after")
                .flatMap(text -> read(text.strip(), now))
                .map(asked -> asked.compareTo(LEAST_ASKED) < 0
                        ? LEAST_ASKED
                        : asked.compareTo(MOST_ASKED) > 0 ? MOST_ASKED : asked);
    }

    private static Optional<Duration> read(String text, Instant now) {
        if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return Optional.of(Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * 1_000)));
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(now, date.toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
