// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import dev.longwatch.model.generate.PrefixReader.State;

/**
 * When one thing happens: {@code The given query happens in 3.5 - 9.0 seconds.}, the form Qwen2.5-VL was trained on
 * (spec section 6), or {@code None}.
 *
 * <p>Seconds have one decimal and lie within the clip; the end is after the start. In a clip of less than a tenth of a
 * second nothing can happen.
 */
public final class GroundingGrammar extends ReadGrammar {

    private static final String NONE = "None";

    private final long limit; // tenths of a second

    /** @param clipSeconds the clip's length */
    public GroundingGrammar(double clipSeconds) {
        limit = TimeField.TENTHS.limit(clipSeconds);
    }

    @Override
    State read(String text) {
        PrefixReader reader = new PrefixReader(text);
        if (text.isEmpty() || reader.next('N') || limit < 1) {
            reader.literal(NONE);
            return reader.end();
        }
        reader.literal("The given query happens in ");
        long start = reader.time(TimeField.TENTHS, 0, limit - 1);
        reader.literal(" - ");
        reader.time(TimeField.TENTHS, start + 1, limit);
        reader.literal(" seconds.");
        return reader.end();
    }
}
