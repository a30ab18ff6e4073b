// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.Words;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.Recordings;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.local.LocalElasticsearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a rule is tried on: a file, or what was recorded of a stream. */
final class TrialOptions {

    private static final Duration USUAL = Duration.ofHours(1);

    @Option(
            names = "--on",
            paramLabel = "FILE|STREAM",
            required = true,
            description = "The video to try it on, or the name of a recorded stream.")
    private String name = "";

    @Option(
            names = "--recordings",
            paramLabel = "DIR",
            description = "Where streams are recorded. Default: recordings in the data directory, $LONGWATCH_DATA.")
    private @Nullable Path directory;

    /**
     * A plan to watch it for one rule.
     *
     * @param now the wall clock
     * @throws Problem when there is no such video, or nothing of that time
     */
    WatchPlan plan(AlertRule rule, PeriodOptions period, ModelOptions model, Instant now) {
        if (isFile(name)) {
            return WatchPlan.now(List.of(Path.of(name)), List.of(rule), false, model.checkpoint())
                    .of(period.onVideo());
        }
        Recordings recordings = recordings();
        Optional<TimeSpan> recorded = recordings.of(name);
        if (recorded.isEmpty()) {
            throw new Problem(
                    ExitCode.USAGE,
                    "--on: '" + name + "' is neither a file nor a stream recorded in " + recordings.root()
                            + hint(recordings.streams()));
        }
        TimeSpan part = part(recorded.get(), period, now);
        return WatchPlan.now(name, recordings, part, List.of(rule), model.checkpoint());
    }

    private Recordings recordings() {
        return new Recordings(
                Objects.requireNonNullElseGet(directory, () -> DataFolder.around(LocalElasticsearch.standardDirectory())
                        .recordings()));
    }

    /** The last hour that was recorded, unless something else was said. */
    private TimeSpan part(TimeSpan recorded, PeriodOptions period, Instant now) {
        Instant begin = period.begin(now);
        Instant end = period.end(now);
        long to = end == null ? recorded.endMillis() : end.toEpochMilli();
        long from = begin == null ? Math.max(recorded.startMillis(), to - USUAL.toMillis()) : begin.toEpochMilli();
        if (from >= recorded.endMillis() || to <= recorded.startMillis()) {
            throw new Problem(
                    ExitCode.VIDEO,
                    "stream '" + name + "' was recorded from " + local(recorded.startMillis()) + " to "
                            + local(recorded.endMillis()) + ": nothing is there to watch from " + local(from) + " to "
                            + local(to));
        }
        if (to <= from) {
            throw new Problem(ExitCode.USAGE, "--to " + local(to) + " is not after --from " + local(from));
        }
        return new TimeSpan(from, to);
    }

    private static String local(long millis) {
        return Times.local(Instant.ofEpochMilli(millis));
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private String hint(Set<String> streams) {
        List<String> near = new ArrayList<>(streams);
        near.addAll(filesBeside());
        return Words.nearest(name, near)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse(
                        streams.isEmpty()
                                ? "; no stream is recorded there"
                                : "; recorded are " + String.join(", ", streams));
    }

    private List<String> filesBeside() {
        try {
            Path file = Path.of(name);
            Path folder = Objects.requireNonNullElse(file.getParent(), Path.of(""));
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(Files::isRegularFile)
                        .map(each -> file.resolveSibling(each.getFileName()).toString())
                        .toList();
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }
}
