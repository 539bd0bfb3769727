/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Engagement as a function of the time to come, if nothing more happens, and when it first is below a value.
 *
 * <p>All of a group fades with one half-life, so a group is one exponential, however many events are in it. Taking points
 * away fades too: the sum may rise before it falls, and sampling could step over a short dip. So steps are as long as is
 * safe: at each moment the sum cannot fall faster than what is positive and not above its group's limit does. That is
 * Newton's method where the curve is convex; a handful of steps as a rule.
 */
final class Fading {

    private static final long MINUTE = 60_000;
    private static final long HORIZON = 400 * 24 * 60 * MINUTE;

    /** Below the least difference that counts, and above what adding in another order makes, in tenths. */
    private static final double NOISE = 1e-9;

    private final long now;
    private final List<Curve> curves = new ArrayList<>();

    Fading(long now) {
        this.now = now;
    }

    Curve curve(Group group) {
        var curve = new Curve(group, now);
        curves.add(curve);
        return curve;
    }

    /**
     * The first whole minute after now, within 400 days, at which the sum is below {@code threshold}.
     *
     * @param threshold in tenths, above 0 and at most what it is now
     */
    OptionalLong firstBelow(double threshold) {
        var at = now;
        while (at - now <= HORIZON) {
            var sum = 0.0;
            var fall = 0.0;
            var step = (double) HORIZON;
            for (var curve : curves) {
                var raw = curve.at(at);
                sum += curve.group.clip(raw);
                if (raw > curve.group.max()) {
                    step = Math.min(step, curve.untilBelowMax(at));
                } else {
                    fall += curve.steepest(at);
                }
            }
            if (at > now && sum < threshold - NOISE) {
                return OptionalLong.of(at);
            }
            step = fall > 0 ? Math.min(step, (sum - threshold) / fall) : step;
            // Whole minutes, rounded down: never past the first that is below.
            at = Math.floorDiv(at + (long) step, MINUTE) * MINUTE > at
                    ? Math.floorDiv(at + (long) step, MINUTE) * MINUTE
                    : (Math.floorDiv(at, MINUTE) + 1) * MINUTE;
        }
        return OptionalLong.empty();
    }

    /** One group's points. */
    static final class Curve {
        private final Group group;
        private final long now;
        private double gained;
        private double lost;

        /** Events of an hour still to come, by a sender's clock that is ahead: whole until then. */
        private final List<Ahead> ahead = new ArrayList<>();

        private record Ahead(double tenths, long from) {}

        Curve(Group group, long now) {
            this.group = group;
            this.now = now;
        }

        void add(double tenths, long from) {
            if (from > now) {
                ahead.add(new Ahead(tenths, from));
            } else if (tenths > 0) {
                gained += tenths * group.weight(from, now);
            } else {
                lost += tenths * group.weight(from, now);
            }
        }

        double at(long time) {
            return positive(time) + negative(time);
        }

        private double positive(long time) {
            return gained * group.weight(now, time) + ahead(time, 1);
        }

        private double negative(long time) {
            return lost * group.weight(now, time) + ahead(time, -1);
        }

        private double ahead(long time, int sign) {
            var sum = 0.0;
            for (var one : ahead) {
                sum += one.tenths * sign > 0 ? one.tenths * group.weight(one.from, time) : 0;
            }
            return sum;
        }

        /** A bound on how fast the sum can fall from here on, in tenths a millisecond. */
        double steepest(long time) {
            return positive(time) * Math.log(2) / group.halfLifeMillis();
        }

        /** A time, in milliseconds, for which the sum certainly stays above the group's limit. */
        double untilBelowMax(long time) {
            var ratio = positive(time) / (group.max() - negative(time));
            return group.halfLifeMillis() * Math.log(ratio) / Math.log(2);
        }
    }
}
