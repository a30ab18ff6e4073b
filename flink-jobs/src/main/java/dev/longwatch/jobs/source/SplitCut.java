// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.ClipRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Cuts a video into ranges of clips that can be read side by side: about one for each reader, each of several clips, each
 * beginning shortly behind a key picture, because whoever begins there decodes from that picture on.
 *
 * @param grid of the clips
 * @param videoMillis length of the video, 0 when unknown
 * @param slots how many readers there are
 */
record SplitCut(ClipGrid grid, long videoMillis, int slots) {

    /** Fewer clips are not worth another seek and another pass over an overlap. */
    static final long LEAST_CLIPS = 4;

    /** A cut may move by this part of a range to come closer behind a key picture. */
    private static final int SLACK = 4;

    /** A cut that costs more than this part of a range in decoding twice is not made. */
    private static final int COST = 4;

    /** A cut does not move for less. */
    private static final long GAIN_MILLIS = 1_000;

    boolean isWorthwhile() {
        return pieces() > 1;
    }

    /** The video in one piece. */
    List<ClipRange> whole() {
        return List.of(new ClipRange(0, clips() - 1, true));
    }

    /** @param lastKeyNotAfter instant of a key picture, microseconds in and out */
    List<ClipRange> ranges(LongUnaryOperator lastKeyNotAfter) {
        List<ClipRange> ranges = new ArrayList<>();
        long pieces = pieces();
        long pieceMillis = videoMillis / pieces;
        long first = 0;
        for (long piece = 1; piece < pieces; piece++) {
            long cut = nearKey(piece * clips() / pieces, clips() / pieces / SLACK, lastKeyNotAfter);
            if (cut > first && cost(cut, lastKeyNotAfter) <= pieceMillis / COST) {
                ranges.add(new ClipRange(first, cut - 1, false));
                first = cut;
            }
        }
        ranges.add(new ClipRange(first, clips() - 1, true));
        return ranges;
    }

    private long clips() {
        return grid.clips(videoMillis);
    }

    private long pieces() {
        return Math.max(1, Math.min(slots, clips() / LEAST_CLIPS));
    }

    /** Of the clips around an ordinal the one that is cheapest to begin with; of about equals the nearest. */
    private long nearKey(long ordinal, long slack, LongUnaryOperator lastKeyNotAfter) {
        long best = ordinal;
        for (long away = 1; away <= slack; away++) {
            for (long candidate : new long[] {ordinal - away, ordinal + away}) {
                if (cost(candidate, lastKeyNotAfter) + GAIN_MILLIS < cost(best, lastKeyNotAfter)) {
                    best = candidate;
                }
            }
        }
        return best;
    }

    /** Milliseconds of video that must be decoded before the clip begins. */
    private long cost(long ordinal, LongUnaryOperator lastKeyNotAfter) {
        long start = grid.startMillis(ordinal);
        return start - lastKeyNotAfter.applyAsLong(start * 1_000) / 1_000;
    }
}
