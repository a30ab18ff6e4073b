// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;

/**
 * A picture or a clip to make, ready for the process that does.
 *
 * @param kind {@code PICTURE} or {@code CLIP}
 * @param stream name of the video or stream
 * @param uri where the video is, or the recording
 * @param fromMillis the instant of a picture, or where a clip begins; on the video's clock
 * @param toMillis where a clip ends
 * @param width of a picture in pixels at most
 */
public record MediaPlan(String kind, String stream, String uri, long fromMillis, long toMillis, int width) {

    public static MediaPlan picture(String stream, String uri, long atMillis, int width) {
        return new MediaPlan("PICTURE", stream, uri, atMillis, atMillis, width);
    }

    public static MediaPlan clip(String stream, String uri, long fromMillis, long toMillis) {
        return new MediaPlan("CLIP", stream, uri, fromMillis, toMillis, 0);
    }

    /**
     * The process's request, JSON on one line.
     *
     * @param out the file to write
     */
    public String json(Path out) {
        return new ObjectMapper()
                .createObjectNode()
                .put("kind", kind)
                .put("stream", stream)
                .put("uri", uri)
                .put("fromMillis", fromMillis)
                .put("toMillis", toMillis)
                .put("width", width)
                .put("out", out.toString())
                .toString();
    }
}
