// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.sample.SampledFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Some seconds of a video with the questions to ask about them. Every clip of the grid is made, also one that could not
 * be read: what was not watched is data.
 *
 * @param stream the video's name, as a person filters by it
 * @param uri where the video is
 * @param recordedAtMillis wall clock of the video's first picture, milliseconds since 1970 UTC
 * @param videoMillis length of the video as far as it is known, 0 when it is not
 * @param ordinal which clip of the video's grid, from 0
 * @param startMillis of the clip on the video's clock
 * @param endMillis of the clip on the video's clock; for the last clip where the video really ends
 * @param overlapMillis how much of it is seen again by the next one
 * @param recording whether it is of a recording: its clips come in order, none waits for one before it, and {@code ordinal}
 *     may go back when the grid changes; its end never does
 * @param since the first clip of the video that is asked these questions; those from there on may come in any order
 * @param last whether nothing of the video is watched after this clip
 * @param frames in order of time; none when nothing could be read
 * @param holes beginnings and ends, in turns, of stretches in which the video has no pictures, on the video's clock
 * @param problem why seconds of this clip were not watched, for a person; empty when all were
 * @param givenUp whether nobody looks at these seconds because the analysis cannot keep up; it then stands for all clips
 *     from its start to its end
 * @param rules what to ask
 * @param ended what was asked of the clip before and is not asked any more
 * @param sequences the sequences that hold for the stream: rules composed of others' events
 * @param describe whether to ask for a dense caption besides
 * @param framesPerSecond how many frames it has for each second, on average
 * @param sampling why so many, for a person
 */
public record VideoClip(
        String stream,
        String uri,
        long recordedAtMillis,
        long videoMillis,
        long ordinal,
        long startMillis,
        long endMillis,
        long overlapMillis,
        boolean recording,
        long since,
        boolean last,
        SampledFrame[] frames,
        long[] holes,
        String problem,
        boolean givenUp,
        AlertRule[] rules,
        AlertRule[] ended,
        AlertRule[] sequences,
        boolean describe,
        double framesPerSecond,
        String sampling) {

    /** The rule under which dense captions are kept. */
    public static final AlertRule DESCRIBE = new AlertRule("describe", "describe", 0, 0, AlertRule.MERGE_MILLIS);

    /** All that is asked: the rules, and {@link #DESCRIBE} last where it is wanted. */
    public List<AlertRule> asked() {
        return asked(rules, describe);
    }

    static List<AlertRule> asked(AlertRule[] rules, boolean describe) {
        List<AlertRule> asked = new ArrayList<>(List.of(rules));
        if (describe) {
            asked.add(DESCRIBE);
        }
        return List.copyOf(asked);
    }

    /** The same clip with its pictures let go. */
    public VideoClip withoutFrames() {
        return new VideoClip(
                stream,
                uri,
                recordedAtMillis,
                videoMillis,
                ordinal,
                startMillis,
                endMillis,
                overlapMillis,
                recording,
                since,
                last,
                new SampledFrame[0],
                holes,
                problem,
                givenUp,
                rules,
                ended,
                sequences,
                describe,
                framesPerSecond,
                sampling);
    }
}
