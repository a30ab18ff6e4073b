// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.event.TimeSpan;
import java.util.List;

/**
 * What the model said of a clip in its own words.
 *
 * @param text with the seconds it cites on the video's clock
 * @param cited those seconds; none when it cites none
 */
public record FreeAnswer(String text, List<TimeSpan> cited) {

    public FreeAnswer {
        cited = List.copyOf(cited);
    }
}
