// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation came to: what was measured, how, and the figures.
 *
 * @param labels the file
 * @param format of the labels
 * @param prompt how the model was asked
 * @param model fingerprint
 * @param framesPerSecond how many pictures a second were looked at
 * @param unevenSeed from which gaps between pictures were drawn; null when they were even
 * @param byChange whether pictures without a change near them were left out
 * @param minPixels least area of a picture; null for the checkpoint's own limits
 * @param totalPixels most pixels of all pictures; null for the checkpoint's own limits
 * @param wholeSeconds videos up to this long were asked about as one clip
 * @param stopped whether it was stopped before the last video
 * @param videoSeconds length of the videos that were measured
 * @param pictures how many were looked at
 * @param wallSeconds how long that took, the model's loading not counted
 * @param realTimeFactor seconds of video in a second
 * @param problems what was left out and why, one sentence each
 */
@JsonNaming(SnakeCaseStrategy.class)
record EvalResult(
        String labels,
        String format,
        String prompt,
        String model,
        double framesPerSecond,
        @Nullable Long unevenSeed,
        boolean byChange,
        @Nullable Long minPixels,
        @Nullable Long totalPixels,
        double wholeSeconds,
        boolean stopped,
        Videos videos,
        Queries queries,
        double videoSeconds,
        long pictures,
        double wallSeconds,
        double realTimeFactor,
        Figures figures,
        List<String> problems) {

    /**
     * How many videos.
     *
     * @param total in the labels
     * @param whole asked about as one clip
     * @param onTheGrid watched clip by clip and stitched
     * @param unwatched could not be watched
     * @param partly of those measured: could not be watched in full
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Videos(int total, int measured, int whole, int onTheGrid, int unwatched, int partly) {}

    /**
     * How many questions, dense captions among them.
     *
     * @param total in the labels
     * @param measured answered; the figures rest on these
     * @param refused never asked: the model was taught none of their words
     * @param unreadable of those measured: the answer could not be understood, and counts as nothing found
     * @param severalMoments of those measured: answered in free words with more than one moment, of which the first counts
     * @param beyondTheEnd of those measured: the true moment ends after the video
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Queries(int total, int measured, int refused, int unreadable, int severalMoments, int beyondTheEnd) {}
}
