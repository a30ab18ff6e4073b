// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.jobs.ConfigException;
import java.util.List;

/**
 * What is wanted of a stream's footage, as JSON. Every key must be given and an unknown one is refused: it is written by a
 * program.
 *
 * @param root of all recordings
 * @param stream its name
 * @param pin whether to say anew what stays
 * @param pins stretches that stay whatever their age
 * @param forget stretches to delete; none when there is nothing to delete
 * @param spared stretches of which nothing is deleted now
 * @param dryRun whether only to say what would be deleted
 */
record FootageConfig(
        String root,
        String stream,
        boolean pin,
        List<Wishes.Span> pins,
        List<Wishes.Span> forget,
        List<Wishes.Span> spared,
        boolean dryRun) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** @throws ConfigException when {@code json} is not a configuration, saying where and why */
    static FootageConfig parse(String json) {
        try {
            return JSON.readValue(json, FootageConfig.class);
        } catch (JsonProcessingException e) {
            throw new ConfigException("not what is wanted of footage: " + e.getOriginalMessage(), e);
        }
    }
}
