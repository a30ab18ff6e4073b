// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Percentile intervals by drawing videos with replacement: queries about one video stand or fall together, so the video is
 * what is drawn. The same draws serve all figures, and a fixed seed makes them the same every time.
 */
final class Bootstrap {

    static final int DRAWS = 2_000;
    private static final long SEED = 20_261_123;
    private static final double TAIL = 0.025;

    private final int videos;
    /** {@code [draw][video]}: how often each was drawn. */
    private final short[][] times = new short[DRAWS][];

    Bootstrap(int videos) {
        this.videos = videos;
        Random random = new Random(SEED);
        for (int draw = 0; draw < DRAWS; draw++) {
            times[draw] = new short[videos];
            for (int i = 0; i < videos; i++) {
                times[draw][random.nextInt(videos)]++;
            }
        }
    }

    /** What a figure is worth when each video counts so often; NaN when it then rests on nothing. */
    @FunctionalInterface
    interface Statistic {
        double of(short[] times);
    }

    /**
     * A quotient of sums over the videos.
     *
     * @param above by video
     * @param below by video
     * @param of how many things it rests on
     */
    Estimate ratio(double[] above, double[] below, long of) {
        int[] concerned = IntStream.range(0, videos)
                .filter(video -> above[video] != 0 || below[video] != 0)
                .toArray();
        return estimate(
                draw -> {
                    double top = 0;
                    double bottom = 0;
                    for (int video : concerned) {
                        top += draw[video] * above[video];
                        bottom += draw[video] * below[video];
                    }
                    return top / bottom;
                },
                of);
    }

    Estimate estimate(Statistic statistic, long of) {
        short[] once = new short[videos];
        Arrays.fill(once, (short) 1);
        double value = statistic.of(once);
        if (Double.isNaN(value)) {
            return new Estimate(null, null, null, of);
        }
        if (videos < 2) {
            return new Estimate(value, null, null, of);
        }
        double[] drawn = Arrays.stream(times)
                .mapToDouble(statistic::of)
                .filter(each -> !Double.isNaN(each))
                .sorted()
                .toArray();
        return new Estimate(value, quantile(drawn, TAIL), quantile(drawn, 1 - TAIL), of);
    }

    /** Of sorted values, between neighbours in proportion; null of none. */
    static @Nullable Double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return null;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
