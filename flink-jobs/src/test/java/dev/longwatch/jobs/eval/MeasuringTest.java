// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longwatch.indexer.event.TimeSpan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Every expected number was worked out by hand. */
class MeasuringTest {

    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void ofOneSpanEachTheOverlapIsTheUsualOne() {
        assertThat(Overlap.iou(spans(0, 4), spans(2, 6))).isEqualTo(2.0 / 6);
        assertThat(Overlap.iou(spans(0, 4), spans(0, 4))).isEqualTo(1);
        assertThat(Overlap.iou(spans(0, 4), spans(5, 6))).isZero();
        assertThat(Overlap.iou(spans(0, 4), List.of())).isZero();
    }

    @Test
    void severalSpansAreOneSetOfSeconds() {
        // true: 0-2 and 8-10; found: 1-9; both: 1-2 and 8-9; either: 0-10
        assertThat(Overlap.iou(spans(0, 2, 8, 10), spans(1, 9))).isEqualTo(0.2);
        // seconds found twice are found once
        assertThat(Overlap.iou(spans(0, 4), spans(0, 3, 1, 4))).isEqualTo(1);
    }

    @Test
    void momentsArePairedOneToOneTheBestFirst() {
        // 0-10 fits 1-10 (0.9) better than 0-6 (0.6): the other finds no partner
        assertThat(Overlap.pairs(spans(0, 10), spans(0, 6, 1, 10), 0.5, (t, f) -> true))
                .isEqualTo(1);
        assertThat(Overlap.pairs(spans(0, 10, 20, 30), spans(20, 30, 0, 10), 0.5, (t, f) -> true))
                .isEqualTo(2);
        assertThat(Overlap.pairs(spans(0, 10), spans(0, 4.9), 0.5, (t, f) -> true))
                .isZero();
        assertThat(Overlap.pairs(spans(0, 10), spans(0, 5), 0.5, (t, f) -> true))
                .isEqualTo(1);
    }

    @Test
    void groundingFiguresAreTheLiteratures() {
        Figures.Grounding figures = grounding(
                outcome("a", "x", spans(0, 10), spans(0, 10), 0.9), // IoU 1
                outcome("a", "y", spans(0, 10), spans(4, 10), 0.9), // IoU 0.6, start 4 s late
                outcome("b", "x", spans(0, 10), spans(0, 13), 0.9), // IoU 10/13, end 3 s late
                outcome("b", "y", spans(0, 10), List.of(), 0.2), // missed
                outcome("b", "z", List.of(), spans(1, 2), 0.7), // false alarm
                outcome("a", "z", List.of(), List.of(), 0.1));

        assertThat(figures.present()).isEqualTo(4);
        assertThat(figures.absent()).isEqualTo(2);
        assertThat(figures.meanIou().value()).isCloseTo((1 + 0.6 + 10.0 / 13) / 4, EXACT);
        assertThat(figures.recallAt1()).extracting(Figures.RecallAt::iou).containsExactly(0.3, 0.5, 0.7);
        assertThat(figures.recallAt1()).extracting(at -> at.recall().value()).containsExactly(0.75, 0.75, 0.5);
        // per query (4 + 0) / 2, (0 + 3) / 2, 0
        assertThat(figures.meanBoundaryError().value()).isCloseTo(3.5 / 3, EXACT);
        assertThat(figures.medianBoundaryError().value()).isCloseTo(1.5, EXACT);
        assertThat(figures.medianBoundaryError().of()).isEqualTo(3);
        assertThat(figures.precision().value()).isEqualTo(3.0 / 4);
        assertThat(figures.recall().value()).isEqualTo(3.0 / 4);
        assertThat(figures.falseAlarms().value()).isEqualTo(0.5);
        assertThat(figures.missed().value()).isEqualTo(0.25);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(grounding(
                                outcome("a", "x", spans(0, 10), spans(2, 10), 1),
                                outcome("b", "x", spans(0, 10), spans(6, 10), 1))
                        .medianBoundaryError()
                        .value())
                .isCloseTo(2.0, EXACT);
    }

    @Test
    void anOverlapOfExactlyTheThresholdCounts() {
        assertThat(grounding(outcome("a", "x", spans(0, 10), spans(0, 3), 1))
                        .recallAt1()
                        .get(0)
                        .recall()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void rulesAndGroupsAreCountedByThemselves() {
        Figures figures = Measuring.of(
                List.of(
                        outcome("a", "x", "enters", spans(0, 10), spans(0, 10)),
                        outcome("b", "x", "enters", spans(0, 10), spans(0, 2)),
                        outcome("b", "y", "enters", List.of(), spans(3, 4)),
                        outcome("a", "z", "", spans(0, 10), List.of()),
                        outcome("b", "z", "", List.of(), List.of())),
                true);

        assertThat(figures.groups()).hasSize(1);
        Figures.Rule enters = figures.groups().get(0);
        assertThat(enters.name()).isEqualTo("enters");
        assertThat(enters.queries()).isEqualTo(3);
        assertThat(enters.precision().value()).isEqualTo(1.0 / 3);
        assertThat(enters.recall().value()).isEqualTo(0.5);
        assertThat(enters.f1().value()).isEqualTo(2.0 / 5);
        assertThat(figures.rules()).extracting(Figures.Rule::name).containsExactly("x", "y", "z");
        assertThat(figures.rules().get(2).precision().value()).isNull();
        assertThat(figures.rules().get(2).recall().value()).isZero();
        assertThat(figures.rules().get(1).recall().value()).isNull();
    }

    @Test
    void calibrationComparesProbabilitiesWithWhatOccurs() {
        Figures.Calibration calibration = Objects.requireNonNull(Measuring.of(
                        List.of(
                                outcome("a", "v", spans(0, 1), List.of(), 0.92),
                                outcome("a", "w", List.of(), List.of(), 0.98),
                                outcome("b", "x", List.of(), List.of(), 0.05),
                                outcome("b", "y", spans(0, 1), spans(0, 1), 1.0)),
                        true)
                .calibration());

        // (0.08² + 0.98² + 0.05² + 0²) / 4
        assertThat(calibration.brier().value()).isCloseTo((0.0064 + 0.9604 + 0.0025) / 4, EXACT);
        // first bin |0.05 - 0|; last bin |0.92 + 0.98 + 1 - 2| = 0.9
        assertThat(calibration.equalWidthError().value()).isCloseTo((0.05 + 0.9) / 4, EXACT);
        // of four queries each is a bin of its own
        assertThat(calibration.equalMassError().value()).isCloseTo((0.08 + 0.98 + 0.05 + 0) / 4, EXACT);
        assertThat(calibration.equalWidth()).hasSize(10);
        assertThat(calibration.equalWidth())
                .extracting(Figures.Bin::count)
                .containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 3L);
        assertThat(calibration.equalWidth().get(9).occurred()).isCloseTo(2.0 / 3, EXACT);
        assertThat(calibration.equalMass()).extracting(Figures.Bin::count).containsOnly(1L);
    }

    @Test
    void aPromptThatTellsNoProbabilityIsNotCalibrated() {
        assertThat(Measuring.of(List.of(outcome("a", "x", spans(0, 1), List.of(), 0)), false)
                        .calibration())
                .isNull();
    }

    @Test
    void captionsMustSayTheSameAtTheSameTime() {
        Label label = new Label(
                "l:1",
                "a",
                Path.of("a"),
                "",
                "",
                List.of(),
                List.of(
                        caption(0, 10, "A dog runs in."),
                        caption(10, 20, "the dog leaves"),
                        caption(20, 30, "It rains.")));
        List<Caption> described = List.of(
                caption(1, 10, "a  Dog runs in"), // right
                caption(10, 20, "A cat leaves."), // other words
                caption(26, 30, "It rains."), // IoU 0.4
                caption(0, 10, "dog runs in.")); // better placed, so this is the pair and the first one too many
        Figures.Captions figures = Objects.requireNonNull(
                Measuring.of(List.of(new Outcome(label, List.of(), described, 1, "", 4, true)), true)
                        .captions());

        assertThat(figures.precision().value()).isEqualTo(1.0 / 4);
        assertThat(figures.recall().value()).isEqualTo(1.0 / 3);
        assertThat(figures.f1().value()).isEqualTo(2.0 / 7);
        assertThat(figures.timingF1().value()).isEqualTo(4.0 / 7);
        assertThat(Measuring.bare("The  man opens an umbrella.")).isEqualTo("man opens umbrella");
    }

    @Test
    void theBorderHistogramHoldsEveryBorder() {
        Figures.Borders borders = grounding(
                        outcome("a", "x", spans(10, 20), spans(10, 21), 1),
                        outcome("a", "y", spans(10, 20), spans(8, 20), 1),
                        outcome("a", "z", spans(10, 20), spans(90, 91), 1))
                .borders();

        assertThat(Arrays.stream(borders.starts()).sum()).isEqualTo(3);
        assertThat(Arrays.stream(borders.ends()).sum()).isEqualTo(3);
        assertThat(borders.from()).isEqualTo(-12 * borders.width());
        int zero = 12;
        assertThat(borders.starts()[zero]).isEqualTo(1);
    }

    @Test
    void theIntervalIsThatOfDrawnVideos() {
        // 40 videos, half of them all right: the share among 40 draws lies within 0.5 ± 1.96 · sqrt(0.25 / 40) = ±
        // 0.155
        List<Outcome> outcomes = new ArrayList<>();
        for (int video = 0; video < 40; video++) {
            for (int query = 0; query < 10; query++) {
                outcomes.add(
                        outcome("v" + video, "q" + query, spans(0, 1), video % 2 == 0 ? spans(0, 1) : List.of(), 1));
            }
        }
        Estimate meanIou = grounding(outcomes.toArray(Outcome[]::new)).meanIou();

        assertThat(meanIou.value()).isEqualTo(0.5);
        assertThat(meanIou.low()).isCloseTo(0.345, within(0.03));
        assertThat(meanIou.high()).isCloseTo(0.655, within(0.03));
        assertThat(grounding(outcomes.toArray(Outcome[]::new)).meanIou()).isEqualTo(meanIou);
    }

    @Test
    void ofOneVideoThereIsNoInterval() {
        Estimate one = grounding(outcome("a", "x", spans(0, 1), spans(0, 1), 1)).meanIou();
        assertThat(one).isEqualTo(new Estimate(1.0, null, null, 1));
    }

    @Test
    void withoutAnythingThereAreNoFigures() {
        Figures none = Measuring.of(List.of(), true);
        assertThat(none.grounding()).isNull();
        assertThat(none.calibration()).isNull();
        assertThat(none.captions()).isNull();
        Figures.Grounding absentOnly = grounding(outcome("a", "x", List.of(), List.of(), 0));
        assertThat(absentOnly.meanIou().value()).isNull();
        assertThat(absentOnly.medianBoundaryError().value()).isNull();
    }

    private static Figures.Grounding grounding(Outcome... outcomes) {
        return Objects.requireNonNull(Measuring.of(List.of(outcomes), true).grounding());
    }

    private static Outcome outcome(
            String video, String query, List<TimeSpan> truth, List<TimeSpan> found, double probability) {
        Label label = new Label("l:1", video, Path.of(video), query, "", truth, List.of());
        return new Outcome(label, found, List.of(), probability, "", found.size(), true);
    }

    private static Outcome outcome(
            String video, String query, String group, List<TimeSpan> truth, List<TimeSpan> found) {
        Label label = new Label("l:1", video, Path.of(video), query, group, truth, List.of());
        return new Outcome(label, found, List.of(), 1, "", found.size(), true);
    }

    private static Caption caption(double start, double end, String text) {
        return new Caption(spans(start, end).get(0), text);
    }

    private static List<TimeSpan> spans(double... seconds) {
        List<TimeSpan> spans = new ArrayList<>();
        for (int i = 0; i < seconds.length; i += 2) {
            spans.add(new TimeSpan(Math.round(seconds[i] * 1e3), Math.round(seconds[i + 1] * 1e3)));
        }
        return spans;
    }
}
