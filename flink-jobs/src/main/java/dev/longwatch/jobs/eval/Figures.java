// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a model did, in figures. Shares are from 0 to 1, times in seconds. {@link Measuring} works them out and says what
 * each means.
 *
 * @param grounding null when no query was measured
 * @param groups by the labels' own grouping, in the order of the labels; empty when they have none
 * @param rules by query text, in the order of the labels
 * @param calibration null when the prompt tells no probability
 * @param captions null when no dense caption was measured
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Figures(
        @Nullable Grounding grounding,
        List<Rule> groups,
        List<Rule> rules,
        @Nullable Calibration calibration,
        @Nullable Captions captions) {

    /** Intersections over union at which recall is published. */
    static final List<Double> PUBLISHED = List.of(0.3, 0.5, 0.7);

    /** At which a moment counts as found. */
    static final double FOUND = 0.5;

    /**
     * All queries together.
     *
     * @param present queries whose content occurs
     * @param absent queries whose content does not
     * @param meanIou over present queries; a missed one counts 0
     * @param recallAt1 R1@0.3, 0.5 and 0.7 over present queries
     * @param medianBoundaryError over present queries that were answered with a moment, seconds
     * @param meanBoundaryError the same
     * @param precision of the moments found
     * @param recall of the true moments
     * @param f1 their harmonic mean
     * @param falseAlarms share of absent queries that were answered with a moment
     * @param missed share of present queries that were answered with none
     * @param curve recall by least intersection over union, 0.05 to 1
     * @param borders how far off the borders are
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Grounding(
            long present,
            long absent,
            Estimate meanIou,
            List<RecallAt> recallAt1,
            Estimate medianBoundaryError,
            Estimate meanBoundaryError,
            Estimate precision,
            Estimate recall,
            Estimate f1,
            Estimate falseAlarms,
            Estimate missed,
            List<RecallAt> curve,
            Borders borders) {}

    /** The share of present queries whose answer overlaps the truth by at least {@code iou}. */
    public record RecallAt(double iou, Estimate recall) {}

    /**
     * A histogram of found minus true borders: bin {@code i} begins at {@code from + i * width}; what lies beyond is counted
     * in the outermost bins.
     *
     * @param from seconds
     * @param width seconds
     */
    public record Borders(double from, double width, long[] starts, long[] ends) {}

    /**
     * Queries of one text or one group.
     *
     * @param moments true ones
     * @param found moments found, right or wrong
     * @param meanIou over present queries
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Rule(
            String name,
            long queries,
            long present,
            long moments,
            long found,
            Estimate precision,
            Estimate recall,
            Estimate f1,
            Estimate meanIou) {}

    /**
     * Whether "it occurs with probability p" comes true in a share p of cases.
     *
     * @param brier mean squared difference between the probability and 1 or 0
     * @param equalWidthError expected calibration error over ten bins of equal width
     * @param equalMassError the same over ten bins of equally many queries
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Calibration(
            Estimate brier,
            Estimate equalWidthError,
            Estimate equalMassError,
            List<Bin> equalWidth,
            List<Bin> equalMass) {}

    /**
     * Queries of about one probability.
     *
     * @param from least probability
     * @param to greatest
     * @param probability mean of the bin
     * @param occurred share of its queries whose content occurs
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Bin(double from, double to, long count, @Nullable Double probability, @Nullable Double occurred) {}

    /**
     * Dense captions: an event is right when it overlaps a true one by half and says the same.
     *
     * @param events true ones
     * @param found events described, right or wrong
     * @param timingF1 were the words left out of account
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Captions(
            long videos,
            long events,
            long found,
            Estimate precision,
            Estimate recall,
            Estimate f1,
            Estimate timingF1) {}
}
