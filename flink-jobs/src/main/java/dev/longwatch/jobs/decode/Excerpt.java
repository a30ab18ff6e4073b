// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies a stretch of a video into an MP4 of its own, without decoding anything: from the last key picture at or before its
 * beginning to its end. The video may lie in several files; where pictures are missing between two of them, the last one
 * before stays on screen, so that every instant keeps its distance from the beginning. Sound is left out.
 */
public final class Excerpt {

    /** Of a longer way from a key picture nobody wants to see everything. */
    private static final long LONGEST_LEAD_MICROS = 120_000_000;

    private static final long MOST_BYTES = 1L << 28;

    /** Pictures that are shown before the key picture that they follow do so by less; a gap is more. */
    private static final long REORDERED_MICROS = 1_000_000;

    private final Path out;
    private final long fromMicros;
    private final long toMicros;
    private @Nullable ExcerptFile file;
    private long startMicros;
    private long endMicros;
    private String problem = "";

    private Excerpt(Path out, long fromMicros, long toMicros) {
        this.out = out;
        this.fromMicros = fromMicros;
        this.toMicros = toMicros;
    }

    /**
     * A file of the video.
     *
     * @param uri a path, or a {@code file:} URI
     * @param zeroMicros what the video's clock says at the file's first picture, microseconds
     */
    public record Part(String uri, long zeroMicros) {}

    /**
     * What was written.
     *
     * @param startMicros what the video's clock says at the excerpt's first picture
     * @param endMicros where its last picture ends, on the video's clock
     * @param problem what of it is missing and why, for a person; empty when nothing is
     */
    public record Written(long startMicros, long endMicros, String problem) {}

    /**
     * Writes the stretch.
     *
     * @param out the file, also when it is there already
     * @param parts in order of time
     * @param fromMicros on the video's clock
     * @param toMicros on the video's clock
     * @throws IOException if there is nothing to copy, or nowhere to
     * @throws InterruptedIOException if the thread was interrupted
     */
    public static Written write(Path out, List<Part> parts, long fromMicros, long toMicros) throws IOException {
        Excerpt excerpt = new Excerpt(out, fromMicros, toMicros);
        try {
            for (Part part : parts) {
                if (!excerpt.add(part)) {
                    break;
                }
            }
            return excerpt.finished();
        } finally {
            if (excerpt.file != null) {
                excerpt.file.close();
            }
        }
    }

    private Written finished() throws IOException {
        if (file == null) {
            throw new IOException(problem.isEmpty() ? "there are no pictures of it any more" : problem);
        }
        file.finish();
        return new Written(startMicros, endMicros, problem);
    }

    /** @return whether more may follow */
    private boolean add(Part part) throws IOException {
        try (Packets packets = new Packets(VideoFile.open(part.uri()))) {
            long key = key(part, packets);
            if (key == TimeBase.NONE) {
                problem = part.uri() + " has no key picture to begin with, or its pictures bear no times";
                return true;
            }
            TimeBase time = packets.file().time();
            long keyMicros = part.zeroMicros() + time.micros(key);
            if (file == null) {
                if (fromMicros - keyMicros > LONGEST_LEAD_MICROS) {
                    problem = "the last key picture before it is " + (fromMicros - keyMicros) / 60_000_000
                            + " minutes away, too far to show";
                    return true;
                }
                file = new ExcerptFile(out, packets.file());
                startMicros = keyMicros;
            } else if (!file.fits(packets.file())) {
                problem = "pictures that are coded in another way follow and are left out";
                return false;
            }
            return copy(part, packets, key, file);
        } catch (VideoException e) {
            // gone or damaged: what the other files hold can be shown
            problem = e.sentence();
            return true;
        }
    }

    /**
     * Goes to the last key picture at or before the beginning, or to the first one of a later file.
     *
     * @return when it is shown, in ticks; {@link TimeBase#NONE} when there is none
     */
    private long key(Part part, Packets packets) throws IOException {
        long beginning = file == null ? fromMicros - part.zeroMicros() : 0;
        packets.seek(beginning);
        TimeBase time = packets.file().time();
        long found = TimeBase.NONE;
        boolean beyond = false;
        for (Packet next = packets.next(); next != null; next = beyond ? null : packets.next()) {
            try (Packet packet = next) {
                refuseInterrupt();
                long shown = shown(packet, packets.file());
                if (packet.isKey() && shown != TimeBase.NONE) {
                    found = found == TimeBase.NONE || time.micros(shown) <= beginning ? shown : found;
                }
                // what is decoded later is shown later
                beyond = found != TimeBase.NONE
                        && packet.dts() != TimeBase.NONE
                        && time.micros(packet.dts()) > beginning;
            }
        }
        packets.seek(beginning);
        return found;
    }

    /** @return whether more may follow */
    private boolean copy(Part part, Packets packets, long key, ExcerptFile to) throws IOException {
        TimeBase time = packets.file().time();
        // pictures before the key picture refer to ones that are not here, unless those were just written
        boolean dropsLeading = to.bytes() == 0 || part.zeroMicros() + time.micros(key) - endMicros > REORDERED_MICROS;
        boolean begun = false;
        boolean goesOn = true;
        for (Packet next = packets.next(); next != null; next = goesOn ? packets.next() : null) {
            try (Packet packet = next) {
                refuseInterrupt();
                long shown = shown(packet, packets.file());
                begun |= packet.isKey() && shown == key;
                if (begun && shown != TimeBase.NONE && !(dropsLeading && shown < key)) {
                    goesOn = copy(packet, shown, part, packets, to);
                }
            }
        }
        return goesOn;
    }

    private boolean copy(Packet packet, long shown, Part part, Packets packets, ExcerptFile to) throws IOException {
        TimeBase time = packets.file().time();
        long shownMicros = part.zeroMicros() + time.micros(shown);
        boolean timed = packet.dts() != TimeBase.NONE;
        long decodedMicros = timed ? part.zeroMicros() + time.micros(packet.dts()) : shownMicros;
        if (decodedMicros >= toMicros && to.bytes() > 0) {
            return false;
        }
        if (to.bytes() > MOST_BYTES) {
            problem = "pictures after " + (MOST_BYTES >> 20) + " MiB are left out";
            return false;
        }
        to.write(packet, time, shownMicros - startMicros, timed ? decodedMicros - startMicros : TimeBase.NONE);
        long ticks = packet.duration() > 0 ? packet.duration() : packets.pictureTicks();
        endMicros = Math.max(endMicros, shownMicros + time.scaled(ticks));
        return true;
    }

    /** When a packet's picture is shown. Where packets do not say and none is held back, that is when it is decoded. */
    private static long shown(Packet packet, VideoFile file) {
        return packet.pts() == TimeBase.NONE && file.stream().codecpar().video_delay() == 0
                ? packet.dts()
                : packet.pts();
    }

    private static void refuseInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("copying pictures was interrupted");
        }
    }
}
