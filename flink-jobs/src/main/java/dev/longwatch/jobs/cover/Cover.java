// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.cover;

import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.jobs.ground.Watched;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Watched clips in, the ledger's entries out, on the wall clock. What a clip shows and nobody looked at is skipped, where the
 * video has no pictures there is a gap, and the rest was analysed.
 */
public final class Cover implements FlatMapFunction<Watched, CoverageSpan> {

    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(Watched clip, Collector<CoverageSpan> out) {
        of(clip).forEach(out::collect);
    }

    /** The entries of one clip: without overlaps, in order, from its first millisecond to its last. */
    static List<CoverageSpan> of(Watched clip) {
        List<CoverageSpan> spans = new ArrayList<>();
        long[] holes = clip.holes();
        long from = clip.startMillis();
        for (int i = 0; i < holes.length; i += 2) {
            shown(clip, from, holes[i], spans);
            add(clip, holes[i], holes[i + 1], State.GAP, spans);
            from = holes[i + 1];
        }
        shown(clip, from, clip.endMillis(), spans);
        return spans;
    }

    /** A stretch with pictures, looked at as far as the clip was. */
    private static void shown(Watched clip, long from, long to, List<CoverageSpan> spans) {
        add(clip, from, Math.min(to, clip.watchedUntilMillis()), State.ANALYSED, spans);
        add(clip, Math.max(from, clip.watchedUntilMillis()), to, State.SKIPPED, spans);
    }

    private static void add(Watched clip, long from, long to, State state, List<CoverageSpan> spans) {
        if (to > from) {
            spans.add(new CoverageSpan(
                    clip.stream(),
                    clip.recordedAtMillis() + from,
                    clip.recordedAtMillis() + to,
                    state,
                    switch (state) {
                        case GAP -> "the video has no pictures here";
                        case SKIPPED -> clip.problem();
                        default -> "";
                    },
                    state == State.ANALYSED ? clip.framesPerSecond() : 0));
        }
    }
}
