// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.indexer.event.TimeSpan;
import java.nio.file.Path;
import java.util.List;

/**
 * A question about a video with its true answer.
 *
 * @param place file and line it was read from, for a person
 * @param video as the file names it
 * @param path where the video should be
 * @param query in plain words; empty when everything that happens is asked for
 * @param group what the query is counted with; empty for none
 * @param spans the true moments by start; none when the query's content does not occur. Empty for {@code events}
 * @param events everything that happens, when that is asked for
 */
public record Label(
        String place, String video, Path path, String query, String group, List<TimeSpan> spans, List<Caption> events) {

    public Label {
        spans = List.copyOf(spans);
        events = List.copyOf(events);
    }

    /** Whether everything that happens is asked for. */
    public boolean dense() {
        return query.isEmpty();
    }

    /** Whether the query's content occurs. */
    public boolean present() {
        return !spans.isEmpty();
    }
}
