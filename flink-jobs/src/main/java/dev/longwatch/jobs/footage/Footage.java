// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.footage;

import dev.longwatch.jobs.record.IndexEntry;
import dev.longwatch.jobs.record.IndexPosition;
import dev.longwatch.jobs.record.Segment;
import dev.longwatch.jobs.record.SegmentIndex;
import dev.longwatch.jobs.record.StreamFolder;
import dev.longwatch.jobs.source.VideoRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was filmed of a video or stream, as files on this machine. */
public final class Footage {

    private final String uri;
    private final @Nullable StreamFolder recording;

    private Footage(String uri, @Nullable StreamFolder recording) {
        this.uri = uri;
        this.recording = recording;
    }

    /**
     * A file with some of the pictures.
     *
     * @param uri a path, or a {@code file:} URI
     * @param zeroMicros what the video's clock says at the file's first picture, microseconds
     * @param startMillis where the pictures begin, on the video's clock
     * @param endMillis where they end; not known of a video that is one file
     */
    public record Piece(String uri, long zeroMicros, long startMillis, long endMillis) {}

    /**
     * @param stream its name
     * @param uri of a file, or of a recording as in {@link VideoRequest}
     * @throws IOException if that is no place where files of this machine are; holds no address with a password
     */
    public static Footage of(String stream, String uri) throws IOException {
        if (!VideoRequest.isRecording(uri)) {
            if (!uri.startsWith("file:") && uri.contains("://")) {
                throw new IOException("pictures of " + stream + " are shown from files and recordings only");
            }
            return new Footage(uri, null);
        }
        StreamFolder folder = StreamFolder.of(VideoRequest.recordingRoot(uri), stream);
        if (!folder.isLocal()) {
            throw new IOException("recordings are read on file systems of this machine only, found " + folder);
        }
        return new Footage(uri, folder);
    }

    /** Whether a file that is gone is what retention took, and not what somebody misspelt. */
    boolean mayBeGone() {
        return recording != null;
    }

    /**
     * The files with pictures of a stretch, in order of time. None when none was recorded.
     *
     * @param fromMillis on the video's clock
     * @param toMillis on the video's clock
     */
    public List<Piece> between(long fromMillis, long toMillis) throws IOException {
        if (recording == null) {
            return List.of(new Piece(uri, 0, 0, Long.MAX_VALUE));
        }
        List<Piece> pieces = new ArrayList<>();
        SegmentIndex index = new SegmentIndex(recording);
        SegmentIndex.Lines lines = index.read(IndexPosition.before(fromMillis));
        while (!lines.entries().isEmpty()) {
            for (IndexEntry entry : lines.entries()) {
                if (entry.startMillis() >= toMillis) {
                    return pieces;
                }
                if (entry instanceof Segment segment && entry.endMillis() > fromMillis) {
                    pieces.add(piece(segment, recording));
                }
            }
            lines = index.read(lines.next());
        }
        return pieces;
    }

    private static Piece piece(Segment segment, StreamFolder folder) {
        return new Piece(
                folder.resolve(segment.path()).getPath(),
                segment.firstPtsMicros() + segment.clockMicros(),
                segment.startMillis(),
                segment.endMillis());
    }
}
