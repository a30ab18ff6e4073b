// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.Box;
import java.util.List;

/**
 * What one question saw in one clip, on the video's clock. There is one for every clip and rule, also when nothing was
 * seen or the clip could not be read: the stitcher goes on from clip to clip.
 *
 * @param stream the video's name
 * @param uri where the video is
 * @param recordedAtMillis wall clock of the video's first picture, milliseconds since 1970 UTC
 * @param rule what was asked; {@link Ground#DESCRIBE} for a dense caption
 * @param sequences the sequences that the rule is a step of
 * @param ordinal which clip of the video's grid; of a recording, whose grid may change, where the clip ends
 * @param startMillis of the clip
 * @param endMillis of the clip
 * @param overlapMillis how much of the clip is seen again by the next one
 * @param since the first clip of the video that was asked this; those before it are not waited for
 * @param last whether nothing of the video is asked this after this clip
 * @param watched whether every second of the clip was looked at and the answer could be read: only then does nothing seen
 *     mean that nothing was there
 * @param probability that it occurs anywhere in the clip, 0 to 1; 0 when the model was not asked
 * @param moments what was seen, by start; empty when nothing was
 * @param model fingerprint of the model that answered; empty when it was not asked
 * @param framesPerSecond at which rate the clip was sampled
 * @param sampling why at that rate, for a person
 */
public record Sighting(
        String stream,
        String uri,
        long recordedAtMillis,
        AlertRule rule,
        AlertRule[] sequences,
        long ordinal,
        long startMillis,
        long endMillis,
        long overlapMillis,
        long since,
        boolean last,
        boolean watched,
        double probability,
        Moment[] moments,
        String model,
        double framesPerSecond,
        String sampling) {

    /**
     * One thing seen.
     *
     * @param startMillis on the video's clock
     * @param endMillis on the video's clock
     * @param text what, in words
     * @param probability that it occurs, 0 to 1
     * @param boxes where in a picture of it it is; none when the model was not asked
     */
    public record Moment(long startMillis, long endMillis, String text, double probability, List<Box> boxes) {

        public Moment {
            boxes = Box.orNone(boxes);
        }

        public Moment(long startMillis, long endMillis, String text, double probability) {
            this(startMillis, endMillis, text, probability, List.of());
        }

        Moment with(List<Box> seen) {
            return new Moment(startMillis, endMillis, text, probability, seen);
        }
    }

    /** The same with these moments. */
    Sighting with(Moment[] seen) {
        return new Sighting(
                stream,
                uri,
                recordedAtMillis,
                rule,
                sequences,
                ordinal,
                startMillis,
                endMillis,
                overlapMillis,
                since,
                last,
                watched,
                probability,
                seen,
                model,
                framesPerSecond,
                sampling);
    }
}
