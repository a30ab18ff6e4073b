// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import dev.longwatch.indexer.event.TimeSpan;
import java.util.List;
import java.util.TreeMap;

/** How much of one video, or of a part of it, was watched so far. Fed clip by clip, in any order, also twice. */
public final class FileCoverage {

    /** No part of anything ends so late. */
    private static final long UNBOUNDED_MILLIS = Long.MAX_VALUE / 4;

    private final TreeMap<Long, JobReport.Clip> clips = new TreeMap<>();
    private final TimeSpan part;
    private String problem = "";
    private long unreadable;

    /** @param part what is to be watched */
    public FileCoverage(TimeSpan part) {
        this.part = part;
    }

    public void add(JobReport.Clip clip) {
        if (clips.put(clip.ordinal(), clip) == null) {
            unreadable += clip.unreadable();
        }
        if (problem.isEmpty()) {
            problem = clip.problem();
        }
    }

    /** Whether every clip from the first to the last was tried. */
    public boolean finished() {
        return !clips.isEmpty()
                && clips.lastEntry().getValue().last()
                && clips.firstKey() == clips.firstEntry().getValue().since()
                && clips.lastKey() - clips.firstKey() == clips.size() - 1;
    }

    /** Whether it was watched from beginning to end. */
    public boolean whole() {
        return finished() && problem.isEmpty();
    }

    /** Milliseconds of video that were looked at; overlaps count once. */
    public long watchedMillis() {
        return union(true);
    }

    /** Milliseconds of video that were tried, looked at or not. */
    public long triedMillis() {
        return union(false);
    }

    /** How long what is to be watched is: as the video turned out, else as it claims, 0 when neither is known. */
    public long videoMillis() {
        if (finished()) {
            return clips.lastEntry().getValue().span().endMillis()
                    - clips.firstEntry().getValue().span().startMillis();
        }
        long claimed = clips.values().stream()
                .mapToLong(JobReport.Clip::videoMillis)
                .max()
                .orElse(0);
        if (claimed == 0 && part.endMillis() < UNBOUNDED_MILLIS) {
            // a recording says no length
            return part.millis();
        }
        return Math.max(0, Math.min(claimed, part.endMillis()) - part.startMillis());
    }

    /** Of every clip that was looked at, that it shows what the first rule asks for. */
    public List<Double> probabilities() {
        return clips.values().stream()
                .map(JobReport.Clip::probabilities)
                .filter(each -> !each.isEmpty())
                .map(each -> each.get(0))
                .toList();
    }

    /** The first problem in the video, for a person; empty when there was none. */
    public String problem() {
        return problem;
    }

    /** How many answers could not be understood. */
    public long unreadable() {
        return unreadable;
    }

    private long union(boolean watchedOnly) {
        long millis = 0;
        long until = 0;
        for (JobReport.Clip clip : clips.values()) {
            long end = watchedOnly ? clip.watchedUntilMillis() : clip.span().endMillis();
            millis += Math.max(0, end - Math.max(until, clip.span().startMillis()));
            until = Math.max(until, end);
        }
        return millis;
    }
}
