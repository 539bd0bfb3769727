/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.api.versions.Deprecation.Kind;
import io.signalbox.api.versions.Deprecation.Severity;
import io.signalbox.api.versions.Deprecation.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeprecationsTest {

    private static final Instant DAY = Instant.parse("2036-01-01T00:00:00Z");

    private static Deprecation item(Instant since, Instant until, Window... brownouts) {
        return new Deprecation("x", Kind.FIELD, Set.of(), "y", since, until, List.of(brownouts), "", "");
    }

    @Test
    void a_field_has_a_year_and_a_version_two_before_it_goes() {
        for (var one : Deprecations.read().all()) {
            var years = one.kind() == Kind.VERSION ? 2 : 1;
            assertThat(one.sunsetAt())
                    .as(one.name())
                    .isAfterOrEqualTo(one.deprecatedAt()
                            .atOffset(ZoneOffset.UTC)
                            .plusYears(years)
                            .toInstant());
        }
    }

    @Test
    void brownouts_come_before_the_sunset_each_longer_than_the_one_before() {
        for (var one : Deprecations.read().all()) {
            assertThat(one.brownouts()).as(one.name()).isNotEmpty();
            var last = Duration.ZERO;
            var end = one.deprecatedAt();
            for (var window : one.brownouts()) {
                assertThat(window.from()).isAfter(end);
                var length = Duration.between(window.from(), window.to());
                assertThat(length).isGreaterThan(last);
                last = length;
                end = window.to();
            }
            assertThat(end).isBefore(one.sunsetAt());
        }
    }

    @Test
    void it_is_away_in_a_brownout_and_after_the_sunset_to_the_second() {
        var one = item(DAY, DAY.plusSeconds(1_000), new Window(DAY.plusSeconds(100), DAY.plusSeconds(200)));
        for (var there : List.of(0, 99, 200, 999)) {
            assertThat(one.isAway(DAY.plusSeconds(there))).as("" + there).isFalse();
        }
        for (var away : List.of(100, 199, 1_000, 5_000)) {
            assertThat(one.isAway(DAY.plusSeconds(away))).as("" + away).isTrue();
        }
    }

    @Test
    void severity_follows_the_days_that_are_left() {
        var one = item(DAY, DAY.plus(Duration.ofDays(100)));
        assertThat(one.severity(DAY)).isEqualTo(Severity.INFO);
        assertThat(one.severity(DAY.plus(Duration.ofDays(40)))).isEqualTo(Severity.NOTICE);
        assertThat(one.severity(DAY.plus(Duration.ofDays(70)))).isEqualTo(Severity.WARNING);
        assertThat(one.severity(DAY.plus(Duration.ofDays(93)))).isEqualTo(Severity.CRITICAL);
        assertThat(one.severity(DAY.plus(Duration.ofDays(100)))).isEqualTo(Severity.GONE);
    }

    @Test
    void a_sunset_before_the_deprecation_is_no_deprecation() {
        assertThatThrownBy(() -> item(DAY, DAY.minusSeconds(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
