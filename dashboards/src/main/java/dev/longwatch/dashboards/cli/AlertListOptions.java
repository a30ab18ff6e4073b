// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.Durations;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.search.AlertFilter;
import dev.longwatch.indexer.search.AlertPage;
import dev.longwatch.indexer.search.AlertSearch;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which alerts are listed. */
final class AlertListOptions {

    @Option(names = "--stream", paramLabel = "NAME", description = "Only of this stream. May be given many times.")
    private List<String> streams = List.of();

    @Option(names = "--rule", paramLabel = "NAME", description = "Only of this rule. May be given many times.")
    private List<String> rules = List.of();

    @Option(names = "--label", paramLabel = "WORD", description = "Only with this label. May be given many times.")
    private List<String> labels = List.of();

    @Option(
            names = "--severity",
            paramLabel = "S",
            description = "Only of this severity: ${COMPLETION-CANDIDATES}. May be given many times.")
    private List<Severity> severities = List.of();

    @Option(names = "--open", description = "Only those whose event still goes on.")
    private boolean open;

    @Option(
            names = "--hold",
            paramLabel = "H",
            description = "Only those held for this reason, none for delivered ones: ${COMPLETION-CANDIDATES}.")
    private List<Alert.Hold> holds = List.of();

    @Option(names = "--unacknowledged", description = "Only those that nobody has seen.")
    private boolean unacknowledged;

    @Option(names = "--assigned-to", paramLabel = "WHO", description = "Only those that WHO looks after.")
    private @Nullable String assignedTo;

    @Option(names = "--verdict", paramLabel = "V", description = "Only those judged so: true, false or open.")
    private @Nullable String verdict;

    @Option(names = "--text", paramLabel = "WORDS", description = "Only those with such words in them.")
    private String text = "";

    @Option(names = "--since", paramLabel = "T", description = "Not before this time: 2h, 08:30, 2026-11-01T08:00.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "T", description = "Not after this time.")
    private @Nullable String until;

    @Mixin
    private PageOptions page = new PageOptions();

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** Shows them. */
    ExitCode show() {
        Screen screen = output.screen();
        AlertFilter filter = filter(Instant.now());
        String after = Objects.requireNonNullElse(page.cursor(), "");
        AlertPage found = index.ask(screen, (elasticsearch, names) -> new AlertSearch(elasticsearch, names)
                .list(filter, page.limit(), after));
        Instant now = Instant.now();
        found.alerts().forEach(alert -> {
            screen.say(AlertText.line(alert, now));
            screen.object(AlertText.json(alert));
        });
        if (found.total() == 0) {
            screen.note("no alerts");
        } else if (!found.next().isEmpty()) {
            screen.note(found.alerts().size() + " of " + found.total() + " alerts; --after " + found.next()
                    + " shows more");
        }
        return ExitCode.OK;
    }

    private AlertFilter filter(Instant now) {
        try {
            return AlertFilter.ALL
                    .inStreams(streams)
                    .ofRules(rules)
                    .labelled(labels)
                    .ofSeverities(severities)
                    .inStates(open ? List.of(Alert.State.OPEN) : List.of())
                    .heldFor(holds)
                    .acknowledged(unacknowledged ? Boolean.FALSE : null)
                    .assignedTo(assignedTo)
                    .judged(verdict == null ? List.of() : List.of(verdict(verdict)))
                    .between(behind(since, now), behind(until, now))
                    .withText(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    /** {@code true}, {@code false} or {@code open}, as people say it; also as the API calls them. */
    static Verdict verdict(String word) {
        return switch (word) {
            case "true", "true_alarm" -> Verdict.TRUE_ALARM;
            case "false", "false_alarm" -> Verdict.FALSE_ALARM;
            case "open" -> Verdict.OPEN;
            default ->
                throw new Problem(ExitCode.USAGE, "expected a verdict of true, false or open, found '" + word + "'");
        };
    }

    /** A length of time is one that lies behind. */
    private static @Nullable Instant behind(@Nullable String time, Instant now) {
        if (time == null) {
            return null;
        }
        return Durations.parse(time).map(now::minus).orElseGet(() -> Times.before(time, now));
    }
}
