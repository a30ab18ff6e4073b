// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.footage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.jobs.ConfigException;

/**
 * A picture or a clip that is wanted, as JSON. Every key must be given and an unknown one is refused: it is written by a
 * program.
 *
 * @param kind what is wanted
 * @param stream name of the video or stream
 * @param uri where the video is, or the recording
 * @param fromMillis the instant of a picture, or where a clip begins; on the video's clock
 * @param toMillis where a clip ends; of no meaning for a picture
 * @param width of a picture in pixels at most; of no meaning for a clip
 * @param out the file to write
 */
record MediaRequest(Kind kind, String stream, String uri, long fromMillis, long toMillis, int width, String out) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** What can be wanted. */
    enum Kind {
        PICTURE,
        CLIP
    }

    /** @throws ConfigException when {@code json} is no request, saying where and why */
    static MediaRequest parse(String json) {
        try {
            return JSON.readValue(json, MediaRequest.class);
        } catch (JsonProcessingException e) {
            throw new ConfigException("no request for a picture or a clip: " + e.getOriginalMessage(), e);
        }
    }
}
