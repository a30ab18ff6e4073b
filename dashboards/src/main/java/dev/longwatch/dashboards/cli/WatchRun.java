// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.FileCoverage;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.JobReport;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of the job, shown on a screen. Ctrl-C asks the job to stop, waits for it, and still says what was covered.
 */
final class WatchRun implements JobReport {

    private final Screen screen;
    private final TimeSpan part;
    private final Map<String, FileCoverage> files = new LinkedHashMap<>();
    private final Map<String, VideoEvent> events = new LinkedHashMap<>();
    private long begunNanos;

    WatchRun(Screen screen, WatchPlan plan) {
        this.screen = screen;
        part = plan.part();
        plan.videos().keySet().forEach(stream -> files.put(stream, new FileCoverage(part)));
    }

    /**
     * Follows the job to its end and shows how every file came out.
     *
     * @return {@link ExitCode#OK}, {@link ExitCode#VIDEO} or {@link ExitCode#INTERRUPTED}
     * @throws Problem when the job failed
     */
    ExitCode follow(JobProcess job) {
        running();
        try (CtrlC ctrlC = CtrlC.stops(job, screen, "stopping: finishing what is being looked at")) {
            screen.progress("loading the model");
            job.follow(line -> JobReport.tell(line, this));
            screen.clear();
            showEnd();
            if (ctrlC.pressed()) {
                return ExitCode.INTERRUPTED;
            }
        }
        return files.values().stream().allMatch(FileCoverage::whole) ? ExitCode.OK : ExitCode.VIDEO;
    }

    @Override
    public void running() {
        begunNanos = System.nanoTime();
    }

    @Override
    public void event(VideoEvent event) {
        if (!event.span().touches(part, 0)) {
            return; // the clips at the part's ends show more than the part
        }
        VideoEvent known = events.get(event.id());
        if (known != null && known.version() >= event.version() && known.state() == VideoEvent.State.CLOSED) {
            return; // told again after a restore
        }
        events.put(event.id(), event);
        if (event.state() == VideoEvent.State.CLOSED) {
            screen.event(event, files.size() > 1);
        }
    }

    @Override
    public void clip(Clip clip) {
        FileCoverage file = files.computeIfAbsent(clip.stream(), stream -> new FileCoverage(part));
        boolean told = !file.problem().isEmpty();
        file.add(clip);
        if (!told && !file.problem().isEmpty()) {
            screen.note(clip.stream() + ": " + file.problem());
        }
        screen.progress(progress().line());
    }

    /** The files that were watched from beginning to end. */
    List<String> wholeFiles() {
        return files.entrySet().stream()
                .filter(file -> file.getValue().whole())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What was found so far, by stream and time. */
    List<VideoEvent> found() {
        return events.values().stream()
                .sorted(Comparator.comparing(VideoEvent::stream)
                        .thenComparing(event -> event.span().startMillis()))
                .toList();
    }

    /** Of every clip that was looked at, that it shows what the first rule asks for. */
    List<Double> probabilities() {
        return files.values().stream()
                .flatMap(file -> file.probabilities().stream())
                .toList();
    }

    /** Whether any picture was looked at. */
    boolean anythingWatched() {
        return files.values().stream().anyMatch(file -> file.watchedMillis() > 0);
    }

    private Progress progress() {
        return new Progress(
                files.values().stream().mapToLong(FileCoverage::triedMillis).sum(),
                files.values().stream().mapToLong(FileCoverage::videoMillis).sum(),
                (System.nanoTime() - begunNanos) / 1_000_000,
                events.size(),
                (int) files.values().stream().filter(FileCoverage::finished).count(),
                files.size());
    }

    private void showEnd() {
        events.values().stream()
                .filter(event -> event.state() == VideoEvent.State.OPEN)
                .forEach(event -> screen.event(event, files.size() > 1));
        double speed = progress().timesRealTime();
        List<String> notBegun = new ArrayList<>();
        files.forEach((stream, file) -> {
            if (file.triedMillis() == 0 && file.problem().isEmpty()) {
                notBegun.add(stream);
                return;
            }
            long found = events.values().stream()
                    .filter(event -> event.stream().equals(stream))
                    .count();
            screen.file(stream, file, found, speed);
        });
        if (!notBegun.isEmpty()) {
            screen.notBegun(notBegun);
        }
    }
}
