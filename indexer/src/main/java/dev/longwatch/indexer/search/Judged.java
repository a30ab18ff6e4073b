// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How sure the alerts of a rule were of which people have said what they turned out to be.
 *
 * @param trueAlarms of each that was right, its confidence
 * @param falseAlarms of each that was not
 */
public record Judged(List<Double> trueAlarms, List<Double> falseAlarms) {

    public static final Judged NONE = new Judged(List.of(), List.of());

    /** Fewer say nothing. */
    private static final int ENOUGH = 5;

    public Judged {
        trueAlarms = List.copyOf(trueAlarms);
        falseAlarms = List.copyOf(falseAlarms);
    }

    static Judged of(boolean right, double confidence) {
        List<Double> one = List.of(confidence);
        return right ? new Judged(one, List.of()) : new Judged(List.of(), one);
    }

    Judged and(Judged other) {
        return new Judged(
                Stream.concat(trueAlarms.stream(), other.trueAlarms.stream()).toList(),
                Stream.concat(falseAlarms.stream(), other.falseAlarms.stream()).toList());
    }

    /** How many there are. */
    public int count() {
        return trueAlarms.size() + falseAlarms.size();
    }

    /** Nothing when nobody has judged any. */
    public Optional<Precision> precision() {
        return count() == 0 ? Optional.empty() : Optional.of(Precision.of(trueAlarms.size(), count()));
    }

    /**
     * The threshold, in hundredths, with which the fewest of these would have come out wrong: false alarms raised and true
     * ones missed. Nothing unless {@value #ENOUGH} or more were judged and another threshold than the one they had is better:
     * what a lower one would have raised nobody knows.
     *
     * @param threshold of the rule now
     */
    public OptionalDouble suggestedThreshold(double threshold) {
        if (count() < ENOUGH) {
            return OptionalDouble.empty();
        }
        double best = threshold;
        long fewest = wrong(threshold);
        double[] above = DoubleStream.iterate(Math.ceil(threshold * 100), hundredth -> hundredth <= 99, h -> h + 1)
                .map(hundredth -> hundredth / 100)
                .toArray();
        for (double each : above) {
            long wrong = wrong(each);
            if (wrong < fewest) {
                fewest = wrong;
                best = each;
            }
        }
        return best > threshold ? OptionalDouble.of(best) : OptionalDouble.empty();
    }

    private long wrong(double threshold) {
        return trueAlarms.stream().filter(confidence -> confidence < threshold).count()
                + falseAlarms.stream()
                        .filter(confidence -> confidence >= threshold)
                        .count();
    }
}
