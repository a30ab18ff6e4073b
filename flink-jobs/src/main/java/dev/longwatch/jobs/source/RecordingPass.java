// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.ClipAssembler;
import dev.longwatch.jobs.clip.VideoClip;
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
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A pass over a stream's recording, which may still grow: segment after segment of its index, each a file of its own. The
 * clock of the clips is the wall clock, so that the grid lies where it lay after a restart, and in every later run.
 */
final class RecordingPass implements ClipPass {

    private final VideoSplit split;
    private final StreamFolder folder;
    private final SegmentIndex index;
    private final PictureFit fit;
    private final Sampler sampler;
    private final ClipAssembler clips;
    private final Queue<IndexEntry> entries = new ArrayDeque<>();
    private IndexPosition position;
    private StreamFolder.@Nullable LocalCopy file;
    private @Nullable PictureReader pictures;
    /** wall clock of the first picture of the segment being read, microseconds since 1970 UTC */
    private long segmentMicros;
    /** nothing before this is looked at: senders' clocks are set back now and then */
    private long nextMicros;

    private boolean idle;

    private RecordingPass(VideoSplit split, Watching watching, StreamFolder folder) {
        this.split = split;
        this.folder = folder;
        index = new SegmentIndex(folder);
        fit = watching.fit();
        long fromMicros = watching.grid().startMillis(split.next()) * 1_000;
        sampler = new FixedRate(watching.framesPerSecond(), fromMicros);
        nextMicros = sampler.leadInMicros();
        position = IndexPosition.before(nextMicros / 1_000);
        clips = new ClipAssembler(watching.of(split), watching.grid(), split.remaining());
    }

    /** @param split of a recording, not done */
    static RecordingPass over(VideoSplit split, Watching watching) {
        try {
            StreamFolder folder = StreamFolder.of(VideoRequest.recordingRoot(split.uri()), split.stream());
            return new RecordingPass(split, watching, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording of " + split.stream() + " cannot be read", e);
        }
    }

    @Override
    public VideoSplit split() {
        return split;
    }

    @Override
    public void step() {
        try {
            if (pictures != null) {
                readPicture(pictures);
            } else {
                readEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the recording of " + split.stream() + " cannot be read", e);
        }
    }

    private void readEntry() throws IOException {
        if (entries.isEmpty()) {
            SegmentIndex.Lines lines = index.read(position);
            position = lines.next();
            entries.addAll(lines.entries());
        }
        IndexEntry entry = entries.poll();
        idle = entry == null;
        if (entry == null && split.endsWatch()) {
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
        long micros = segmentMicros + frame.ptsMicros();
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
            throw new UncheckedIOException("a copy of a segment of " + split.stream() + " cannot be deleted", e);
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
