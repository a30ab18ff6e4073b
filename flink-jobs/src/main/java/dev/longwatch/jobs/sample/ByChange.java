// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Looks closely where something changes and seldom where nothing does: of a clip's frames those pairs are kept in which, or
 * right before or after which, something changes, and one pair every few seconds whatever happens. The model looks at two
 * frames as one, so pairs are kept or left out whole.
 *
 * <p>A choice depends on the frames of its clip alone, so a replay chooses the same.
 *
 * @param quietMillis from pair to pair where nothing changes
 * @param mostFrames that a clip may keep; where more are worth it, every other one of them is left out until they fit
 */
public record ByChange(long quietMillis, int mostFrames) implements Thinning {

    private static final long serialVersionUID = 1L;

    /** A pair every 2 s where nothing changes, and as many frames as two a second in a clip of 16 s. */
    public static final ByChange DEFAULT = new ByChange(2_000, 32);

    public ByChange {
        if (quietMillis < 1 || mostFrames < 2) {
            throw new IllegalArgumentException("expected a positive interval and at least 2 frames, found "
                    + quietMillis + " ms and " + mostFrames + " frames");
        }
    }

    @Override
    public SampledFrame[] keep(SampledFrame[] frames) {
        int pairs = (frames.length + 1) / 2;
        BitSet regular = regular(frames, pairs);
        BitSet kept = withNeighbours(changes(frames, pairs), pairs);
        kept.or(regular);
        while (2 * kept.cardinality() > mostFrames && leaveOutEveryOther(kept, regular)) {
            // half of what was kept for a change goes each time
        }
        return kept.stream()
                .flatMap(pair ->
                        pair * 2 + 1 < frames.length ? IntStream.of(pair * 2, pair * 2 + 1) : IntStream.of(pair * 2))
                .mapToObj(i -> frames[i])
                .toArray(SampledFrame[]::new);
    }

    @Override
    public String reason(double framesPerSecond, int offered, int kept) {
        return Thinning.super.reason(framesPerSecond, offered, kept)
                + (kept == offered ? ": something changes throughout" : ": those near a change");
    }

    /** The first pair, and each that begins at least the interval after the one before it. */
    private BitSet regular(SampledFrame[] frames, int pairs) {
        BitSet chosen = new BitSet(pairs);
        long next = Long.MIN_VALUE;
        for (int pair = 0; pair < pairs; pair++) {
            long micros = frames[2 * pair].ptsMicros();
            if (micros >= next) {
                chosen.set(pair);
                next = micros + quietMillis * 1_000;
            }
        }
        return chosen;
    }

    private static BitSet changes(SampledFrame[] frames, int pairs) {
        BitSet changed = new BitSet(pairs);
        float[] before = new float[0];
        for (int i = 0; i < frames.length; i++) {
            float[] now = Activity.grey(frames[i]);
            if (i > 0 && Activity.between(before, now).isChange()) {
                changed.set(i / 2);
            }
            before = now;
        }
        return changed;
    }

    private static BitSet withNeighbours(BitSet changed, int pairs) {
        BitSet wide = new BitSet(pairs);
        changed.stream().forEach(pair -> wide.set(Math.max(0, pair - 1), Math.min(pairs, pair + 2)));
        return wide;
    }

    /** @return whether there was anything to leave out */
    private static boolean leaveOutEveryOther(BitSet kept, BitSet regular) {
        int[] extra = kept.stream().filter(pair -> !regular.get(pair)).toArray();
        for (int i = 1; i < extra.length; i += 2) {
            kept.clear(extra[i]);
        }
        if (extra.length == 1) {
            kept.clear(extra[0]);
        }
        return extra.length > 0;
    }
}
