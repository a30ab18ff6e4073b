// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.sample.SampledFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Gathers sampled frames into clips. Every clip of the range comes out exactly once and in order, whether or not there were
 * frames for it; a frame in an overlap is shared, not copied.
 *
 * <p>A clip comes out when the video is seen to go on behind it, or has ended: only then is it known whether it was the
 * last.
 */
public final class ClipAssembler {

    /** A file may end this much earlier than it says without being called cut off. */
    static final long TOLERANCE_MILLIS = ClipGrid.LEAST_NEW_MILLIS;

    private static final SampledFrame[] NO_FRAMES = {};

    private final ClipGrid grid;
    private final ClipRange range;
    private final Deque<SampledFrame> frames = new ArrayDeque<>();
    private final Deque<Long> lostMicros = new ArrayDeque<>();
    private final Deque<VideoClip> ready = new ArrayDeque<>();
    private WatchedVideo video;
    private List<AlertRule> askedBefore;
    private long fromMillis;
    private long next;
    private boolean ended;

    public ClipAssembler(WatchedVideo video, ClipGrid grid, ClipRange range) {
        this(video, grid, range, 0, List.of());
    }

    /**
     * Goes on where clips on another grid, or asked something else, have ended.
     *
     * @param fromMillis no clip begins before; a clip of the grid that would begins there
     * @param askedBefore what was asked of the clip before the range
     */
    public ClipAssembler(
            WatchedVideo video, ClipGrid grid, ClipRange range, long fromMillis, List<AlertRule> askedBefore) {
        this.video = video;
        this.grid = grid;
        this.range = range;
        this.fromMillis = fromMillis;
        this.askedBefore = List.copyOf(askedBefore);
        this.next = range.first();
    }

    /** From the next clip on this is what is asked. */
    public void ask(WatchedVideo video) {
        this.video = video;
    }

    /** The next frame in order of time, not before the start of the range. */
    public void add(SampledFrame frame) {
        frames.add(frame);
        goOnTo(frame.ptsMicros());
    }

    /** A picture was chosen and could not be decoded. */
    public void lost(long ptsMicros) {
        lostMicros.add(ptsMicros);
        goOnTo(ptsMicros);
    }

    /**
     * Nothing follows.
     *
     * @param endMicros where the last picture ends, microseconds after the video's first
     * @param problem why reading stopped, for a person; empty when the file was read to its end
     */
    public void end(long endMicros, String problem) {
        if (ended) {
            throw new IllegalStateException(video.uri() + " has ended already");
        }
        ended = true;
        long readMillis = Math.max(0, -Math.floorDiv(-endMicros, 1_000L));
        boolean cutOff = video.videoMillis() - readMillis >= TOLERANCE_MILLIS;
        long endMillis = cutOff ? video.videoMillis() : readMillis;
        String why = problem;
        if (cutOff && problem.isEmpty()) {
            why = "the file ends at " + Clock.of(readMillis) + ", it promises " + Clock.of(video.videoMillis());
        }
        long lastOrdinal = lastOrdinal(endMillis);
        while (next <= lastOrdinal) {
            boolean last = range.endsWatch() && next == lastOrdinal;
            long clipEnd = Math.max(startMillis(next), last ? endMillis : Math.min(grid.endMillis(next), endMillis));
            make(clipEnd, last, Math.min(clipEnd, readMillis), why);
        }
    }

    /** A range until the end always has a last clip, even if nothing is left for it. */
    private long lastOrdinal(long endMillis) {
        if (!range.untilEnd()) {
            return range.last();
        }
        return Math.max(next, Math.max(grid.clips(endMillis), grid.clips(video.videoMillis())) - 1);
    }

    /** The next clip; null when more must be added first, or none are left. */
    public @Nullable VideoClip poll() {
        return ready.poll();
    }

    /** Whether all clips of the range were polled. */
    public boolean isDone() {
        return ready.isEmpty() && (ended || range.isBefore(next));
    }

    /** The video goes on at least to an instant, with or without pictures: what lies wholly before it comes out. */
    public void goOnTo(long ptsMicros) {
        while (!range.isBefore(next) && grid.goesOnAfter(next, ptsMicros / 1_000)) {
            long end = grid.endMillis(next);
            make(end, range.stopsAt(next), end, "");
        }
    }

    /** The ordinal of the clip that is made next. */
    public long next() {
        return next;
    }

    /** Where the next clip begins. */
    public long nextStartMillis() {
        return startMillis(next);
    }

    /** What was asked of the clip that was made last. */
    public List<AlertRule> askedBefore() {
        return askedBefore;
    }

    /**
     * Nobody will look at the clips before one: they come out as a single one without pictures.
     *
     * @param ordinal of the clip to go on with, after the next one
     * @param holes beginnings and ends, in turns, of stretches without pictures among them
     * @param why for a person
     */
    public void giveUp(long ordinal, long[] holes, String why) {
        long last = ordinal - 1;
        emit(
                new WatchedVideo.Stretch(
                        last, startMillis(next), grid.endMillis(last), grid.overlapMillis(), false, true),
                NO_FRAMES,
                holes,
                why);
        next = ordinal;
        forgetBefore(startMillis(next) * 1_000);
    }

    private long startMillis(long ordinal) {
        return Math.max(grid.startMillis(ordinal), fromMillis);
    }

    private void emit(WatchedVideo.Stretch where, SampledFrame[] inside, long[] holes, String problem) {
        List<String> asked = video.asked().stream().map(AlertRule::name).toList();
        AlertRule[] notAnyMore = askedBefore.stream()
                .filter(rule -> !asked.contains(rule.name()))
                .toArray(AlertRule[]::new);
        ready.add(video.clip(where, inside, holes, problem, notAnyMore));
        askedBefore = video.asked();
    }

    /**
     * @param readMillis up to where the video could be read
     * @param why it could not be read further
     */
    private void make(long endMillis, boolean last, long readMillis, String why) {
        long startMillis = startMillis(next);
        SampledFrame[] inside = frames.stream()
                .filter(frame -> frame.ptsMicros() >= startMillis * 1_000 && frame.ptsMicros() < endMillis * 1_000)
                .toArray(SampledFrame[]::new);
        long[] lost = lostMicros.stream()
                .mapToLong(Long::longValue)
                .filter(pts -> pts >= startMillis * 1_000 && pts < endMillis * 1_000)
                .toArray();
        List<String> problems = new ArrayList<>();
        if (lost.length > 0) {
            problems.add(lost.length + " of " + (lost.length + inside.length)
                    + " pictures could not be decoded, the first at " + Clock.of(lost[0] / 1_000));
        }
        List<Holes.Hole> holes = new Holes(video.framesPerSecond()).between(startMillis, readMillis, inside, lost);
        holes.forEach(hole -> problems.add(hole.sentence()));
        if (endMillis > readMillis || (last && !why.isEmpty())) {
            problems.add(why);
        }
        long[] bounds = holes.stream()
                .flatMapToLong(hole -> LongStream.of(hole.fromMillis(), hole.toMillis()))
                .toArray();
        emit(
                new WatchedVideo.Stretch(next, startMillis, endMillis, grid.overlapMillis(), last, false),
                inside,
                bounds,
                String.join("; ", problems));
        next++;
        forgetBefore(startMillis(next) * 1_000);
    }

    private void forgetBefore(long micros) {
        while (!frames.isEmpty() && frames.getFirst().ptsMicros() < micros) {
            frames.removeFirst();
        }
        while (!lostMicros.isEmpty() && lostMicros.getFirst() < micros) {
            lostMicros.removeFirst();
        }
    }
}
