// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import java.util.Optional;

/**
 * What came of one question about one clip.
 *
 * @param sighting what was seen, on the video's clock
 * @param probability that it occurs, 0 to 1, also when nothing was seen; 0 when the model was not asked
 * @param text the answer word for word; empty when the model was not asked
 * @param readable whether the answer could be understood
 * @param refusal why the model cannot be asked this, if it cannot
 */
public record Reply(Sighting sighting, double probability, String text, boolean readable, Optional<String> refusal) {

    /** The same with what else is known of what was seen. */
    Reply with(Sighting more) {
        return new Reply(more, probability, text, readable, refusal);
    }
}
