// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;

import dev.longwatch.jobs.decode.PictureFit.PictureSize;
import java.util.ArrayDeque;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The door of this room: reads the wanted pictures of a video, in order of time. What becomes of every wanted picture is
 * told, also of those that could not be decoded. One thread decodes, the one that calls; nothing is read ahead of what the
 * next wanted picture needs.
 */
public final class PictureReader implements AutoCloseable {

    private final Packets packets;
    private final PictureDecoder decoder;
    private final Upright upright;
    private final PictureSize size;
    private final Scaler scaler;
    private final DecodePlan<Packet> plan;
    /** ticks of the pictures that were sent to the decoder because they are wanted */
    private final NavigableSet<Long> awaited = new TreeSet<>();

    private final Queue<DecodedFrame> ready = new ArrayDeque<>();
    /** whether packets tell when they are shown; unknown until the first */
    private @Nullable Boolean timed;

    private long lastGuess = TimeBase.NONE;
    private boolean planEnded;
    private boolean done;

    private PictureReader(Packets packets, PictureDecoder decoder, PictureSize size, PictureChoice choice) {
        VideoFile file = packets.file();
        this.packets = packets;
        this.decoder = decoder;
        this.size = size;
        this.upright = Probing.upright(file.stream());
        this.scaler = upright.swapsSides()
                ? new Scaler(size.height(), size.width())
                : new Scaler(size.width(), size.height());
        this.plan = new DecodePlan<>(choice, file.time());
    }

    /**
     * @param uri a path, or a {@code file:} URI
     * @param fit to which size the pictures are scaled; asked once, so that all pictures of a video have one size
     * @param choice of the pictures; asked about all of them from a key picture at or before {@code fromMicros} on
     * @param fromMicros where to begin, microseconds after the video's first picture
     * @throws VideoException if there is no video to read
     */
    public static PictureReader open(String uri, PictureFit fit, PictureChoice choice, long fromMicros)
            throws VideoException {
        Packets packets = new Packets(VideoFile.open(uri));
        try {
            VideoProbe probe = packets.file().probe();
            PictureSize size = fit.fit(probe.width(), probe.height());
            packets.seek(fromMicros);
            return new PictureReader(packets, new PictureDecoder(packets.file()), size, choice);
        } catch (VideoException | RuntimeException e) {
            packets.close();
            throw e;
        }
    }

    /** The next wanted picture; null at the end. */
    public @Nullable DecodedFrame next() {
        while (ready.isEmpty() && !done) {
            step();
        }
        return ready.poll();
    }

    /** Where the last picture read so far ends, microseconds after the video's first. */
    public long endMicros() {
        return packets.endMicros();
    }

    /** Why the video could not be read to its end, for a person; empty when it was. Known when {@link #next()} is null. */
    public String problem() {
        return packets.problem();
    }

    private void step() {
        DecodePlan.Step<Packet> step = plan.poll();
        if (step != null) {
            try (Packet packet = step.packet()) {
                decode(packet, step);
            }
        } else if (planEnded) {
            finishGroup();
            done = true;
        } else {
            Packet packet = packets.next();
            if (packet == null) {
                plan.end();
                planEnded = true;
            } else {
                add(packet);
            }
        }
    }

    /** Where packets tell no times, AVI mostly, all are decoded: only the decoder knows the order of the pictures. */
    private void add(Packet packet) {
        if (timed == null) {
            timed = packet.pts() != TimeBase.NONE;
        }
        long pts = timed ? packet.pts() : TimeBase.NONE;
        plan.add(packet, pts, packet.dts(), packet.isKey(), packet.isShown());
    }

    private void decode(Packet packet, DecodePlan.Step<Packet> step) {
        switch (step.fate()) {
            case DROP -> finishGroup();
            case REFERENCE -> send(packet, true);
            case UNSURE -> send(packet, false);
            case WANTED -> {
                awaited.add(step.pts());
                send(packet, false);
            }
        }
    }

    private void send(Packet packet, boolean onlyIfReferred) {
        decoder.send(packet, onlyIfReferred);
        receive();
    }

    /** The decoder gives what it held back; what it did not give is lost. */
    private void finishGroup() {
        if (!decoder.isFed()) {
            return;
        }
        decoder.drain();
        receive();
        decoder.restart();
        loseBefore(Long.MAX_VALUE);
    }

    private void receive() {
        for (AVFrame frame = decoder.receive(); frame != null; frame = decoder.receive()) {
            long pts = Boolean.TRUE.equals(timed) ? frame.pts() : guessed(frame);
            if (pts != TimeBase.NONE) {
                take(frame, pts);
            }
        }
    }

    /** AVI has a constant rate, and its last pictures come out of the decoder without any time. */
    private long guessed(AVFrame frame) {
        long guess = frame.best_effort_timestamp();
        if (lastGuess != TimeBase.NONE && (guess == TimeBase.NONE || guess <= lastGuess)) {
            guess = lastGuess + packets.pictureTicks();
        }
        lastGuess = guess;
        return guess;
    }

    private void take(AVFrame frame, long pts) {
        loseBefore(pts);
        if (!awaited.remove(pts) && !plan.wants(pts)) {
            return;
        }
        long micros = packets.file().time().micros(pts);
        boolean damaged = (frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
        byte[] rgb = damaged ? new byte[0] : scaler.rgb(frame);
        if (rgb.length == 0) {
            ready.add(DecodedFrame.lost(micros));
            return;
        }
        byte[] shown = upright.swapsSides()
                ? upright.turn(rgb, size.height(), size.width())
                : upright.turn(rgb, size.width(), size.height());
        ready.add(new DecodedFrame(micros, size.width(), size.height(), shown));
    }

    private void loseBefore(long pts) {
        while (!awaited.isEmpty() && awaited.first() < pts) {
            ready.add(DecodedFrame.lost(packets.file().time().micros(awaited.pollFirst())));
        }
    }

    @Override
    public void close() {
        plan.clear().forEach(Packet::close);
        scaler.close();
        decoder.close();
        packets.close();
    }
}
