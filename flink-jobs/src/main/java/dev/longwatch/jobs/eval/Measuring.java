// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.eval.Figures.Bin;
import dev.longwatch.jobs.eval.Figures.Borders;
import dev.longwatch.jobs.eval.Figures.Calibration;
import dev.longwatch.jobs.eval.Figures.Captions;
import dev.longwatch.jobs.eval.Figures.Grounding;
import dev.longwatch.jobs.eval.Figures.RecallAt;
import dev.longwatch.jobs.eval.Figures.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Works out {@link Figures} from outcomes: arithmetic only. The measures are those of the temporal grounding literature (mean
 * IoU, R1@m), with the found moments of a query as one set of seconds; precision and recall pair moments one to one, the best
 * overlapping first.
 */
public final class Measuring {

    private static final int BINS = 10;
    private static final int CURVE = 20;
    private static final int BORDER_BINS = 24;

    /** Widths of a border histogram's bins that can be read off an axis, seconds. */
    private static final double[] WIDTHS = {0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300};

    private final List<Outcome> queries;
    private final List<Outcome> dense;
    private final Map<Path, Integer> videos = new LinkedHashMap<>();
    private final Bootstrap bootstrap;

    private Measuring(List<Outcome> outcomes) {
        queries = outcomes.stream().filter(outcome -> !outcome.label().dense()).toList();
        dense = outcomes.stream().filter(outcome -> outcome.label().dense()).toList();
        outcomes.forEach(outcome -> videos.putIfAbsent(outcome.label().path(), videos.size()));
        bootstrap = new Bootstrap(videos.size());
    }

    /** @param calibrated whether probabilities are the model's own */
    public static Figures of(List<Outcome> outcomes, boolean calibrated) {
        Measuring all = new Measuring(outcomes);
        return new Figures(
                all.queries.isEmpty() ? null : all.grounding(),
                all.rules(outcome -> outcome.label().group()),
                all.rules(outcome -> outcome.label().query()),
                calibrated && !all.queries.isEmpty() ? all.calibration() : null,
                all.dense.isEmpty() ? null : all.captions());
    }

    private Grounding grounding() {
        List<Outcome> present =
                queries.stream().filter(outcome -> outcome.label().present()).toList();
        List<Outcome> absent =
                queries.stream().filter(outcome -> !outcome.label().present()).toList();
        List<Outcome> placed =
                present.stream().filter(outcome -> !outcome.found().isEmpty()).toList();
        Rule all = rule("", queries);
        return new Grounding(
                present.size(),
                absent.size(),
                mean(present, Outcome::iou),
                Figures.PUBLISHED.stream().map(iou -> recallAt(present, iou)).toList(),
                medianBoundaryError(placed),
                mean(placed, Measuring::boundaryError),
                all.precision(),
                all.recall(),
                all.f1(),
                share(absent, outcome -> !outcome.found().isEmpty()),
                share(present, outcome -> outcome.found().isEmpty()),
                IntStream.rangeClosed(1, CURVE)
                        .mapToObj(step -> recallAt(present, step / (double) CURVE))
                        .toList(),
                borders(placed));
    }

    private RecallAt recallAt(List<Outcome> present, double iou) {
        // 0.3 of a span of tenths of seconds should count as 0.3
        return new RecallAt(iou, share(present, outcome -> outcome.iou() >= iou - 1e-9));
    }

    /** Half of how far start and end of all that was found lie from those of all that is true, in seconds. */
    private static double boundaryError(Outcome outcome) {
        return (Math.abs(startError(outcome)) + Math.abs(endError(outcome))) / 2;
    }

    private static double startError(Outcome outcome) {
        return (first(outcome.found()) - first(outcome.label().spans())) / 1e3;
    }

    private static double endError(Outcome outcome) {
        return (last(outcome.found()) - last(outcome.label().spans())) / 1e3;
    }

    private static long first(List<TimeSpan> spans) {
        return spans.stream().mapToLong(TimeSpan::startMillis).min().orElseThrow();
    }

    private static long last(List<TimeSpan> spans) {
        return spans.stream().mapToLong(TimeSpan::endMillis).max().orElseThrow();
    }

    private Estimate medianBoundaryError(List<Outcome> placed) {
        List<Outcome> sorted = placed.stream()
                .sorted(Comparator.comparingDouble(Measuring::boundaryError))
                .toList();
        double[] errors = sorted.stream().mapToDouble(Measuring::boundaryError).toArray();
        int[] video = sorted.stream().mapToInt(this::video).toArray();
        return bootstrap.estimate(times -> median(errors, video, times), placed.size());
    }

    /** Of sorted values, each as often as its video. */
    private static double median(double[] sorted, int[] video, short[] times) {
        long count = 0;
        for (int each : video) {
            count += times[each];
        }
        if (count == 0) {
            return Double.NaN;
        }
        double below = Double.NaN;
        long passed = 0;
        for (int i = 0; i < sorted.length; i++) {
            passed += times[video[i]];
            if (Double.isNaN(below) && 2 * passed >= count) {
                below = sorted[i];
            }
            if (2 * passed > count) {
                return (below + sorted[i]) / 2;
            }
        }
        return below;
    }

    private static Borders borders(List<Outcome> placed) {
        double[] sizes = placed.stream()
                .flatMap(outcome -> java.util.stream.Stream.of(startError(outcome), endError(outcome)))
                .mapToDouble(Math::abs)
                .sorted()
                .toArray();
        Double most = Bootstrap.quantile(sizes, 0.95);
        double width = WIDTHS[0];
        for (double each : WIDTHS) {
            width = each;
            if (most == null || each * BORDER_BINS / 2 >= most) {
                break;
            }
        }
        double from = -width * BORDER_BINS / 2;
        return new Borders(
                from,
                width,
                counts(placed, Measuring::startError, from, width),
                counts(placed, Measuring::endError, from, width));
    }

    private static long[] counts(List<Outcome> placed, ToDoubleFunction<Outcome> error, double from, double width) {
        long[] counts = new long[BORDER_BINS];
        for (Outcome outcome : placed) {
            int bin = (int) Math.floor((error.applyAsDouble(outcome) - from) / width);
            counts[Math.max(0, Math.min(BORDER_BINS - 1, bin))]++;
        }
        return counts;
    }

    private List<Rule> rules(Function<Outcome, String> name) {
        return queries.stream()
                .filter(outcome -> !name.apply(outcome).isEmpty())
                .collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(rule -> rule(rule.getKey(), rule.getValue()))
                .toList();
    }

    private Rule rule(String name, List<Outcome> outcomes) {
        List<Outcome> present =
                outcomes.stream().filter(outcome -> outcome.label().present()).toList();
        double[] right = byVideo(
                outcomes,
                outcome ->
                        Overlap.pairs(outcome.label().spans(), outcome.found(), Figures.FOUND, (truth, found) -> true));
        double[] moments = byVideo(outcomes, outcome -> outcome.label().spans().size());
        double[] found = byVideo(outcomes, outcome -> outcome.found().size());
        return new Rule(
                name,
                outcomes.size(),
                present.size(),
                (long) sum(moments),
                (long) sum(found),
                bootstrap.ratio(right, found, (long) sum(found)),
                bootstrap.ratio(right, moments, (long) sum(moments)),
                f1(right, moments, found),
                mean(present, Outcome::iou));
    }

    private Estimate f1(double[] right, double[] truth, double[] found) {
        double[] twice = new double[right.length];
        double[] both = new double[right.length];
        for (int video = 0; video < right.length; video++) {
            twice[video] = 2 * right[video];
            both[video] = truth[video] + found[video];
        }
        return bootstrap.ratio(twice, both, (long) sum(both));
    }

    private Calibration calibration() {
        List<Outcome> sorted = queries.stream()
                .sorted(Comparator.comparingDouble(Outcome::probability))
                .toList();
        int[] width = sorted.stream()
                .mapToInt(outcome -> Math.min(BINS - 1, (int) (outcome.probability() * BINS)))
                .toArray();
        int[] mass = IntStream.range(0, sorted.size())
                .map(place -> (int) ((long) place * BINS / sorted.size()))
                .toArray();
        return new Calibration(
                mean(queries, outcome -> Math.pow(outcome.probability() - occurred(outcome), 2)),
                calibrationError(sorted, width),
                calibrationError(sorted, mass),
                bins(sorted, width, true),
                bins(sorted, mass, false));
    }

    private static double occurred(Outcome outcome) {
        return outcome.label().present() ? 1 : 0;
    }

    private Estimate calibrationError(List<Outcome> outcomes, int[] bin) {
        double[] surplus = outcomes.stream()
                .mapToDouble(outcome -> outcome.probability() - occurred(outcome))
                .toArray();
        int[] video = outcomes.stream().mapToInt(this::video).toArray();
        return bootstrap.estimate(
                times -> {
                    double[] sums = new double[BINS];
                    double count = 0;
                    for (int i = 0; i < surplus.length; i++) {
                        sums[bin[i]] += times[video[i]] * surplus[i];
                        count += times[video[i]];
                    }
                    double error = 0;
                    for (double sum : sums) {
                        error += Math.abs(sum);
                    }
                    return error / count;
                },
                outcomes.size());
    }

    private static List<Bin> bins(List<Outcome> sorted, int[] bin, boolean equalWidth) {
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            int wanted = b;
            List<Outcome> inside = IntStream.range(0, sorted.size())
                    .filter(i -> bin[i] == wanted)
                    .mapToObj(sorted::get)
                    .toList();
            double from = b / (double) BINS;
            double to = (b + 1) / (double) BINS;
            if (!equalWidth && !inside.isEmpty()) {
                from = inside.get(0).probability();
                to = inside.get(inside.size() - 1).probability();
            }
            if (equalWidth || !inside.isEmpty()) {
                bins.add(new Bin(
                        from,
                        to,
                        inside.size(),
                        average(inside, Outcome::probability),
                        average(inside, Measuring::occurred)));
            }
        }
        return bins;
    }

    private static @Nullable Double average(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        return outcomes.isEmpty() ? null : outcomes.stream().mapToDouble(value).sum() / outcomes.size();
    }

    private Captions captions() {
        double[] timed = byVideo(dense, outcome -> paired(outcome, false));
        double[] right = byVideo(dense, outcome -> paired(outcome, true));
        double[] events = byVideo(dense, outcome -> outcome.label().events().size());
        double[] found = byVideo(dense, outcome -> outcome.captions().size());
        return new Captions(
                dense.size(),
                (long) sum(events),
                (long) sum(found),
                bootstrap.ratio(right, found, (long) sum(found)),
                bootstrap.ratio(right, events, (long) sum(events)),
                f1(right, events, found),
                f1(timed, events, found));
    }

    /** How many described events are right. */
    static int paired(Outcome outcome, boolean words) {
        List<Caption> truth = outcome.label().events();
        List<Caption> found = outcome.captions();
        return Overlap.pairs(
                truth.stream().map(Caption::span).toList(),
                found.stream().map(Caption::span).toList(),
                Figures.FOUND,
                (t, f) -> !words
                        || bare(truth.get(t).text()).equals(bare(found.get(f).text())));
    }

    /** A caption as it is compared: lower case, single spaces, no articles, no final stop. */
    static String bare(String caption) {
        return caption.toLowerCase(Locale.ROOT)
                .replaceAll("\\b(?:a|an|the)\\b", " ")
                .replaceAll("\\s+", " ")
                .strip()
                .replaceAll("\\s*\\.+$", "");
    }

    private Estimate share(List<Outcome> outcomes, Predicate<Outcome> counts) {
        return mean(outcomes, outcome -> counts.test(outcome) ? 1 : 0);
    }

    private Estimate mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        return bootstrap.ratio(byVideo(outcomes, value), byVideo(outcomes, outcome -> 1), outcomes.size());
    }

    private double[] byVideo(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        double[] sums = new double[videos.size()];
        outcomes.forEach(outcome -> sums[video(outcome)] += value.applyAsDouble(outcome));
        return sums;
    }

    private int video(Outcome outcome) {
        return videos.getOrDefault(outcome.label().path(), 0);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
