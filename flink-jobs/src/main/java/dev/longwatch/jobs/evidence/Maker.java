// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.evidence;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.jobs.decode.Excerpt;
import dev.longwatch.jobs.decode.PictureFit.PictureSize;
import dev.longwatch.jobs.footage.Footage;
import dev.longwatch.jobs.footage.Stills;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Makes what there is to see of an alert, on the calling thread. What cannot be made is said in the evidence; files are
 * functions of the alert and its footage alone.
 */
final class Maker {

    /** Nobody looks at a longer clip. */
    static final long LONGEST_MILLIS = 600_000;

    /** Of a thumbnail's longer side. */
    private static final int PIXELS = 960;

    private final EvidenceFolder folder;

    Maker(EvidenceFolder folder) {
        this.folder = folder;
    }

    /**
     * What can be made now: a thumbnail unless there is one, and a clip once the alert is closed.
     *
     * @param before what was made when the alert was open
     * @throws InterruptedIOException if the thread was interrupted
     */
    Evidence make(Alert alert, Evidence before) throws InterruptedIOException {
        Evidence evidence = before.thumbnail().isEmpty()
                ? Evidence.none(alert)
                : Evidence.none(alert).withThumbnail();
        if (evidence.thumbnail().isEmpty()) {
            evidence = withThumbnail(alert, evidence);
        }
        return alert.state() == Alert.State.CLOSED ? withClip(alert, evidence) : evidence;
    }

    private Evidence withThumbnail(Alert alert, Evidence evidence) throws InterruptedIOException {
        try {
            long start = alert.span().startMillis();
            long middle = start + alert.span().millis() / 2;
            Map<Long, byte[]> stills = Stills.of(footage(alert), Maker::fit, new TreeSet<>(List.of(start, middle)));
            byte[] jpeg = stills.getOrDefault(middle, stills.get(start));
            if (jpeg == null) {
                return evidence.without("no thumbnail: there are no pictures of it any more");
            }
            folder.publish(new ByteArrayInputStream(jpeg), Evidence.thumbnailOf(alert.id()));
            return evidence.withThumbnail();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            return evidence.without("no thumbnail: " + words(e));
        }
    }

    private Evidence withClip(Alert alert, Evidence evidence) throws InterruptedIOException {
        long start = alert.span().startMillis();
        long end = Math.min(alert.span().endMillis(), start + LONGEST_MILLIS);
        try {
            Path local = Files.createTempFile("longwatch-evidence-", ".mp4");
            try {
                List<Excerpt.Part> parts = footage(alert).between(start, end).stream()
                        .map(piece -> new Excerpt.Part(piece.uri(), piece.zeroMicros()))
                        .toList();
                Excerpt.Written written = Excerpt.write(local, parts, start * 1_000, end * 1_000);
                try (InputStream in = Files.newInputStream(local)) {
                    folder.publish(in, Evidence.clipOf(alert.id()));
                }
                Evidence made = evidence.withClip(
                        Math.floorDiv(written.startMicros(), 1_000), Math.floorDiv(written.endMicros(), 1_000));
                return said(said(made, written.problem()), tooLong(alert));
            } finally {
                Files.deleteIfExists(local);
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            return evidence.without("no clip: " + words(e));
        }
    }

    private static String tooLong(Alert alert) {
        return alert.span().millis() > LONGEST_MILLIS
                ? "the clip ends " + LONGEST_MILLIS / 60_000 + " minutes after the beginning"
                : "";
    }

    private static Evidence said(Evidence evidence, String problem) {
        return problem.isEmpty() ? evidence : evidence.without(problem);
    }

    private static Footage footage(Alert alert) throws IOException {
        return Footage.of(alert.stream(), alert.uri());
    }

    private static PictureSize fit(int width, int height) {
        double scale = Math.min(1, (double) PIXELS / Math.max(width, height));
        return new PictureSize(
                (int) Math.max(2, Math.round(width * scale)), (int) Math.max(2, Math.round(height * scale)));
    }

    private static String words(Exception problem) {
        String message = problem.getMessage();
        return message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
    }
}
