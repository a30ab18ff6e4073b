// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.footage;

import dev.longwatch.jobs.decode.DecodedFrame;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.decode.PictureReader;
import dev.longwatch.jobs.decode.VideoException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/** Single pictures out of a video, in one pass over it. */
public final class Stills {

    /** A picture that comes later does not show the instant any more. */
    private static final long LATEST_MILLIS = 5_000;

    private final Footage footage;
    private final PictureFit fit;
    private final TreeSet<Long> waiting;
    private final Map<Long, byte[]> found = new HashMap<>();

    private Stills(Footage footage, PictureFit fit, SortedSet<Long> millis) {
        this.footage = footage;
        this.fit = fit;
        waiting = new TreeSet<>(millis);
    }

    /**
     * The first picture at or after each instant.
     *
     * @param fit to which size they are scaled
     * @param millis instants on the video's clock
     * @return JPEG by instant; those after the last picture are left out, those in a gap of a recording, and what could not
     *     be decoded
     * @throws VideoException if there is no video to read
     */
    public static Map<Long, byte[]> of(Footage footage, PictureFit fit, SortedSet<Long> millis) throws IOException {
        Stills stills = new Stills(footage, fit, millis);
        if (!millis.isEmpty()) {
            stills.take(millis.first(), millis.last());
        }
        return stills.found;
    }

    private void take(long firstMillis, long lastMillis) throws IOException {
        for (Footage.Piece piece : footage.between(firstMillis, lastMillis + LATEST_MILLIS)) {
            waiting.headSet(piece.startMillis() - LATEST_MILLIS).clear();
            if (!waiting.headSet(piece.endMillis()).isEmpty()) {
                try {
                    take(piece);
                } catch (VideoException e) {
                    if (!footage.mayBeGone()) {
                        throw e;
                    }
                    // retention was faster: others may be there
                }
            }
        }
    }

    private void take(Footage.Piece piece) throws IOException {
        Map<Long, SortedSet<Long>> served = new HashMap<>();
        long fromMicros = Math.max(0, waiting.first() * 1_000 - piece.zeroMicros());
        try (PictureReader pictures = PictureReader.open(
                piece.uri(), fit, pts -> serves(pts, piece.zeroMicros() + pts, served), fromMicros)) {
            for (DecodedFrame frame = pictures.next(); frame != null; frame = pictures.next()) {
                if (!frame.isLost()) {
                    byte[] jpeg = jpeg(frame);
                    Objects.requireNonNull(served.get(frame.ptsMicros()), "only asked-for pictures come")
                            .forEach(instant -> found.put(instant, jpeg));
                }
            }
        }
    }

    /** Whether a picture is the first at or after an instant that waits for one. */
    private boolean serves(long ptsMicros, long videoMicros, Map<Long, SortedSet<Long>> served) {
        SortedSet<Long> reached = waiting.headSet(videoMicros / 1_000, true);
        if (reached.isEmpty()) {
            return false;
        }
        served.put(ptsMicros, new TreeSet<>(reached));
        reached.clear();
        return true;
    }

    private static byte[] jpeg(DecodedFrame frame) throws IOException {
        BufferedImage picture = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = frame.rgb();
        for (int i = 0; i < frame.width() * frame.height(); i++) {
            int colour = (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 | (rgb[3 * i + 2] & 255);
            picture.setRGB(i % frame.width(), i / frame.width(), colour);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", out);
        return out.toByteArray();
    }
}
