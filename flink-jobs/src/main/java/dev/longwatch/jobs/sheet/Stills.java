// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sheet;

import dev.longwatch.jobs.decode.DecodedFrame;
import dev.longwatch.jobs.decode.PictureFit.PictureSize;
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

/** Single pictures out of a video, small, in one pass over it. */
final class Stills {

    private static final int HEIGHT = 180;

    private Stills() {}

    /**
     * The first picture at or after each instant.
     *
     * @param millis instants on the video's clock
     * @return JPEG by instant; those after the last picture are left out, and what could not be decoded
     * @throws VideoException if there is no video to read
     */
    static Map<Long, byte[]> of(String uri, SortedSet<Long> millis) throws IOException {
        Map<Long, byte[]> stills = new HashMap<>();
        if (millis.isEmpty()) {
            return stills;
        }
        TreeSet<Long> waiting = new TreeSet<>(millis);
        Map<Long, SortedSet<Long>> served = new HashMap<>();
        try (PictureReader pictures =
                PictureReader.open(uri, Stills::small, pts -> serves(pts, waiting, served), millis.first() * 1_000)) {
            for (DecodedFrame frame = pictures.next(); frame != null; frame = pictures.next()) {
                if (!frame.isLost()) {
                    byte[] jpeg = jpeg(frame);
                    Objects.requireNonNull(served.get(frame.ptsMicros()), "only asked-for pictures come")
                            .forEach(instant -> stills.put(instant, jpeg));
                }
            }
        }
        return stills;
    }

    /** Whether a picture is the first at or after an instant that waits for one. */
    private static boolean serves(long ptsMicros, TreeSet<Long> waiting, Map<Long, SortedSet<Long>> served) {
        SortedSet<Long> reached = waiting.headSet(ptsMicros / 1_000, true);
        if (reached.isEmpty()) {
            return false;
        }
        served.put(ptsMicros, new TreeSet<>(reached));
        reached.clear();
        return true;
    }

    private static PictureSize small(int width, int height) {
        return new PictureSize(Math.max(2, Math.round((float) width * HEIGHT / height)), HEIGHT);
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
