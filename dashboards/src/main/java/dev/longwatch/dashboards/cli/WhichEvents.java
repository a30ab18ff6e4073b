// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.search.EventFilter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which events a command is about. */
final class WhichEvents {

    @Option(names = "--stream", paramLabel = "NAME", description = "Only in this video. May be given many times.")
    private List<String> streams = List.of();

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Option(names = "--rule", paramLabel = "NAME", description = "Only what this rule found. May be given many times.")
    private List<String> rules = List.of();

    @Option(
            names = "--label",
            paramLabel = "WORD",
            description = "Only events whose rule or stream had this label. May be given many times.")
    private List<String> labels = List.of();

    @Option(
            names = "--min-confidence",
            paramLabel = "P",
            defaultValue = "0",
            description = "Only events at least that sure, from 0 to 1.")
    private double minimumConfidence;

    @Option(
            names = "--verdict",
            paramLabel = "V",
            description = "Only events judged so: true, false, or open for those that nobody has judged. May be given"
                    + " many times.")
    private List<String> verdicts = List.of();

    /** @throws Problem when no event could be such a one */
    EventFilter filter() {
        try {
            EventFilter filter = EventFilter.ALL
                    .inStreams(streams.toArray(String[]::new))
                    .ofRules(rules.toArray(String[]::new))
                    .atLeast(minimumConfidence)
                    .labelled(labels.toArray(String[]::new))
                    .judged(verdicts.stream().map(AlertListOptions::verdict).toArray(Verdict[]::new));
            if (period.isOnVideo()) {
                return period.isOpen() ? filter : filter.within(period.onVideo());
            }
            Instant now = Instant.now();
            return filter.between(period.begin(now), period.end(now));
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }
}
