// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkpoint's {@code preprocessor_config.json}, as far as it says how pictures become patches (spec section 4.1,
 * 4.2). Every value must be in the file: the reference's class defaults differ from what checkpoints were trained with.
 *
 * @param minPixels smallest area of a picture: {@code min_pixels} or {@code size.shortest_edge}
 * @param maxPixels largest area of a picture: {@code max_pixels} or {@code size.longest_edge}
 * @param imageMean subtracted from red, green and blue, which run from 0 to 1
 * @param imageStd what red, green and blue are divided by afterwards
 * @param patchSize side of a patch in pixels
 * @param mergeSize side of a merge unit in patches
 * @param temporalPatchSize frames in a patch
 */
public record PreprocessorConfig(
        long minPixels,
        long maxPixels,
        List<Double> imageMean,
        List<Double> imageStd,
        int patchSize,
        int mergeSize,
        int temporalPatchSize) {

    public static final String FILE_NAME = "preprocessor_config.json";

    public PreprocessorConfig {
        imageMean = List.copyOf(imageMean);
        imageStd = List.copyOf(imageStd);
        if (imageMean.size() != 3 || imageStd.size() != 3 || imageStd.contains(0.0)) {
            throw new IllegalArgumentException("expected image_mean and image_std of 3 numbers, none of the latter 0,"
                    + " found " + imageMean + " and " + imageStd);
        }
        if (patchSize < 1 || mergeSize < 1 || temporalPatchSize < 1) {
            throw new IllegalArgumentException("expected positive patch, merge and temporal patch sizes, found "
                    + patchSize + ", " + mergeSize + " and " + temporalPatchSize);
        }
    }

    /** Reads the file of a checkpoint folder. */
    public static PreprocessorConfig read(Path checkpoint) {
        Path file = checkpoint.resolve(FILE_NAME);
        try {
            return parse(new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    private static PreprocessorConfig parse(JsonNode json) {
        return new PreprocessorConfig(
                area(json, "min_pixels", "shortest_edge"),
                area(json, "max_pixels", "longest_edge"),
                numbers(json, "image_mean"),
                numbers(json, "image_std"),
                (int) whole(json, "patch_size"),
                (int) whole(json, "merge_size"),
                (int) whole(json, "temporal_patch_size"));
    }

    private static long area(JsonNode json, String key, String edge) {
        if (json.hasNonNull(key)) {
            return whole(json, key);
        }
        if (json.path("size").hasNonNull(edge)) {
            return whole(json.path("size"), edge);
        }
        throw new IllegalArgumentException("expected " + key + " or size." + edge + ", found neither");
    }

    private static long whole(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw new IllegalArgumentException("expected a whole number for " + key + ", found " + found(value));
        }
        return value.longValue();
    }

    private static List<Double> numbers(JsonNode json, String key) {
        List<Double> numbers = new ArrayList<>();
        for (JsonNode value : json.path(key)) {
            if (!value.isNumber()) {
                throw new IllegalArgumentException("expected numbers in " + key + ", found " + value);
            }
            numbers.add(value.doubleValue());
        }
        return numbers;
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }

    /** The rule by which pictures are fitted for this checkpoint. */
    public SmartResize resize() {
        return new SmartResize(patchSize * mergeSize, minPixels, maxPixels);
    }
}
