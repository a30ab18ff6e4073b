// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.ConfigException;
import java.util.List;

/**
 * A question and what is known that may answer it, as JSON. Every key must be given and an unknown one is refused: it is
 * written by a program.
 *
 * @param question in a person's words
 * @param moments that were kept and may have to do with it, the best first
 * @param all whether these are all that were kept of their rules
 * @param parts to look at as a whole, whatever was kept; none to look only where moments are
 * @param fromMillis nothing before this counts
 * @param toMillis nothing after this counts; {@link Long#MAX_VALUE} for no end
 * @param wallClock whether those two are milliseconds since 1970 UTC, and not on the video's clock
 * @param model a checkpoint directory; empty for the embedded model
 * @param framesPerSecond how many pictures a second to look at
 * @param mostClips how many clips to look at, at most
 */
public record AskConfig(
        String question,
        List<Moment> moments,
        boolean all,
        List<Part> parts,
        long fromMillis,
        long toMillis,
        boolean wallClock,
        String model,
        double framesPerSecond,
        int mostClips) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /**
     * A moment that was kept.
     *
     * @param rule its name; {@code describe} for a dense caption
     * @param text what was seen
     * @param startMillis on the video's clock
     * @param endMillis on the video's clock
     * @param recordedAtMillis wall clock of the video's first picture, milliseconds since 1970 UTC
     */
    public record Moment(
            String stream,
            String uri,
            String rule,
            String text,
            long startMillis,
            long endMillis,
            long recordedAtMillis,
            double confidence) {

        Seen seen() {
            return new Seen(stream, uri, text, new TimeSpan(startMillis, endMillis), recordedAtMillis, confidence);
        }
    }

    /**
     * A part of a video.
     *
     * @param fromMillis on the video's clock
     * @param toMillis on the video's clock; {@link Long#MAX_VALUE} for the end of a file
     */
    public record Part(String stream, String uri, long fromMillis, long toMillis) {}

    public AskConfig {
        moments = List.copyOf(moments);
        parts = List.copyOf(parts);
        if (question.isBlank()) {
            throw new ConfigException("expected a question, found none");
        }
        if (!(framesPerSecond > 0) || mostClips < 1) {
            throw new ConfigException("expected pictures and clips to look at, found " + framesPerSecond
                    + " a second and " + mostClips + " clips");
        }
        if (toMillis < fromMillis) {
            throw new ConfigException(
                    "expected an end not before the beginning, found " + fromMillis + " ms to " + toMillis + " ms");
        }
    }

    /** @throws ConfigException when {@code json} is not a configuration, saying where and why */
    public static AskConfig parse(String json) {
        try {
            return JSON.readValue(json, AskConfig.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof ConfigException refusal) {
                throw refusal;
            }
            throw new ConfigException("not a question's configuration: " + e.getOriginalMessage(), e);
        }
    }

    /** Whether a moment counts. */
    boolean counts(Seen moment) {
        long zero = wallClock ? moment.recordedAtMillis() : 0;
        return zero + moment.span().endMillis() >= fromMillis
                && zero + moment.span().startMillis() <= toMillis;
    }
}
