// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.ClipAssembler;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.ClipRange;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.clip.WatchedVideo;
import dev.longwatch.jobs.decode.DecodedFrame;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.decode.PictureReader;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.record.Gap;
import dev.longwatch.jobs.record.IndexEntry;
import dev.longwatch.jobs.record.IndexPosition;
import dev.longwatch.jobs.record.Segment;
import dev.longwatch.jobs.record.SegmentIndex;
import dev.longwatch.jobs.record.StreamFolder;
import dev.longwatch.jobs.sample.FixedRate;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.jobs.sample.Sampler;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A pass over a stream's recording, which may still grow: segment after segment of its index, each a file of its own. The
 * clock of the clips is the wall clock, so that the grid lies where it lay after a restart, and in every later run.
 */
final class RecordingPass implements ClipPass {

    private final String splitId;
    private final String stream;
    private final StreamFolder folder;
    private final SegmentIndex index;
    private final PictureFit fit;
    private final double framesPerSecond;
    private final ClipGrid grid;
    private final ClipAssembler clips;
    private final boolean endless;
    private final @Nullable Overload overload;
    private final ReadingMetrics metrics;
    private final Deque<IndexEntry> entries = new ArrayDeque<>();
    private Sampler sampler;
    private IndexPosition position;
    private StreamFolder.@Nullable LocalCopy file;
    private @Nullable PictureReader pictures;
    /** wall clock of the first picture of the segment being read, microseconds since 1970 UTC */
    private long segmentMicros;
    /** nothing before this is looked at: senders' clocks are set back now and then */
    private long nextMicros;
    /** up to where pictures were read */
    private long readMicros;
    /** up to where the index tells something */
    private long recordedMillis;

    private boolean idle;

    private RecordingPass(
            String splitId,
            String stream,
            StreamFolder folder,
            PictureFit fit,
            double framesPerSecond,
            ClipGrid grid,
            ClipAssembler clips,
            boolean endless,
            @Nullable Overload overload,
            ReadingMetrics metrics) {
        this.splitId = splitId;
        this.stream = stream;
        this.folder = folder;
        index = new SegmentIndex(folder);
        this.fit = fit;
        this.framesPerSecond = framesPerSecond;
        this.grid = grid;
        this.clips = clips;
        this.endless = endless;
        this.overload = overload;
        this.metrics = metrics;
        sampler = new FixedRate(framesPerSecond, clips.nextStartMillis() * 1_000);
        nextMicros = sampler.leadInMicros();
        position = IndexPosition.before(nextMicros / 1_000);
    }

    /** @param split of a recording, not done */
    static RecordingPass over(VideoSplit split, Watching watching, ReadingMetrics metrics) {
        return new RecordingPass(
                split.splitId(),
                split.stream(),
                folder(VideoRequest.recordingRoot(split.uri()), split.stream()),
                watching.fit(),
                watching.framesPerSecond(),
                watching.grid(),
                new ClipAssembler(watching.of(split), watching.grid(), split.remaining()),
                !split.endsWatch(),
                null,
                metrics);
    }

    /** A pass over a stream that goes on, from where its split is, on a grid that need not be the one of before. */
    static RecordingPass live(LiveSplit split, LiveView view, LiveWatching watching, ReadingMetrics metrics) {
        long first = view.grid().firstOf(split.coveredMillis());
        ClipRange range = new ClipRange(first, first, true);
        return new RecordingPass(
                split.splitId(),
                split.stream(),
                folder(watching.root(), split.stream()),
                watching.fit(),
                view.framesPerSecond(),
                view.grid(),
                new ClipAssembler(view.video(), view.grid(), range, split.fromMillis(), split.asked()),
                true,
                new Overload(watching.maxLagMillis()),
                metrics);
    }

    private static StreamFolder folder(String root, String stream) {
        try {
            return StreamFolder.of(root, stream);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording of " + stream + " cannot be read", e);
        }
    }

    @Override
    public String splitId() {
        return splitId;
    }

    /** Where another pass over the stream goes on. Only when {@link #poll} has no clip. */
    LiveSplit position() {
        return new LiveSplit(stream, clips.nextStartMillis(), coveredMillis(), clips.askedBefore());
    }

    /** From the next clip on this is what is asked. */
    void ask(WatchedVideo video) {
        clips.ask(video);
    }

    /** The stream is watched no longer: what was read since the last clip makes another one, the last. */
    void end() {
        close();
        // its end tells it from the clips before, also when nothing was read since
        long endMicros = Math.max(Math.max(nextMicros, readMicros), (coveredMillis() + 1) * 1_000);
        clips.end(endMicros, "");
    }

    @Override
    public void step() {
        try {
            if (pictures != null) {
                readPicture(pictures);
            } else {
                readIndex();
                keepUp();
                readEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the recording of " + stream + " cannot be read", e);
        }
    }

    /** Whoever is to keep up must know how far the recording is; else a little at a time will do. */
    private void readIndex() throws IOException {
        if (overload == null && !entries.isEmpty()) {
            return;
        }
        SegmentIndex.Lines lines = index.read(position);
        while (!lines.entries().isEmpty()) {
            entries.addAll(lines.entries());
            recordedMillis = Math.max(recordedMillis, entries.getLast().endMillis());
            position = lines.next();
            lines = index.read(position);
        }
        position = lines.next();
    }

    /** Everything up to there is in clips that were made. */
    private long coveredMillis() {
        return grid.startMillis(clips.next()) + grid.overlapMillis();
    }

    private void keepUp() {
        if (overload == null) {
            return;
        }
        long lagMillis = recordedMillis - coveredMillis();
        // nothing is known of the index yet, or its end is looked at already
        metrics.lag(stream, Math.max(0, lagMillis));
        long ordinal = grid.firstOf(recordedMillis);
        if (!overload.isOne(lagMillis) || ordinal <= clips.next()) {
            return;
        }
        clips.giveUp(
                ordinal,
                gaps(clips.nextStartMillis(), grid.endMillis(ordinal - 1)),
                "overload: the analysis was " + lagMillis / 1_000 + " s behind and did not catch up");
        sampler = new FixedRate(framesPerSecond, clips.nextStartMillis() * 1_000);
        nextMicros = Math.max(nextMicros, sampler.leadInMicros());
    }

    private long[] gaps(long fromMillis, long toMillis) {
        return entries.stream()
                .filter(entry ->
                        entry instanceof Gap && entry.endMillis() > fromMillis && entry.startMillis() < toMillis)
                .flatMapToLong(entry ->
                        LongStream.of(Math.max(fromMillis, entry.startMillis()), Math.min(toMillis, entry.endMillis())))
                .toArray();
    }

    private void readEntry() throws IOException {
        IndexEntry entry = entries.poll();
        idle = entry == null;
        if (entry == null && !endless) {
            // a part of the past: what is not there by now will not come
            clips.end(nextMicros, "");
        }
        if (entry == null || entry.endMillis() * 1_000 <= nextMicros) {
            return;
        }
        if (entry instanceof Segment segment) {
            open(segment);
        } else if (entry instanceof Gap) {
            goOnTo(entry.endMillis() * 1_000);
        }
    }

    private void open(Segment segment) throws IOException {
        segmentMicros = segment.firstPtsMicros() + segment.clockMicros();
        try {
            file = folder.local(segment.path());
            pictures = PictureReader.open(file.path().toString(), fit, pts -> wants(segmentMicros + pts), 0);
        } catch (VideoException | FileNotFoundException e) {
            // retention was faster, or the disk is damaged: what is not there is a hole like any other
            closeSegment();
            goOnTo(segment.endMillis() * 1_000);
        }
    }

    private boolean wants(long micros) {
        return micros >= nextMicros && sampler.wants(micros);
    }

    private void readPicture(PictureReader reader) throws IOException {
        DecodedFrame frame = reader.next();
        if (frame == null) {
            goOnTo(segmentMicros + reader.endMicros());
            closeSegment();
            return;
        }
        metrics.picture(frame);
        long micros = segmentMicros + frame.ptsMicros();
        readMicros = micros;
        if (frame.isLost()) {
            clips.lost(micros);
        } else {
            clips.add(new SampledFrame(micros, frame.width(), frame.height(), frame.rgb()));
        }
    }

    private void goOnTo(long micros) {
        nextMicros = Math.max(nextMicros, micros);
        clips.goOnTo(nextMicros);
    }

    @Override
    public @Nullable VideoClip poll() {
        return clips.poll();
    }

    @Override
    public boolean isDone() {
        return clips.isDone();
    }

    @Override
    public boolean isIdle() {
        return idle && pictures == null;
    }

    @Override
    public void close() {
        try {
            closeSegment();
        } catch (IOException e) {
            throw new UncheckedIOException("a copy of a segment of " + stream + " cannot be deleted", e);
        }
    }

    private void closeSegment() throws IOException {
        if (pictures != null) {
            pictures.close();
            pictures = null;
        }
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
