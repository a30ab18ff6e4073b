// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.cover;

import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.coverage.RuleProbability;
import dev.longwatch.jobs.ground.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Watched clips in, the ledger's entries out, on the wall clock. What a clip shows and nobody looked at is skipped, and the
 * rest was analysed. Where a file has no pictures there is a gap; the gaps of a stream are told by its recorder, who knows
 * them to the millisecond and why, so that what a recording does not give back is skipped here.
 */
public final class Cover implements FlatMapFunction<Watched, CoverageSpan> {

    private static final long serialVersionUID = 1L;

    /** Pictures that stand for a longer time than this are rare; then the border of a hole is not known better. */
    private static final long LONGEST_TURN_MILLIS = 1_000;

    @Override
    public void flatMap(Watched clip, Collector<CoverageSpan> out) {
        of(clip).forEach(out::collect);
    }

    /** The entries of one clip: without overlaps, in order, from its first millisecond to its last. */
    static List<CoverageSpan> of(Watched clip) {
        List<CoverageSpan> spans = new ArrayList<>();
        long[] holes = clip.holes();
        boolean recording = clip.recordedAtMillis() == 0;
        long from = clip.startMillis();
        for (int i = 0; i < holes.length; i += 2) {
            long holeFrom = recording ? behindPicture(clip, holes[i]) : holes[i];
            long holeTo = recording ? beforePicture(clip, holes[i + 1]) : holes[i + 1];
            if (holeTo > holeFrom) {
                shown(clip, from, holeFrom, spans);
                if (recording) {
                    add(clip, holeFrom, holeTo, State.SKIPPED, "there is no recording of it that could be read", spans);
                } else {
                    add(clip, holeFrom, holeTo, State.GAP, "the video has no pictures here", spans);
                }
                from = holeTo;
            }
        }
        shown(clip, from, clip.endMillis(), spans);
        return spans;
    }

    /** A hole is as long as the pictures round it are apart, and the first of them stands for a while. */
    private static long behindPicture(Watched clip, long holeFrom) {
        return holeFrom > clip.startMillis() ? holeFrom + turnMillis(clip) : holeFrom;
    }

    /** The first picture that was wanted after a hole need not be the first that was there. */
    private static long beforePicture(Watched clip, long holeTo) {
        return holeTo < clip.endMillis() ? holeTo - turnMillis(clip) : holeTo;
    }

    private static long turnMillis(Watched clip) {
        return Math.min(LONGEST_TURN_MILLIS, Math.round(1_000 / clip.framesPerSecond()));
    }

    /** A stretch with pictures, looked at as far as the clip was. */
    private static void shown(Watched clip, long from, long to, List<CoverageSpan> spans) {
        add(clip, from, Math.min(to, clip.watchedUntilMillis()), State.ANALYSED, "", spans);
        add(clip, Math.max(from, clip.watchedUntilMillis()), to, State.SKIPPED, clip.problem(), spans);
    }

    private static void add(Watched clip, long from, long to, State state, String why, List<CoverageSpan> spans) {
        if (to > from) {
            spans.add(new CoverageSpan(
                    clip.stream(),
                    clip.recordedAtMillis() + from,
                    clip.recordedAtMillis() + to,
                    state,
                    why,
                    state == State.ANALYSED ? clip.framesPerSecond() : 0,
                    clip.recordedAtMillis(),
                    state == State.ANALYSED ? probabilities(clip) : List.of()));
        }
    }

    /** Of the whole clip: nobody knows in which part of it. */
    private static List<RuleProbability> probabilities(Watched clip) {
        return IntStream.range(0, clip.asked().length)
                .mapToObj(i -> new RuleProbability(clip.asked()[i], clip.probabilities()[i]))
                .toList();
    }
}
