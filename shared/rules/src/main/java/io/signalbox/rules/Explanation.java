/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Score;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The lines of one half of a score, fit or engagement: what rules gave, and what limits took. Rounded to tenths, the lines
 * add up to the rounded total: each is rounded down, and the tenths then missing go to the lines that lost most by it, so
 * none is off by a whole tenth.
 */
final class Explanation {

    /** The highest and the lowest score, in tenths. */
    static final long TOP = 1_000;

    private record Line(String rule, String group, double tenths, int count, Optional<Instant> lastAt, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private double total;

    /** The rules of one group, then its limit. */
    void group(Group group, List<ScoreRule> rules, List<Earned> earned) {
        var sum = 0.0;
        for (var i = 0; i < rules.size(); i++) {
            var line = earned.get(i);
            if (line.tenths != 0) {
                var rule = rules.get(i);
                lines.add(new Line(rule.id(), group.id(), line.tenths, line.count, line.lastAt, rule.text()));
                sum += line.tenths;
            }
        }
        var kept = group.clip(sum);
        if (kept != sum) {
            var most = kept == group.max()
                    ? "gives at most "
                            + points(group.max()).stripTrailingZeros().toPlainString()
                    : "takes away at most "
                            + points(-group.min()).stripTrailingZeros().toPlainString();
            cap(group.id(), kept - sum, "Group " + group.id() + " " + most + " points.");
        }
        total += kept;
    }

    /** What one rule adds at the moment: all zero and empty when it adds nothing. */
    record Earned(double tenths, int count, Optional<Instant> lastAt) {
        static final Earned NOTHING = new Earned(0, 0, Optional.empty());
    }

    private void cap(String what, double tenths, String text) {
        lines.add(new Line("cap:" + what, what, tenths, 0, Optional.empty(), text));
    }

    /** Keeps the half between 0 and 100; gives its exact value in tenths. */
    double close(String half) {
        var kept = Math.clamp(total, 0.0, (double) TOP);
        if (kept != total) {
            cap(half, kept - total, "The " + half + " part is kept between 0 and 100 points.");
            total = kept;
        }
        return kept;
    }

    /** The total in whole tenths. */
    long rounded() {
        return Math.round(total);
    }

    /** The lines that still count for something once rounded. */
    List<Score.Reason> reasons() {
        var tenths = new long[lines.size()];
        var missing = rounded();
        var byLoss = new ArrayList<Integer>();
        for (var i = 0; i < tenths.length; i++) {
            tenths[i] = (long) Math.floor(lines.get(i).tenths);
            missing -= tenths[i];
            byLoss.add(i);
        }
        byLoss.sort(Comparator.comparingDouble(i -> tenths[i] - lines.get(i).tenths));
        for (var i = 0; i < missing; i++) {
            tenths[byLoss.get(i)]++;
        }
        var reasons = new ArrayList<Score.Reason>();
        for (var i = 0; i < tenths.length; i++) {
            var line = lines.get(i);
            if (tenths[i] != 0) {
                reasons.add(
                        new Score.Reason(line.rule, line.group, points(tenths[i]), line.count, line.lastAt, line.text));
            }
        }
        return reasons;
    }

    static BigDecimal points(long tenths) {
        return BigDecimal.valueOf(tenths, 1);
    }
}
