// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.indexer.event.TimeSpan;
import java.util.List;

/**
 * How a question came out.
 *
 * @param found what was found, by start; none when nothing was. Empty for a dense caption
 * @param captions what was described, for a dense caption
 * @param probability that the content occurs, 0 to 1: the highest of the clips
 * @param answer the model's words; those of several clips on a line each
 * @param moments how many the answer named, as far as it is one answer
 * @param readable whether every answer could be understood
 */
public record Outcome(
        Label label,
        List<TimeSpan> found,
        List<Caption> captions,
        double probability,
        String answer,
        int moments,
        boolean readable) {

    public Outcome {
        found = List.copyOf(found);
        captions = List.copyOf(captions);
    }

    /** Intersection over union of the true and the found seconds, 0 when either is missing. */
    public double iou() {
        return Overlap.iou(label.spans(), found);
    }
}
