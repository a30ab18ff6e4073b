// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.govern.DefinitionKind;
import dev.longwatch.dashboards.local.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options are the keys of {@code longwatch.yaml}, and are judged as if they stood there. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description =
                "Add a rule; it is asked from the next clip on. One of --when, --absent and --sequence says what it"
                        + " is about.")
final class RulesAddCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "What it is called.")
    private String name = "";

    @Option(names = "--when", paramLabel = "TEXT", description = "What is to be seen, in plain words.")
    private @Nullable String when;

    @Option(names = "--absent", paramLabel = "TEXT", description = "What is not to be seen, for --min-duration.")
    private @Nullable String absent;

    @Option(
            names = "--sequence",
            paramLabel = "RULE",
            split = ",",
            description =
                    "Rules whose events follow one another, separated by commas, each --within of the one before.")
    private List<String> sequence = List.of();

    @Option(names = "--within", paramLabel = "TIME", description = "Longest time between two steps: 30s.")
    private @Nullable String within;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "Where it holds; * and ? stand for any characters and any one. May be given many times."
                    + " Default: everywhere.")
    private List<String> streams = List.of();

    @Option(names = "--threshold", paramLabel = "P", description = "How sure the model must be, 0 to 1. Default: 0.5.")
    private @Nullable String threshold;

    @Option(names = "--min-duration", paramLabel = "TIME", description = "How long it must last: 2s. Default: 0.")
    private @Nullable String minDuration;

    @Option(
            names = "--merge",
            paramLabel = "TIME",
            description = "Sightings closer than this are one event. Default: 1s.")
    private @Nullable String merge;

    @Option(
            names = "--cooldown",
            paramLabel = "TIME",
            description = "Least time between two deliveries for a stream: 10 min. Default: 0.")
    private @Nullable String cooldown;

    @Option(names = "--severity", paramLabel = "WORD", description = "info, warning or critical. Default: warning.")
    private @Nullable String severity;

    @Option(
            names = "--active",
            paramLabel = "HOURS",
            description =
                    "When people want to hear of it: mon-fri 08:00-18:00. May be given many times. Default: always.")
    private List<String> active = List.of();

    @Option(
            names = "--quiet",
            paramLabel = "HOURS",
            description = "When not, even then: 12:00-13:00. May be given many times.")
    private List<String> quiet = List.of();

    @Option(names = "--zone", paramLabel = "ZONE", description = "Of these hours: Europe/Berlin. Default: UTC.")
    private @Nullable String zone;

    @Option(
            names = "--notify",
            paramLabel = "CHANNEL",
            description = "Who is told: a channel of longwatch.yaml. May be given many times. Default: nobody.")
    private List<String> notify = List.of();

    @Option(
            names = "--label",
            paramLabel = "WORD",
            description = "Its events may be found by this word. May be given many times.")
    private List<String> labels = List.of();

    @Option(names = "--no-alert", description = "Make events only, to be found and to build sequences of.")
    private boolean noAlert;

    @Option(names = "--replace", description = "Put it in the place of the one of that name.")
    private boolean replace;

    @Mixin
    private Installed installed = new Installed();

    @Override
    public Integer call() {
        Screen screen = installed.screen();
        installed.add(DefinitionKind.RULE, name, keys(), replace, screen);
        screen.say("Rule '" + name + "' is kept; "
                + (installed.isUp() ? "it is asked from one of the next clips on." : "longwatch up will ask it."));
        screen.object(Map.of("type", "rule", "rule", name, "state", "kept"));
        return ExitCode.OK.code();
    }

    private String keys() {
        ObjectNode keys = new ObjectMapper().createObjectNode();
        put(keys, "when", when);
        put(keys, "absent", absent);
        put(keys, "sequence", sequence);
        put(keys, "within", within);
        put(keys, "streams", streams);
        put(keys, "threshold", threshold);
        put(keys, "min_duration", minDuration);
        put(keys, "merge", merge);
        put(keys, "cooldown", cooldown);
        put(keys, "severity", severity);
        put(keys, "notify", notify);
        put(keys, "labels", labels);
        if (zone != null || !active.isEmpty() || !quiet.isEmpty()) {
            ObjectNode schedule = keys.putObject("schedule");
            put(schedule, "zone", zone);
            put(schedule, "active", active);
            put(schedule, "quiet", quiet);
        }
        if (noAlert) {
            keys.put("alert", "false");
        }
        return keys.toString();
    }

    private static void put(ObjectNode keys, String key, @Nullable String value) {
        if (value != null) {
            keys.put(key, value);
        }
    }

    private static void put(ObjectNode keys, String key, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(keys.putArray(key)::add);
        }
    }
}
