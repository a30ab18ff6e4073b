// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.AlertRule.Alerting;
import dev.longwatch.indexer.alert.AlertRule.Kind;
import dev.longwatch.indexer.alert.AlertRule.Step;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;

/** The key {@code rules}, and what streams say of rules. */
final class RuleSection {

    private static final List<String> KINDS = List.of("when", "absent", "sequence");

    private static final List<String> SEVERITIES = Arrays.stream(Severity.values())
            .map(severity -> severity.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Collection<String> streams;
    private final List<String> channels;
    private final Map<String, Yaml> values;

    /**
     * @param streams names of all streams
     * @param channels names of all channels
     * @param values all rules by name
     */
    RuleSection(Collection<String> streams, List<String> channels, Map<String, Yaml> values) {
        this.streams = streams;
        this.channels = channels;
        this.values = values;
    }

    List<AlertRule> read() {
        Map<String, AlertRule> rules = new LinkedHashMap<>();
        values.forEach((name, rule) -> rules.put(name, rule(name, rule, keys(rule))));
        values.values().forEach(rule -> checkSteps(rule, rules));
        return List.copyOf(rules.values());
    }

    /** What a stream says of rules: a list of names, or names with what is different there. */
    ChosenRules chosen(Yaml value) {
        if (!value.isMap()) {
            Set<String> names = new LinkedHashSet<>();
            value.list().forEach(choice -> {
                if (isThere(choice.text(), choice)) {
                    names.add(choice.text());
                }
            });
            return new ChosenRules(names, List.of());
        }
        Set<String> names = new LinkedHashSet<>();
        List<AlertRule> overrides = new ArrayList<>();
        value.entries().forEach((name, differences) -> {
            if (isThere(name, differences)) {
                names.add(name);
                if (!differences.isNothing()) {
                    overrides.add(overridden(name, differences));
                }
            }
        });
        return new ChosenRules(names, overrides);
    }

    /** What is kept may name a rule that was removed since. */
    private boolean isThere(String rule, Yaml place) {
        if (values.containsKey(rule)) {
            return true;
        }
        if (place.isKept()) {
            return false;
        }
        throw place.refusal("no rule is called '" + rule + "'" + Words.hint(rule, values.keySet()));
    }

    private AlertRule overridden(String name, Yaml differences) {
        Yaml.Keys general = keys(Objects.requireNonNull(values.get(name)));
        String kind = KINDS.stream().filter(general::has).findFirst().orElseThrow();
        Yaml.Keys different = kind.equals("sequence")
                ? differences.keys("within", "cooldown", "severity", "schedule", "notify", "alert", "labels")
                : differences.keys(
                        kind,
                        "threshold",
                        "min_duration",
                        "merge",
                        "cooldown",
                        "severity",
                        "schedule",
                        "notify",
                        "alert",
                        "labels");
        return rule(name, differences, general.overlaid(different));
    }

    private static Yaml.Keys keys(Yaml value) {
        if (value.isText()) {
            return Yaml.Keys.of("when", value);
        }
        return value.keys(
                "when",
                "absent",
                "sequence",
                "within",
                "streams",
                "threshold",
                "min_duration",
                "merge",
                "cooldown",
                "severity",
                "schedule",
                "notify",
                "alert",
                "labels");
    }

    private AlertRule rule(String name, Yaml value, Yaml.Keys keys) {
        List<String> kinds = KINDS.stream().filter(keys::has).toList();
        if (kinds.size() != 1) {
            throw value.refusal("expected one of when, absent, sequence, found "
                    + (kinds.isEmpty() ? "none" : String.join(" and ", kinds)));
        }
        if (keys.has("sequence")) {
            for (String key : List.of("threshold", "min_duration", "merge")) {
                if (keys.has(key)) {
                    throw keys.get(key).refusal("'" + key + "' belongs to the steps' rules, not to a sequence");
                }
            }
            List<Step> steps =
                    keys.get("sequence").list().stream().map(RuleSection::step).toList();
            String sentence =
                    String.join(", then ", steps.stream().map(Step::rule).toList());
            return built(value, name, Kind.SEQUENCE, sentence, steps, keys);
        }
        if (keys.has("within")) {
            throw keys.get("within").refusal("'within' belongs to a sequence");
        }
        if (keys.has("absent")) {
            keys.required("min_duration");
            return built(value, name, Kind.ABSENT, keys.required("absent").text(), List.of(), keys);
        }
        return built(value, name, Kind.SEEN, keys.required("when").text(), List.of(), keys);
    }

    private AlertRule built(Yaml value, String name, Kind kind, String when, List<Step> steps, Yaml.Keys keys) {
        boolean composed = kind == Kind.SEQUENCE;
        double threshold =
                keys.has("threshold") ? keys.get("threshold").number(0, 1) : composed ? 0 : AlertRule.THRESHOLD;
        try {
            return new AlertRule(
                    name,
                    kind,
                    when,
                    steps,
                    composed ? keys.required("within").millis() : 0,
                    streams(keys.get("streams")),
                    threshold,
                    keys.millis("min_duration", 0),
                    keys.millis("merge", composed ? 0 : AlertRule.MERGE_MILLIS),
                    alerting(keys),
                    keys.get("labels").labels());
        } catch (IllegalArgumentException e) {
            throw value.refusal(String.valueOf(e.getMessage()));
        }
    }

    private Alerting alerting(Yaml.Keys keys) {
        Severity severity = keys.has("severity")
                ? Severity.valueOf(keys.get("severity").oneOf(SEVERITIES).toUpperCase(Locale.ROOT))
                : Severity.WARNING;
        List<String> told = new ArrayList<>();
        for (Yaml channel : keys.get("notify").list()) {
            if (!channels.contains(channel.text())) {
                throw channel.refusal("no channel under 'notify' is called " + channel.found()
                        + Words.hint(channel.text(), channels));
            }
            told.add(channel.text());
        }
        return new Alerting(
                keys.yes("alert", true), severity, keys.millis("cooldown", 0), schedule(keys.get("schedule")), told);
    }

    private static Schedule schedule(Yaml value) {
        if (value.isNothing()) {
            return Schedule.ALWAYS;
        }
        Yaml.Keys keys = value.keys("zone", "active", "quiet");
        List<Schedule.Hours> active = hours(keys.get("active"));
        List<Schedule.Hours> quiet = hours(keys.get("quiet"));
        try {
            return new Schedule(keys.text("zone", "UTC"), active, quiet);
        } catch (IllegalArgumentException e) {
            throw keys.get("zone")
                    .refusal(e.getMessage()
                            + Words.nearest(keys.text("zone", "UTC"), List.of(TimeZone.getAvailableIDs()))
                                    .map(zone -> "; did you mean '" + zone + "'?")
                                    .orElse(""));
        }
    }

    private static List<Schedule.Hours> hours(Yaml value) {
        return value.list().stream()
                .map(hours -> WeeklyHours.parse(hours.text())
                        .orElseThrow(
                                () -> hours.refusal("expected " + WeeklyHours.EXPECTED + ", found " + hours.found())))
                .toList();
    }

    private List<String> streams(Yaml value) {
        List<String> globs = new ArrayList<>();
        for (Yaml glob : value.list()) {
            Step any = new Step("any", List.of(glob.text()));
            // of what is kept, streams may have been removed since
            if (!glob.isKept() && streams.stream().noneMatch(any::holdsFor)) {
                throw glob.refusal("no stream is called " + glob.found() + Words.hint(glob.text(), streams));
            }
            globs.add(glob.text());
        }
        return globs;
    }

    private static Step step(Yaml value) {
        if (value.isText()) {
            return new Step(ruleName(value), List.of());
        }
        Yaml.Keys keys = value.keys("rule", "streams");
        return new Step(ruleName(keys.required("rule")), keys.get("streams").texts());
    }

    private static String ruleName(Yaml value) {
        if (value.text().isBlank()) {
            throw value.refusal("expected the name of a rule, found " + value.found());
        }
        return value.text();
    }

    /** Steps may name rules that stand further down. */
    private void checkSteps(Yaml rule, Map<String, AlertRule> rules) {
        if (!rule.isMap() || !rule.entries().containsKey("sequence")) {
            return;
        }
        List<String> valid = rules.values().stream()
                .filter(AlertRule::asksTheModel)
                .map(AlertRule::name)
                .toList();
        for (Yaml value : rule.entries().get("sequence").list()) {
            String name = step(value).rule();
            if (!valid.contains(name)) {
                throw value.refusal("expected the name of a rule that is no sequence, found '" + name + "'"
                        + Words.hint(name, valid));
            }
            if (!value.isText()) {
                streams(value.keys("rule", "streams").get("streams"));
            }
        }
    }
}
