// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.trials;

import dev.longwatch.dashboards.local.FileCoverage;
import dev.longwatch.dashboards.local.JobReport;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of trying a rule: gathers what the job reports. */
final class Trial implements JobReport {

    private final TimeSpan part;
    private final Waiting waiting;
    private final FileCoverage coverage;
    private final Map<String, VideoEvent> events = new LinkedHashMap<>();

    /** @param part of the video that is tried, on its clock */
    Trial(TimeSpan part, Waiting waiting) {
        this.part = part;
        this.waiting = waiting;
        coverage = new FileCoverage(part);
    }

    @Override
    public void running() {
        waiting.watched(0, coverage.videoMillis());
    }

    @Override
    public void event(VideoEvent event) {
        // the clips at the part's ends show more than the part
        if (event.span().touches(part, 0)) {
            events.merge(event.id(), event, (before, now) -> now.version() >= before.version() ? now : before);
        }
    }

    @Override
    public void clip(Clip clip) {
        coverage.add(clip);
        waiting.watched(coverage.watchedMillis(), coverage.videoMillis());
    }

    FileCoverage coverage() {
        return coverage;
    }

    /** In order of time. */
    List<VideoEvent> events() {
        return events.values().stream()
                .sorted(Comparator.comparing(event -> event.span().startMillis()))
                .toList();
    }
}
