// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import dev.longwatch.model.generate.PrefixReader.State;

/**
 * What happens when, as Qwen2.5-VL answers its dense caption prompt (spec section 6): a fenced JSON list, one event to a
 * line.
 *
 * <pre>
 * ```json
 * [
 * {"start_time": "00:00.00", "end_time": "00:21.80", "description": "A person opens the door."},
 * {"start_time": "00:21.80", "end_time": "00:30.00", "description": "The person leaves."}
 * ]
 * ```</pre>
 *
 * <p>Events stand by their start, lie within the clip and end after they start; there are at most 64, and a description
 * has 1 to 200 characters. Nothing at all is {@code []} on one line.
 */
public final class CaptionGrammar extends ReadGrammar {

    static final int MOST_EVENTS = 64;
    static final int MOST_CHARACTERS = 200;

    private final long limit; // hundredths of a second

    /** @param clipSeconds the clip's length */
    public CaptionGrammar(double clipSeconds) {
        limit = TimeField.CLOCK.limit(clipSeconds);
    }

    @Override
    State read(String text) {
        PrefixReader reader = new PrefixReader(text);
        reader.literal("```json\n[");
        if (reader.going() && !reader.ended() && (reader.next(']') || limit < 1)) {
            reader.literal("]\n```");
            return reader.end();
        }
        reader.literal("\n");
        long start = event(reader, 0);
        for (int events = 1; events < MOST_EVENTS && reader.next(','); events++) {
            reader.literal(",\n");
            start = event(reader, start);
        }
        if (reader.going()) {
            reader.literal("\n]\n```");
        }
        return reader.end();
    }

    /** Reads one event that starts at {@code least} or later, and returns its start. */
    private long event(PrefixReader reader, long least) {
        reader.literal("{\"start_time\": \"");
        long start = reader.time(TimeField.CLOCK, least, limit - 1);
        reader.literal("\", \"end_time\": \"");
        reader.time(TimeField.CLOCK, start + 1, limit);
        reader.literal("\", \"description\": \"");
        reader.quoted(MOST_CHARACTERS);
        reader.literal("}");
        return start;
    }
}
