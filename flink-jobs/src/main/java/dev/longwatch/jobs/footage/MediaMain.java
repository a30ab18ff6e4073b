// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.footage;

import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.decode.Excerpt;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.decode.PictureFit.PictureSize;
import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes pictures and clips, one after the other, until standard input closes: reads one {@link MediaRequest} a line and
 * answers each with one line, {@code made}, or {@code refused} with a sentence. What is wrong with a request or its video ends
 * only that request.
 */
public final class MediaMain {

    private static final Logger LOG = LoggerFactory.getLogger(MediaMain.class);

    /** When there is no picture at the instant itself, as at the end of a video, one so long before it still shows it. */
    private static final long EARLIER_MILLIS = 2_000;

    /**
     * What was made.
     *
     * @param startMillis the instant of the picture, or of the clip's first one, on the video's clock
     * @param endMillis where the clip ends
     * @param problem what is missing of it and why; empty when nothing is
     */
    record Made(long startMillis, long endMillis, String problem) {}

    /**
     * Nothing was made.
     *
     * @param missing whether the footage is not there, or not any more
     * @param message why, one sentence for a person
     */
    record Refused(boolean missing, String message) {}

    private MediaMain() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            Object answer = answer(line);
            Report.line(answer instanceof Made ? "made" : "refused", answer);
        }
        // native libraries leave threads behind
        System.exit(0);
    }

    /** @return {@link Made} or {@link Refused} */
    static Object answer(String line) {
        try {
            MediaRequest request = MediaRequest.parse(line);
            return request.kind() == MediaRequest.Kind.PICTURE ? picture(request) : clip(request);
        } catch (ConfigException e) {
            return new Refused(false, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("a picture or clip could not be made", e);
            return new Refused(true, String.valueOf(e.getMessage()));
        }
    }

    private static Object picture(MediaRequest request) throws IOException {
        Footage footage = Footage.of(request.stream(), request.uri());
        for (long millis : new long[] {request.fromMillis(), Math.max(0, request.fromMillis() - EARLIER_MILLIS)}) {
            byte[] jpeg = Stills.of(footage, atMost(request.width()), new TreeSet<>(List.of(millis)))
                    .get(millis);
            if (jpeg != null) {
                Files.write(Path.of(request.out()), jpeg);
                return new Made(millis, millis, "");
            }
        }
        return new Refused(true, "there is no picture of that instant, or not any more");
    }

    private static Object clip(MediaRequest request) throws IOException {
        List<Excerpt.Part> parts =
                Footage.of(request.stream(), request.uri()).between(request.fromMillis(), request.toMillis()).stream()
                        .map(piece -> new Excerpt.Part(piece.uri(), piece.zeroMicros()))
                        .toList();
        Excerpt.Written written =
                Excerpt.write(Path.of(request.out()), parts, request.fromMillis() * 1_000, request.toMillis() * 1_000);
        return new Made(
                Math.floorDiv(written.startMicros(), 1_000),
                Math.floorDiv(written.endMicros(), 1_000),
                written.problem());
    }

    private static PictureFit atMost(int pixels) {
        return (width, height) -> {
            double scale = Math.min(1, (double) pixels / width);
            return new PictureSize(
                    (int) Math.max(2, Math.round(width * scale)), (int) Math.max(2, Math.round(height * scale)));
        };
    }
}
