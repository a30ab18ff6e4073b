// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.Overview;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.search.Judged;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Say which rules hold, add one, remove one. Those of longwatch.yaml are changed there.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {RulesAddCommand.class, RulesRemoveCommand.class},
        footer = {
            "",
            "Examples:",
            "  longwatch rules",
            "  longwatch rules add car --when \"a car at the gate\" --threshold 0.7 --stream yard",
            "  longwatch rules add \"empty desk\" --absent \"a person at the desk\" --min-duration \"10 min\"",
            "  longwatch rules add \"left behind\" --sequence car,person --within 30s",
            "  longwatch rules remove car"
        })
final class RulesCommand implements Callable<Integer> {

    @Mixin
    private Installed installed = new Installed();

    @Override
    public Integer call() {
        return list(installed);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Say which rules hold.")
    int list(@Mixin Installed asked) {
        Screen screen = asked.screen();
        Overview overview = asked.overview(screen);
        Map<String, Judged> judged = overview.rules().isEmpty() ? Map.of() : asked.judged(screen);
        if (screen.printsJson()) {
            overview.rules().forEach(rule -> screen.object(object(rule, judged(rule, judged))));
        } else {
            table(overview.rules(), judged).forEach(screen::say);
        }
        overview.remarks().forEach(screen::note);
        if (overview.rules().isEmpty()) {
            screen.note("no rule holds; add one: longwatch rules add NAME --when TEXT");
        }
        return ExitCode.OK.code();
    }

    private static Judged judged(Overview.Rule line, Map<String, Judged> judged) {
        return judged.getOrDefault(line.rule().name(), Judged.NONE);
    }

    private static List<String> table(List<Overview.Rule> rules, Map<String, Judged> judged) {
        if (rules.isEmpty()) {
            return List.of();
        }
        Table table = new Table(
                "NAME", "CONDITION", "STREAMS", "THRESHOLD", "LASTS", "COOLDOWN", "SEVERITY", "TELLS", "FROM");
        for (Overview.Rule line : rules) {
            AlertRule rule = line.rule();
            table.row(
                    rule.name(),
                    (rule.kind() == AlertRule.Kind.ABSENT ? "no " : "") + rule.when(),
                    rule.streams().isEmpty() ? "all" : String.join(", ", rule.streams()),
                    rule.asksTheModel() ? String.format(Locale.ROOT, "%.2f", rule.threshold()) : "-",
                    Times.length(rule.minMillis()),
                    Times.length(rule.alerting().cooldownMillis()),
                    rule.alerting().raised() ? severity(rule) : "no alert",
                    rule.alerting().channels().isEmpty()
                            ? "nobody"
                            : String.join(", ", rule.alerting().channels()),
                    line.place());
            remark(rule, judged(line, judged)).ifPresent(table::remark);
        }
        return table.lines();
    }

    /** What became of its alerts, and which threshold would have been better. */
    private static Optional<String> remark(AlertRule rule, Judged judged) {
        OptionalDouble suggested = suggested(rule, judged);
        return judged.precision()
                .map(right -> String.format(
                                Locale.ROOT,
                                "%d of %d judged alerts were right: %.0f %%, of all likely %.0f to %.0f %%",
                                judged.trueAlarms().size(),
                                right.judged(),
                                100 * right.share(),
                                100 * right.low(),
                                100 * right.high())
                        + (suggested.isEmpty()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "; a threshold of %.2f would have done better",
                                        suggested.getAsDouble())));
    }

    private static OptionalDouble suggested(AlertRule rule, Judged judged) {
        return rule.asksTheModel() ? judged.suggestedThreshold(rule.threshold()) : OptionalDouble.empty();
    }

    private static String severity(AlertRule rule) {
        return rule.alerting().severity().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> object(Overview.Rule line, Judged judged) {
        AlertRule rule = line.rule();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "rule");
        object.put("rule", rule.name());
        object.put("from", line.place().equals(LongwatchConfig.INDEX) ? "index" : "file");
        object.put("place", line.place());
        object.put("kind", rule.kind().name().toLowerCase(Locale.ROOT));
        object.put("when", rule.when());
        object.put("steps", rule.steps());
        object.put("within_ms", rule.withinMillis());
        object.put("streams", rule.streams());
        object.put("threshold", rule.threshold());
        object.put("min_duration_ms", rule.minMillis());
        object.put("merge_ms", rule.mergeMillis());
        object.put("cooldown_ms", rule.alerting().cooldownMillis());
        object.put("severity", severity(rule));
        object.put("alert", rule.alerting().raised());
        object.put("notify", rule.alerting().channels());
        object.put("labels", rule.labels());
        object.put("true_alarms", judged.trueAlarms().size());
        object.put("false_alarms", judged.falseAlarms().size());
        judged.precision().ifPresent(precision -> object.put("precision", precision));
        suggested(rule, judged).ifPresent(threshold -> object.put("suggested_threshold", threshold));
        return object;
    }
}
