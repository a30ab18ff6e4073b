// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants measured, ready for the job's process.
 *
 * @param labels the file with the true moments
 * @param format of the labels; null to tell by the content
 * @param videos where the videos are; null for the labels' own folder
 * @param model a checkpoint directory; null for the embedded model
 * @param prompt how to ask; null for what suits the format
 * @param framesPerSecond how many pictures a second to look at
 * @param unevenSeed from which gaps between pictures are drawn; null for even ones
 * @param byChange whether pictures without a change near them are left out
 * @param minPixels least area of a picture; 0 for the checkpoint's own limits
 * @param totalPixels most pixels of all pictures; 0 for the checkpoint's own limits
 * @param wholeSeconds a video up to this long is asked about as one clip; 0 for what suits the model
 */
public record EvalPlan(
        Path labels,
        @Nullable String format,
        @Nullable Path videos,
        @Nullable Path model,
        @Nullable String prompt,
        double framesPerSecond,
        @Nullable Long unevenSeed,
        boolean byChange,
        long minPixels,
        long totalPixels,
        double wholeSeconds) {

    /** The process's configuration, JSON on one line. */
    public String json() {
        return new ObjectMapper()
                .createObjectNode()
                .put("labels", labels.toString())
                .put("format", format == null ? "" : format)
                .put("videos", absolute(videos))
                .put("model", absolute(model))
                .put("prompt", prompt == null ? "" : prompt)
                .put("framesPerSecond", framesPerSecond)
                .put("uneven", unevenSeed != null)
                .put("seed", unevenSeed == null ? 0 : unevenSeed)
                .put("byChange", byChange)
                .put("minPixels", minPixels)
                .put("totalPixels", totalPixels)
                .put("wholeMillis", Math.round(wholeSeconds * 1_000))
                .toString();
    }

    private static String absolute(@Nullable Path path) {
        return path == null ? "" : path.toAbsolutePath().normalize().toString();
    }
}
