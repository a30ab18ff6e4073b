// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.model.Box;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the spatial grounding answer of Qwen2.5-VL (spec section 6): a list of {@code {"bbox_2d": [left, top, right, bottom],
 * "label": …}}, or one such object, in pixels of the picture the model was given. A list that was cut off keeps its whole
 * boxes; what lies outside of the picture is cut away.
 */
public final class JsonBoxes {

    private static final int CORNERS = 4;

    private JsonBoxes() {}

    /**
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     * @return an empty list when the model says that there is nothing; nothing when the answer cannot be read
     */
    public static Optional<List<Box>> read(String text, int width, int height) {
        List<JsonNode> said = new ArrayList<>();
        boolean whole = addAll(text, said);
        List<Box> boxes =
                said.stream().flatMap(each -> box(each, width, height).stream()).toList();
        return boxes.isEmpty() && !(whole && said.isEmpty()) ? Optional.empty() : Optional.of(boxes);
    }

    /** Adds as far as it goes; whether that was to the end. */
    private static boolean addAll(String text, List<JsonNode> said) {
        try {
            Optional<JsonParser> found = LenientJson.in(text);
            if (found.isEmpty()) {
                return false;
            }
            try (JsonParser json = found.get()) {
                if (json.nextToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        JsonNode each = json.readValueAsTree();
                        said.add(each);
                    }
                } else {
                    JsonNode only = json.readValueAsTree();
                    said.add(only);
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Box> box(JsonNode said, int width, int height) {
        JsonNode corners = said.path("bbox_2d");
        if (corners.size() != CORNERS) {
            return Optional.empty();
        }
        double left = share(corners.get(0), width);
        double top = share(corners.get(1), height);
        double right = share(corners.get(2), width);
        double bottom = share(corners.get(3), height);
        return left < right && top < bottom
                ? Optional.of(new Box(said.path("label").asText().strip(), left, top, right, bottom))
                : Optional.empty();
    }

    /** Not a number for what is none, which no comparison holds for. */
    private static double share(JsonNode pixels, int of) {
        return pixels.isNumber() ? Math.min(Math.max(pixels.asDouble() / of, 0), 1) : Double.NaN;
    }
}
