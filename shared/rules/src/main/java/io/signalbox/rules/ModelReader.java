/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the document of a score model, and finds all that is wrong with it in one go. */
final class ModelReader {

    private static final int MAX_RULES = 500;
    private static final int MAX_GROUPS = 50;
    private static final int MAX_TEXT = 200;
    private static final long MAX_POINTS = 10_000;
    private static final long HOUR_MILLIS = 3_600_000;
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern HALF_LIFE = Pattern.compile("([1-9][0-9]{0,3})([hd])");
    private static final Set<String> RESERVED = Set.of("fit", "engagement", "total");

    /** What the document says. */
    record Model(
            String id,
            Value document,
            Set<String> subjects,
            List<Group> groups,
            List<ScoreRule> rules,
            Bands fitBands,
            Bands engagementBands,
            RuleIndex fit,
            RuleIndex engagement,
            Actions actions,
            List<RuleProblem> warnings) {

        Map<Group, List<ScoreRule>> rulesByGroup() {
            var byGroup = new LinkedHashMap<Group, List<ScoreRule>>();
            groups.forEach(group -> byGroup.put(group, new ArrayList<>()));
            rules.forEach(rule -> byGroup.get(rule.group()).add(rule));
            return byGroup;
        }
    }

    private final Problems problems = new Problems();
    private final List<RuleProblem> warnings = new ArrayList<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Node> ruleNodes = new LinkedHashMap<>();
    private final List<ScoreRule> rules = new ArrayList<>();
    private final RuleIndex.Builder fit = RuleIndex.builder(MAX_RULES);
    private final RuleIndex.Builder engagement = RuleIndex.builder(MAX_RULES);

    private ModelReader() {}

    static Model read(Value document) throws InvalidRules {
        return new ModelReader().model(document);
    }

    private Model model(Value document) throws InvalidRules {
        var root = new Node(document, Place.ROOT, problems);
        root.only("apiVersion", "kind", "metadata", "spec");
        root.member("apiVersion").oneOf("signalbox/v1");
        root.member("kind").oneOf("ScoreModel");
        var metadata = root.member("metadata");
        metadata.only("name", "version");
        var name = metadata.member("name").matching(ID);
        var version = metadata.member("version").integer(1, Integer.MAX_VALUE);
        var spec = root.member("spec");
        spec.only("subject", "groups", "rules", "bands", "actions");
        var subjects = subjects(spec.member("subject"));
        spec.member("groups").items(1, MAX_GROUPS).forEach(this::group);
        spec.member("rules").items(1, MAX_RULES).forEach(this::rule);
        var bands = spec.member("bands");
        bands.only("fit", "engagement");
        var fitBands = bands(bands.member("fit"), Pattern.compile("[A-Z]"));
        var engagementBands = bands(bands.member("engagement"), Pattern.compile("[0-9]"));
        var actions = ActionReader.read(spec.member("actions"), problems);
        problems.throwIfAny();
        var fitIndex = fit.build();
        var engagementIndex = engagement.build();
        fitIndex.warnings().forEach(this::warnOf);
        engagementIndex.warnings().forEach(this::warnOf);
        return new Model(
                name + "@" + version,
                document,
                subjects,
                List.copyOf(groups.values()),
                List.copyOf(rules),
                fitBands,
                engagementBands,
                fitIndex,
                engagementIndex,
                actions,
                List.copyOf(warnings));
    }

    private void warnOf(RuleProblem warning) {
        var node = ruleNodes.get(warning.pointer().substring(1));
        warnings.add(new RuleProblem(node.member("when").place().pointer(), warning.message()));
    }

    private static Set<String> subjects(Node node) {
        if (node.isMissing()) {
            return Set.of("contact", "lead");
        }
        var subjects = new LinkedHashSet<String>();
        var type = Pattern.compile("[a-z][a-z0-9_]{0,62}");
        if (node.value() instanceof Value.Text) {
            subjects.add(node.matching(type));
        } else {
            node.items(1, 20).forEach(item -> subjects.add(item.matching(type)));
        }
        return subjects;
    }

    private void group(Node node) {
        node.only("id", "type", "min", "max", "halfLife");
        var id = node.member("id").matching(ID);
        var fades = node.member("type").oneOf("fit", "engagement").equals("engagement");
        var min = node.member("min").tenths(-MAX_POINTS, 0, -Explanation.TOP);
        var max = node.member("max").tenths(0, MAX_POINTS, Explanation.TOP);
        var halfLife = node.member("halfLife");
        var millis = 0L;
        if (fades) {
            var matcher = HALF_LIFE.matcher(halfLife.matching(HALF_LIFE));
            millis = matcher.matches()
                    ? Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("d") ? 24 : 1) * HOUR_MILLIS
                    : HOUR_MILLIS;
        } else if (!halfLife.isMissing()) {
            problems.add(halfLife.place(), "halfLife: a group of fit rules does not fade");
        }
        if (RESERVED.contains(id)) {
            problems.add(node.place().member("id"), "id: fit, engagement and total are taken");
        } else if (groups.putIfAbsent(id, new Group(id, millis, min, max)) != null) {
            problems.add(node.place().member("id"), "id: another group has this id");
        }
    }

    private void rule(Node node) {
        node.only("id", "group", "points", "limit", "when", "text");
        var id = node.member("id").matching(ID);
        var points = node.member("points").tenths(-MAX_POINTS, MAX_POINTS, null);
        var groupNode = node.member("group");
        var known = groups.get(groupNode.isMissing() ? "" : groupNode.text(MAX_TEXT));
        if (known == null) {
            problems.add(groupNode.place(), "group: must be the id of one of the groups");
        }
        // The rest is read in any case, so that its problems show.
        var group = known == null ? new Group("", 0, 0, 0) : known;
        var limit = limit(node.member("limit"), group);
        var when = node.member("when");
        if (ruleNodes.putIfAbsent(id, node) != null) {
            problems.add(node.place().member("id"), "id: another rule has this id");
        } else if (when.isMissing()) {
            when.missing();
        } else {
            if (known != null) {
                var seen = group.fades() ? Documents.EVENT_FIELDS : Documents.RECORD_FIELDS;
                topFields(when.value(), when.place(), seen, problems);
            }
            (group.fades() ? engagement : fit).add(id, when.value(), when.place(), problems);
        }
        if (group.fades() && limit.isEmpty()) {
            warnings.add(new RuleProblem(
                    node.place().pointer(), "no limit: many events pile up points that take long to fade"));
        }
        var text = node.member("text");
        var sentence = text.isMissing() ? "Meets the rule " + id + "." : text.text(MAX_TEXT);
        rules.add(new ScoreRule(id, group, points, limit, sentence));
    }

    private Optional<Limit> limit(Node node, Group group) {
        if (node.isMissing()) {
            return Optional.empty();
        }
        if (!group.fades() && !group.id().isEmpty()) {
            problems.add(node.place(), "limit: a fit rule counts once; only an engagement rule has a limit");
        }
        node.only("count", "per", "keep");
        var count = node.member("count").integer(1, 1_000_000);
        var per = node.member("per").oneOf("hour", "day", "week", "ever");
        var keep = node.member("keep");
        var first = !keep.isMissing() && keep.oneOf("last", "first").equals("first");
        var period = switch (per) {
            case "hour" -> Limit.Period.HOUR;
            case "week" -> Limit.Period.WEEK;
            case "ever" -> Limit.Period.EVER;
            default -> Limit.Period.DAY;
        };
        return Optional.of(new Limit(count, period, first));
    }

    /** A misspelt top-level name would never match anything; say so. */
    static void topFields(Value when, Place place, List<String> known, Problems problems) {
        if (!(when instanceof Value.Obj(var members))) {
            return;
        }
        members.forEach((name, value) -> {
            if (name.equals("$or") && value instanceof Value.Arr(var alternatives)) {
                for (var i = 0; i < alternatives.size(); i++) {
                    topFields(alternatives.get(i), place.member(name).item(i), known, problems);
                }
            } else if (!name.startsWith("$") && !known.contains(name)) {
                problems.add(place.field(name), "unknown field; this rule sees " + String.join(", ", known));
            }
        });
    }

    private Bands bands(Node node, Pattern form) {
        var bands = new ArrayList<Bands.Band>();
        node.members().forEach((name, from) -> {
            if (!form.matcher(name).matches()) {
                problems.add(from.place(), "a band's name is one of " + form.pattern());
            }
            bands.add(new Bands.Band(name, from.tenths(0, Explanation.TOP, null)));
        });
        bands.sort(Comparator.comparingLong(Bands.Band::from).reversed());
        for (var i = 1; i < bands.size(); i++) {
            if (bands.get(i).from() == bands.get(i - 1).from()) {
                problems.add(node.place(), "two bands begin at the same value");
            }
        }
        if (!bands.isEmpty() && bands.getLast().from() != 0) {
            problems.add(node.place(), "the lowest band must begin at 0");
        }
        return new Bands(bands);
    }
}
