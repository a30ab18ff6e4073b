// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.stitch;

import dev.longwatch.jobs.ground.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns what was seen, clip by clip, into when it was not: the same clips with the stretches of the absence as their
 * moments. Plain logic without Flink.
 *
 * <p>A clip is judged up to where the next one begins, so that the stretches of neighbouring clips touch and a second that
 * two clips show counts as an absence only when neither saw anything. A clip that was not wholly watched says nothing.
 */
public final class Absence {

    private List<Sighting.Moment> seen;

    /** @param seen what the clip before saw beyond the stretch it was judged for */
    public Absence(List<Sighting.Moment> seen) {
        this.seen = List.copyOf(seen);
    }

    /** What the last clip saw and the next one is judged by, too. */
    List<Sighting.Moment> seen() {
        return seen;
    }

    /** Takes the clip after the last one; what it returns counts at any threshold. */
    public Sighting take(Sighting sighting) {
        List<Sighting.Moment> present = new ArrayList<>(seen);
        for (Sighting.Moment moment : sighting.moments()) {
            if (moment.probability() >= sighting.rule().threshold()) {
                present.add(moment);
            }
        }
        present.sort(Comparator.comparingLong(Sighting.Moment::startMillis));
        long untilMillis = sighting.last()
                ? sighting.endMillis()
                : Math.max(sighting.startMillis(), sighting.endMillis() - sighting.overlapMillis());
        seen = present.stream()
                .filter(moment -> moment.endMillis() > untilMillis)
                .toList();
        List<Sighting.Moment> absent = sighting.watched() ? between(sighting, present, untilMillis) : List.of();
        return new Sighting(
                sighting.stream(),
                sighting.uri(),
                sighting.recordedAtMillis(),
                sighting.rule().withThreshold(0),
                sighting.sequences(),
                sighting.ordinal(),
                sighting.startMillis(),
                sighting.endMillis(),
                sighting.overlapMillis(),
                sighting.since(),
                sighting.last(),
                sighting.watched(),
                sighting.probability(),
                absent.toArray(Sighting.Moment[]::new),
                sighting.model(),
                sighting.framesPerSecond(),
                sighting.sampling());
    }

    private static List<Sighting.Moment> between(Sighting sighting, List<Sighting.Moment> present, long untilMillis) {
        // the surer the model is of where it was, the surer it is of where it was not
        double probability =
                present.stream().mapToDouble(Sighting.Moment::probability).max().orElse(1 - sighting.probability());
        String text = "not: " + sighting.rule().when();
        List<Sighting.Moment> absent = new ArrayList<>();
        long fromMillis = sighting.startMillis();
        for (Sighting.Moment moment : present) {
            if (Math.min(moment.startMillis(), untilMillis) > fromMillis) {
                absent.add(new Sighting.Moment(
                        fromMillis, Math.min(moment.startMillis(), untilMillis), text, probability));
            }
            fromMillis = Math.max(fromMillis, moment.endMillis());
        }
        if (untilMillis > fromMillis) {
            absent.add(new Sighting.Moment(fromMillis, untilMillis, text, probability));
        }
        return absent;
    }
}
