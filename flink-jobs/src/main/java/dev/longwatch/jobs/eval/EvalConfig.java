// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.jobs.ConfigException;

/**
 * What is measured, as JSON. Every key must be given and an unknown one is refused: it is written by a program.
 *
 * @param labels the file with the true moments
 * @param format name of a {@link LabelFormat} in lower case; empty to tell by the content
 * @param videos where the videos are that the labels name without a folder; empty for the labels' own folder
 * @param model a checkpoint directory; empty for the embedded model
 * @param prompt name of a {@code Prompt} in lower case; empty for the one that suits the format
 * @param framesPerSecond how many pictures a second to look at, 0.5 to 8
 * @param uneven whether gaps between pictures are drawn at random
 * @param seed from which they are drawn
 * @param byChange whether pictures without a change near them are left out, see {@code ByChange}
 * @param minPixels least area of a picture; 0 for the checkpoint's own limits
 * @param totalPixels most pixels of all pictures, see {@code VideoBudget}; 0 for the checkpoint's own limits
 * @param wholeMillis a video up to this long is asked about as one clip; 0 for what suits the model
 */
public record EvalConfig(
        String labels,
        String format,
        String videos,
        String model,
        String prompt,
        double framesPerSecond,
        boolean uneven,
        long seed,
        boolean byChange,
        long minPixels,
        long totalPixels,
        long wholeMillis) {

    private static final double SLOWEST = 0.5;
    private static final double FASTEST = 8;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    public EvalConfig {
        if (!(framesPerSecond >= SLOWEST && framesPerSecond <= FASTEST)) {
            throw new ConfigException(
                    "expected " + SLOWEST + " to " + FASTEST + " frames a second, found " + framesPerSecond);
        }
        if (minPixels < 0 || totalPixels < 0 || (minPixels == 0) != (totalPixels == 0) || totalPixels < minPixels) {
            throw new ConfigException("expected a least and a total number of pixels, the total not less, or neither;"
                    + " found " + minPixels + " and " + totalPixels);
        }
        if (wholeMillis != 0 && wholeMillis < 1_000) {
            throw new ConfigException("expected clips of at least a second, found " + wholeMillis + " ms");
        }
    }

    /** @throws ConfigException when {@code json} is not a configuration, saying where and why */
    public static EvalConfig parse(String json) {
        try {
            return JSON.readValue(json, EvalConfig.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof ConfigException refusal) {
                throw refusal;
            }
            throw new ConfigException("not an evaluation's configuration: " + e.getOriginalMessage(), e);
        }
    }
}
