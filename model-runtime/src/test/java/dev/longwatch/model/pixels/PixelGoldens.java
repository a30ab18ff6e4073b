// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.IntStream;

/** What the reference made of the same input; {@code src/test/parity/make_pixel_goldens.py} wrote it. */
final class PixelGoldens {

    private PixelGoldens() {}

    static JsonNode read(String part) throws IOException {
        try (InputStream in = PixelGoldens.class.getResourceAsStream("/goldens/pixels.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in)).required(part);
        }
    }

    static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size())
                .map(i -> array.get(i).intValue())
                .toArray();
    }
}
