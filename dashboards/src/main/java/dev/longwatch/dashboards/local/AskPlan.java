// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.List;

/**
 * A question with what is known about it, ready for the job's process.
 *
 * @param question in a person's words
 * @param moments that may answer it, the best first
 * @param all whether these are all that were kept of their rules
 * @param parts to look at as a whole; none to look only where moments are
 * @param within nothing outside of this counts
 * @param wallClock whether that is milliseconds since 1970 UTC, and not on the video's clock
 * @param model a checkpoint directory; empty for the embedded model
 */
public record AskPlan(
        String question,
        List<VideoEvent> moments,
        boolean all,
        List<Part> parts,
        TimeSpan within,
        boolean wallClock,
        String model) {

    /** Two pictures a second, as videos are watched. */
    private static final int FRAMES_PER_SECOND = 2;

    /** Clips round the best moments: minutes of footage, and as long to wait on a processor. */
    private static final int MOST_CLIPS = 24;

    /** An hour. */
    private static final int MOST_CLIPS_OF_PARTS = 258;

    /**
     * A part of a video that is looked at.
     *
     * @param uri where the video is
     * @param span on the video's clock
     */
    public record Part(String stream, String uri, TimeSpan span) {}

    /** The process's configuration, JSON on one line. */
    public String json() {
        ObjectNode config = new ObjectMapper()
                .createObjectNode()
                .put("question", question)
                .put("all", all)
                .put("fromMillis", within.startMillis())
                .put("toMillis", within.endMillis())
                .put("wallClock", wallClock)
                .put("model", model)
                .put("framesPerSecond", FRAMES_PER_SECOND)
                .put("mostClips", parts.isEmpty() ? MOST_CLIPS : MOST_CLIPS_OF_PARTS);
        config.putArray("moments");
        moments.forEach(moment -> config.withArray("moments")
                .addObject()
                .put("stream", moment.stream())
                .put("uri", moment.uri())
                .put("rule", moment.rule())
                .put("text", moment.text())
                .put("startMillis", moment.span().startMillis())
                .put("endMillis", moment.span().endMillis())
                .put("recordedAtMillis", moment.recordedAtMillis())
                .put("confidence", moment.confidence()));
        config.putArray("parts");
        parts.forEach(part -> config.withArray("parts")
                .addObject()
                .put("stream", part.stream())
                .put("uri", part.uri())
                .put("fromMillis", part.span().startMillis())
                .put("toMillis", part.span().endMillis()));
        return config.toString();
    }
}
