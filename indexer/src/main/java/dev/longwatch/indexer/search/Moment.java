// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.VideoEvent;
import java.util.List;

/**
 * One event that was found.
 *
 * @param event as stored
 * @param score how well it fits; comparable within one result only
 * @param marks the stretches of the event's text that fit, in their order; empty when the rule's name or the meaning did
 * @param why it was found
 * @param alongside the best other events of its group, best first; empty when nothing was grouped
 * @param count how many events its group has, itself included; 1 when nothing was grouped
 */
public record Moment(
        VideoEvent event, double score, List<Mark> marks, Why why, List<VideoEvent> alongside, long count) {

    /**
     * A stretch of text.
     *
     * @param start its first character
     * @param end after its last
     */
    public record Mark(int start, int end) {}

    public Moment {
        marks = List.copyOf(marks);
        alongside = List.copyOf(alongside);
    }

    static Moment of(VideoEvent event, double score, List<Mark> marks, Why why) {
        return new Moment(event, score, marks, why, List.of(), 1);
    }

    /** Found because of the time alone. */
    static Moment ofTheTime(VideoEvent event) {
        return of(event, 1, List.of(), Why.TIME_ALONE);
    }

    Moment with(List<VideoEvent> others, long all) {
        return new Moment(event, score, marks, why, others, all);
    }

    /** The event's text with each mark between {@code before} and {@code after}; escaping is the caller's. */
    public String highlighted(String before, String after) {
        StringBuilder words = new StringBuilder();
        int done = 0;
        for (Mark mark : marks) {
            words.append(event.text(), done, mark.start())
                    .append(before)
                    .append(event.text(), mark.start(), mark.end())
                    .append(after);
            done = mark.end();
        }
        return words.append(event.text().substring(done)).toString();
    }
}
