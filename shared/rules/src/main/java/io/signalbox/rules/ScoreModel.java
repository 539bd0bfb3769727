/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Engagement;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Score;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules that say what a lead is worth, compiled.
 *
 * <p>A score has two halves. Fit is what the record says now: the points of each fit rule it meets. Engagement is what
 * happened: the points of each engagement rule times its units, where an event {@code d} ago is {@code 2^(-d/halfLife)}
 * units, counted by the hour. Each group of rules has its limits, each half is kept between 0 and 100, and so is their
 * sum:
 *
 * <pre>
 * fit   = clip(sum over fit groups        of clip(sum of points;         min, max); 0, 100)
 * eng   = clip(sum over engagement groups of clip(sum of points * units; min, max); 0, 100)
 * value = clip(fit + eng; 0, 100)
 * </pre>
 *
 * <p>A record stores counts, no points: {@link #engagementRules} says which counts an event adds to, {@link #score} what
 * they are worth at a moment. So points, half-lives, limits and bands may change without a replay; only a changed
 * {@code when} of an engagement rule needs one. Both are pure functions. Immutable; share it between threads.
 *
 * <p>The document is the one {@code lead-default.yaml} shows, as JSON.
 */
public final class ScoreModel {

    private static final String STARTER = "lead-default.json";

    private static final Comparator<Score.Reason> LARGEST_FIRST =
            Comparator.comparing((Score.Reason reason) -> reason.points().abs()).reversed();

    private final ModelReader.Model model;

    /** The rules of each group, in the order of the document. */
    private final Map<Group, List<ScoreRule>> groups;

    private ScoreModel(ModelReader.Model model) {
        this.model = model;
        this.groups = model.rulesByGroup();
    }

    /** @throws InvalidRules with all that is wrong, each with its place in the document */
    public static ScoreModel compile(Value document) throws InvalidRules {
        return new ScoreModel(ModelReader.read(requireNonNull(document, "document is null")));
    }

    /** The model that is in force until a user puts another in its place. Costs a parse: keep what it returns. */
    public static ScoreModel starter() {
        try (var in = ScoreModel.class.getResourceAsStream(STARTER)) {
            return compile(Json.parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STARTER, e);
        } catch (Json.Malformed | InvalidRules e) {
            throw new IllegalStateException(STARTER + " is not a score model", e);
        }
    }

    /** Name and version: {@code lead-default@1}. */
    public String id() {
        return model.id();
    }

    /** The document it was compiled from. */
    public Value json() {
        return model.document();
    }

    /** What is allowed, but probably not meant: a rule that no index can find, or one whose points pile up. */
    public List<RuleProblem> warnings() {
        return model.warnings();
    }

    /** Whether there is any action: if not, {@link #pushes} need not be asked. */
    public boolean hasActions() {
        return !model.actions().isEmpty();
    }

    /** The connections that actions name. */
    public Set<ConnectionId> pushedTo() {
        return model.actions().connections();
    }

    /**
     * What vendors' records shall say of this record: the fields of every action that it meets as it was saved, in the order
     * of the document. A pure function of the record, so an action fires when what it says of the record before a change
     * and after it differs. Costs a match.
     */
    public List<Push> pushes(CrmRecord record) {
        return model.actions().of(record);
    }

    /** Whether records of this type are scored; others have a score of 0 without reasons. */
    public boolean scores(ObjectType type) {
        return model.subjects().contains(type.name());
    }

    /** The ids of the engagement rules that the event meets, in the order of the document. */
    public Set<String> engagementRules(CanonicalEvent event) {
        return scores(event.object()) ? new LinkedHashSet<>(model.engagement().match(Documents.of(event))) : Set.of();
    }

    /**
     * The score at a moment. Costs some microseconds: a match of the fit rules, and one power for each hour in which
     * something counted. Lines are rounded so that they add up to the value.
     */
    public Score score(CrmRecord record, Instant at) {
        var fit = new Explanation();
        var engagement = new Explanation();
        var fading = new Fading(at.toEpochMilli());
        if (scores(record.key().object())) {
            var met = Set.copyOf(model.fit().match(Documents.of(record)));
            groups.forEach((group, rules) -> {
                if (group.fades()) {
                    var curve = fading.curve(group);
                    engagement.group(group, rules, earned(rules, record, at, curve));
                } else {
                    fit.group(group, rules, earned(rules, met));
                }
            });
        }
        var fitTenths = fit.close("fit");
        var engagementTenths = engagement.close("engagement");
        var both = fit.rounded() + engagement.rounded();
        var value = Math.min(both, Explanation.TOP);
        var reasons = new ArrayList<>(fit.reasons());
        reasons.addAll(engagement.reasons());
        if (value != both) {
            reasons.add(new Score.Reason(
                    "cap:total",
                    "total",
                    Explanation.points(value - both),
                    0,
                    Optional.empty(),
                    "A score is at most 100 points."));
        }
        reasons.sort(LARGEST_FIRST);
        var letter = model.fitBands().of(fitTenths);
        var digit = model.engagementBands().of(engagementTenths);
        return new Score(
                Explanation.points(value),
                Explanation.points(fit.rounded()),
                Explanation.points(engagement.rounded()),
                letter.name() + digit.name(),
                reasons,
                digit.from() == 0 ? Optional.empty() : fall(fading, digit),
                id(),
                at);
    }

    /** Fit does not fade, so the label falls when engagement leaves its band. */
    private static Optional<Instant> fall(Fading fading, Bands.Band digit) {
        var millis = fading.firstBelow((double) digit.from());
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    private static List<Explanation.Earned> earned(List<ScoreRule> rules, Set<String> met) {
        return rules.stream()
                .map(rule -> met.contains(rule.id())
                        ? new Explanation.Earned((double) rule.points(), 0, Optional.empty())
                        : Explanation.Earned.NOTHING)
                .toList();
    }

    private static List<Explanation.Earned> earned(
            List<ScoreRule> rules, CrmRecord record, Instant at, Fading.Curve curve) {
        var earned = new ArrayList<Explanation.Earned>();
        for (var rule : rules) {
            var hours = rule.counted(record.engagement().getOrDefault(rule.id(), Engagement.EMPTY));
            if (hours.isEmpty()) {
                earned.add(Explanation.Earned.NOTHING);
                continue;
            }
            var count = 0;
            var units = 0.0;
            for (var hour : hours.entrySet()) {
                var from = hour.getKey() * Engagement.HOUR_MILLIS;
                count += hour.getValue();
                units += hour.getValue() * rule.group().weight(from, at.toEpochMilli());
                curve.add((double) rule.points() * hour.getValue(), from);
            }
            var last = Instant.ofEpochMilli(hours.lastKey() * Engagement.HOUR_MILLIS);
            earned.add(new Explanation.Earned(rule.points() * units, count, Optional.of(last)));
        }
        return earned;
    }
}
