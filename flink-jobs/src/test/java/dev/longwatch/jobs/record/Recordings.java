// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recording made of ready files, for those who read recordings. */
public final class Recordings {

    private final String stream;
    private final StreamFolder folder;
    private final SegmentIndex index;
    private long ordinal;

    public Recordings(Path root, String stream) throws IOException {
        this(root.toString(), stream);
    }

    /** @param root a path, or a URI of one of Flink's file systems */
    public Recordings(String root, String stream) throws IOException {
        this.stream = stream;
        folder = StreamFolder.of(root, stream);
        index = new SegmentIndex(folder);
    }

    /**
     * Adds a file as a segment.
     *
     * @param startMillis wall clock of its first picture
     * @param millis how long it is
     */
    public void segment(Path file, long startMillis, long millis) throws IOException {
        String path = "segments/" + SegmentIndex.hour(startMillis) + "/" + (++ordinal) + ".mp4";
        folder.publish(file, path);
        index.append(new Segment(
                stream,
                1,
                ordinal,
                path,
                startMillis,
                startMillis + millis,
                ordinal * 1_000_000,
                ordinal * 1_000_000 + millis * 1_000,
                millis * 1_000,
                startMillis * 1_000 - ordinal * 1_000_000,
                ClockSource.ARRIVAL,
                Files.size(file),
                1,
                1,
                "h264",
                320,
                180,
                false,
                false));
    }

    public void gap(long startMillis, long endMillis) throws IOException {
        index.append(new Gap(stream, 1, startMillis, endMillis, Condition.DISCONNECTED));
    }

    /** Deletes the file of the last segment, as retention may. */
    public void loseLast(long startMillis) throws IOException {
        folder.delete("segments/" + SegmentIndex.hour(startMillis) + "/" + ordinal + ".mp4");
    }
}
