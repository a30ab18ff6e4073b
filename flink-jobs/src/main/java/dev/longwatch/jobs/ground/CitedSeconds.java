// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.clip.Clock;
import dev.longwatch.jobs.clip.VideoClip;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The seconds that a free answer about a clip cites in square brackets, put on the video's clock: {@code [3.5 s]} and
 * {@code [3.5 - 7.0 s]}. A time that the clip does not have is left out, a bracket with anything else stays.
 */
final class CitedSeconds {

    private static final String TIME = "((?:\\d+:){0,2}\\d+(?:\\.\\d+)?)\\s*(?:seconds|second|secs|sec|s)?";
    private static final Pattern CITED = Pattern.compile(
            "\\s*" + TIME + "\\s*(?:(?:-|\u2013|\u2014|to)\\s*" + TIME + ")?\\s*", Pattern.CASE_INSENSITIVE);

    private final VideoClip clip;
    private final List<TimeSpan> spans = new ArrayList<>();

    CitedSeconds(VideoClip clip) {
        this.clip = clip;
    }

    /** @param bracketed what stood between brackets; @return what to write instead */
    String onVideoClock(String bracketed) {
        Matcher cited = CITED.matcher(bracketed);
        if (!cited.matches()) {
            return "[" + bracketed + "]";
        }
        long start = millis(cited.group(1));
        long end = cited.group(2) == null ? start : millis(cited.group(2));
        if (end < start || end > clip.endMillis()) {
            return "";
        }
        spans.add(new TimeSpan(start, end));
        return citation(start, end);
    }

    private static String citation(long start, long end) {
        return "[" + Clock.of(start) + (end == start ? "" : "\u2013" + Clock.of(end)) + "]";
    }

    private long millis(String time) {
        double seconds = 0;
        for (String part : time.split(":")) {
            seconds = seconds * 60 + Double.parseDouble(part);
        }
        return clip.startMillis() + Math.round(seconds * 1e3);
    }

    /** What was cited so far, on the video's clock. */
    List<TimeSpan> spans() {
        return List.copyOf(spans);
    }
}
