// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;

import dev.longwatch.jobs.decode.TimeBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * What a stream sends while it counts time in one go, cut into files at key pictures. Packets that do not fit are left out:
 * without times, out of order, or before the first key picture.
 */
final class Epoch implements AutoCloseable {

    private static final Duration LONGEST_WAIT_FOR_KEY = Duration.ofSeconds(30);
    private static final long LONGEST_MICROS = Duration.ofMinutes(10).toMillis() * 1_000;
    private static final long MOST_BYTES = 1L << 29;

    private final long number;
    private final Path folder;
    private final long targetMicros;
    private final AVStream stream;
    private final TimeBase time;
    private final ParameterSets sets;
    private final PictureWatch watch;
    private final Continuity continuity = new Continuity();
    private final ClockOffset clock = new ClockOffset();
    private @Nullable Piece piece;
    private boolean pieceFollows;
    private long lastKeyMicros;

    /**
     * Some seconds in a file on this machine.
     *
     * @param follows whether it begins where the one before it in this epoch ended
     */
    record Cut(
            Path file,
            boolean follows,
            long firstPtsMicros,
            long lastPtsMicros,
            long durationMicros,
            int pictures,
            int keyPictures,
            String codec,
            int width,
            int height) {}

    /** What is being written. */
    private static final class Piece {
        private final Path path;
        private final SegmentFile file;
        private final boolean follows;
        private final long firstPts;
        private final String codec;
        private final int width;
        private final int height;
        private long lastPts;
        private long bytes;
        private int pictures;
        private int keys;

        Piece(Path path, SegmentFile file, boolean follows, long firstPts, AVCodecParameters parameters) {
            this.path = path;
            this.file = file;
            this.follows = follows;
            this.firstPts = firstPts;
            lastPts = firstPts;
            codec = avcodec_get_name(parameters.codec_id()).getString();
            width = parameters.width();
            height = parameters.height();
        }
    }

    /**
     * @param number of the epoch
     * @param folder on this machine, for files being written
     * @param target how long a file is to be at least
     * @param watch told of its pictures
     * @param nowMicros wall clock
     */
    Epoch(long number, Path folder, Duration target, LiveInput input, PictureWatch watch, long nowMicros) {
        this.number = number;
        this.folder = folder;
        targetMicros = target.toMillis() * 1_000;
        stream = input.pictures();
        time = input.time();
        sets = new ParameterSets(stream);
        this.watch = watch;
        lastKeyMicros = nowMicros;
        watch.restart(sets.parameters());
    }

    long number() {
        return number;
    }

    ClockOffset clock() {
        return clock;
    }

    /** Whether a packet belongs to this epoch and where in it. */
    Continuity.Step step(AVPacket packet, long nowMicros) {
        if (packet.pts() == TimeBase.NONE && packet.dts() == TimeBase.NONE) {
            return Continuity.Step.STALE;
        }
        if (packet.pts() == TimeBase.NONE) {
            packet.pts(packet.dts());
        } else if (packet.dts() == TimeBase.NONE || packet.dts() > packet.pts()) {
            packet.dts(packet.pts());
        }
        return continuity.step(time.scaled(packet.dts()), nowMicros);
    }

    /**
     * Keeps a packet.
     *
     * @param step what {@link #step} said of it, not {@link Continuity.Step#JUMP}
     * @return what was finished by it; null when nothing was
     * @throws StreamException if no picture can be made of what comes
     */
    @Nullable
    Cut add(AVPacket packet, Continuity.Step step, long nowMicros) throws StreamException, IOException {
        if (step == Continuity.Step.STALE) {
            return null;
        }
        long pts = time.scaled(packet.pts());
        clock.arrived(pts, nowMicros);
        long sender = LiveInput.senderMicros(packet);
        if (sender > 0) {
            clock.reported(pts, sender);
        }
        Cut cut = step == Continuity.Step.HOLE ? finish(false) : null;
        boolean damaged = (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0 && !damaged;
        if (key) {
            boolean changed = look(packet, nowMicros);
            if (piece != null && (changed || pts - piece.firstPts >= targetMicros)) {
                cut = finishAt(pts);
            }
            if (piece == null) {
                start(pts);
            }
        }
        Piece open = piece;
        if (open == null) {
            if (nowMicros - lastKeyMicros > LONGEST_WAIT_FOR_KEY.toMillis() * 1_000) {
                throw new StreamException(
                        Condition.UNDECODABLE,
                        "data come, but no key picture for " + LONGEST_WAIT_FOR_KEY.toSeconds() + " s");
            }
            return cut;
        }
        open.file.write(packet);
        open.lastPts = Math.max(open.lastPts, pts);
        open.bytes += packet.size();
        open.pictures++;
        open.keys += key ? 1 : 0;
        if (pts - open.firstPts > LONGEST_MICROS || open.bytes > MOST_BYTES) {
            throw new StreamException(
                    Condition.UNSUPPORTED, "no key picture comes in " + (LONGEST_MICROS / 60_000_000) + " minutes");
        }
        return cut;
    }

    /** What is left when nothing follows; null when nothing is. */
    @Nullable
    Cut finish() throws IOException {
        return finish(false);
    }

    @Override
    public void close() {
        if (piece != null) {
            drop(piece);
            piece = null;
        }
        sets.close();
    }

    /** Whether the pictures are others than those before: of another size, or coded in another way. */
    private boolean look(AVPacket key, long nowMicros) throws StreamException {
        lastKeyMicros = nowMicros;
        boolean changed = sets.changedBy(key);
        if (changed) {
            watch.restart(sets.parameters());
        }
        PictureWatch.Size size = watch.see(key, nowMicros);
        AVCodecParameters parameters = sets.parameters();
        if (size != null && (size.width() != parameters.width() || size.height() != parameters.height())) {
            parameters.width(size.width()).height(size.height());
            changed = true;
        }
        if (watch.isUndecodable(nowMicros)) {
            throw new StreamException(Condition.UNDECODABLE, "data come, but no picture can be made of them");
        }
        return changed;
    }

    private void start(long pts) throws IOException {
        AVCodecParameters parameters = sets.parameters();
        if (parameters.width() <= 0 || parameters.height() <= 0) {
            return;
        }
        Path path = Files.createTempFile(folder, "segment-", ".mp4");
        SegmentFile file = new SegmentFile(path, parameters, stream.time_base());
        piece = new Piece(path, file, pieceFollows, pts, parameters);
    }

    private @Nullable Cut finishAt(long nextPts) throws IOException {
        Piece done = piece;
        return done == null ? null : finish(done, Math.max(1, nextPts - done.firstPts), true);
    }

    private @Nullable Cut finish(boolean followed) throws IOException {
        Piece done = piece;
        return done == null
                ? null
                : finish(done, done.lastPts - done.firstPts + Math.max(1, continuity.intervalMicros()), followed);
    }

    private Cut finish(Piece done, long durationMicros, boolean followed) throws IOException {
        piece = null;
        pieceFollows = followed;
        try (SegmentFile file = done.file) {
            file.finish();
        } catch (IOException e) {
            Files.deleteIfExists(done.path);
            throw e;
        }
        return new Cut(
                done.path,
                done.follows,
                done.firstPts,
                done.lastPts,
                durationMicros,
                done.pictures,
                done.keys,
                done.codec,
                done.width,
                done.height);
    }

    private static void drop(Piece dropped) {
        dropped.file.close();
        try {
            Files.deleteIfExists(dropped.path);
        } catch (IOException e) {
            // the folder goes with the recording
        }
    }
}
