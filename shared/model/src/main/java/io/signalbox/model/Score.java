/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record's score at one moment and why it is what it is. Points carry one decimal; the reasons, caps among them, add
 * up to {@code value}.
 *
 * @param value 0 to 100: {@code fit + engagement} within the model's total cap
 * @param fit 0 to 100: from what the record says
 * @param engagement 0 to 100: from what happened, faded by time
 * @param label letter of the fit band and digit of the engagement band: {@code A1} best
 * @param reasons what gave or took points, largest effect first
 * @param nextChangeAt when the label falls if nothing more happens
 * @param model name and version of the score model, {@code lead-default@7}
 * @param at the moment it was computed for
 */
public record Score(
        BigDecimal value,
        BigDecimal fit,
        BigDecimal engagement,
        String label,
        List<Reason> reasons,
        Optional<Instant> nextChangeAt,
        String model,
        Instant at) {

    public Score {
        requireNonNull(value, "value is null");
        requireNonNull(fit, "fit is null");
        requireNonNull(engagement, "engagement is null");
        requireNonNull(label, "label is null");
        reasons = List.copyOf(reasons);
        requireNonNull(nextChangeAt, "nextChangeAt is null");
        requireNonNull(model, "model is null");
        requireNonNull(at, "at is null");
    }

    /**
     * One line of the explanation.
     *
     * @param rule the rule's id; {@code cap:GROUP} or {@code cap:total} where a limit took points away
     * @param group the group the points count in
     * @param points what it adds now; negative when it takes away
     * @param count how many events it counted; 0 for a fit rule or a cap
     * @param lastAt the newest of those events' hours
     * @param text one sentence a salesperson understands
     */
    public record Reason(
            String rule, String group, BigDecimal points, int count, Optional<Instant> lastAt, String text) {
        public Reason {
            requireNonNull(rule, "rule is null");
            requireNonNull(group, "group is null");
            requireNonNull(points, "points is null");
            requireNonNull(lastAt, "lastAt is null");
            requireNonNull(text, "text is null");
        }
    }
}
