// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sheet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.jobs.ConfigException;
import java.util.List;

/**
 * What a contact sheet shows, as JSON. Every key must be given and an unknown one is refused: it is written by a program.
 *
 * @param title of the page
 * @param note under the title, a sentence
 * @param stream name of the video or stream
 * @param uri where the video is, or the recording
 * @param moments in the order they are shown
 * @param probabilities of every clip that was looked at, that it shows what was asked for, 0 to 1
 * @param threshold which of them count
 * @param out the file to write
 */
record SheetConfig(
        String title,
        String note,
        String stream,
        String uri,
        List<Moment> moments,
        List<Double> probabilities,
        double threshold,
        String out) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /**
     * One row of the sheet.
     *
     * @param startMillis on the video's clock
     * @param endMillis on the video's clock
     * @param text what was found
     * @param confidence 0 to 1
     */
    record Moment(long startMillis, long endMillis, String text, double confidence) {}

    /** @throws ConfigException when {@code json} is not a configuration, saying where and why */
    static SheetConfig parse(String json) {
        try {
            return JSON.readValue(json, SheetConfig.class);
        } catch (JsonProcessingException e) {
            throw new ConfigException("not a contact sheet: " + e.getOriginalMessage(), e);
        }
    }
}
