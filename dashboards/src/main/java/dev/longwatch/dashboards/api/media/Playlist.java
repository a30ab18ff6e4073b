// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recording's segments as a playlist of HLS (RFC 8216). Each segment is a file with a head of its own and a clock that
 * begins with it: each brings its own map, which is the head's bytes, and a discontinuity. Where it lies in time says its date.
 */
final class Playlist {

    /** What a head may be long. */
    private static final long LONGEST_HEAD = 1 << 20;

    private static final int BOX_HEAD = 8;

    private final StringBuilder entries = new StringBuilder();
    private final List<RecordingFolder.Segment> added = new ArrayList<>();
    private long longestMillis = 1_000;

    /**
     * @param folder of the recording
     * @param segments in order; those whose files are gone are left out
     */
    static Playlist of(RecordingFolder folder, List<RecordingFolder.Segment> segments) throws IOException {
        Playlist playlist = new Playlist();
        for (RecordingFolder.Segment segment : segments) {
            try (FileChannel file = FileChannel.open(folder.file(segment), StandardOpenOption.READ)) {
                long head = head(file, folder.file(segment));
                if (file.size() > head) {
                    playlist.add(segment, head, file.size());
                }
            } catch (NoSuchFileException e) {
                // retention was faster
            }
        }
        return playlist;
    }

    boolean isEmpty() {
        return added.isEmpty();
    }

    /** Of a recording that goes on: to be asked for again. */
    String live() {
        long first = added.get(0).ordinal();
        return head()
                // every segment has a discontinuity before it
                + "#EXT-X-MEDIA-SEQUENCE:" + first + "\n#EXT-X-DISCONTINUITY-SEQUENCE:" + first + "\n" + entries;
    }

    /**
     * Of a stretch that is over; what is recorded later is no part of it.
     *
     * @param startMillis where players begin, milliseconds since 1970 UTC: in a gap where it is over, after the last segment
     *     at its beginning; null for the beginning
     */
    String whole(@Nullable Long startMillis) {
        String start = startMillis == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "#EXT-X-START:TIME-OFFSET=%.3f,PRECISE=YES\n",
                        offsetMillis(startMillis) / 1_000.0);
        return head() + "#EXT-X-PLAYLIST-TYPE:VOD\n" + start + entries + "#EXT-X-ENDLIST\n";
    }

    /** How far into the playlist an instant is: gaps take no time there. */
    private long offsetMillis(long millis) {
        long offset = 0;
        for (RecordingFolder.Segment segment : added) {
            if (millis < segment.startMillis() + segment.durationMillis()) {
                return offset + Math.max(0, millis - segment.startMillis());
            }
            offset += segment.durationMillis();
        }
        return offset - added.get(added.size() - 1).durationMillis();
    }

    private String head() {
        return "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-TARGETDURATION:"
                + (longestMillis + 999) / 1_000 + "\n";
    }

    private void add(RecordingFolder.Segment segment, long head, long size) {
        added.add(segment);
        longestMillis = Math.max(longestMillis, segment.durationMillis());
        entries.append("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"")
                .append(segment.path())
                .append("\",BYTERANGE=\"")
                .append(head)
                .append("@0\"\n#EXT-X-PROGRAM-DATE-TIME:")
                .append(new DateTimeFormatterBuilder()
                        .appendInstant(3)
                        .toFormatter(Locale.ROOT)
                        .format(Instant.ofEpochMilli(segment.startMillis())))
                .append("\n#EXTINF:")
                .append(String.format(Locale.ROOT, "%.3f", segment.durationMillis() / 1_000.0))
                .append(",\n#EXT-X-BYTERANGE:")
                .append(size - head)
                .append('@')
                .append(head)
                .append('\n')
                .append(segment.path())
                .append('\n');
    }

    /** Up to the end of the box {@code moov} (ISO/IEC 14496-12). */
    private static long head(FileChannel file, Path path) throws IOException {
        ByteBuffer box = ByteBuffer.allocate(BOX_HEAD);
        long position = 0;
        while (position < LONGEST_HEAD) {
            box.clear();
            if (file.read(box, position) < BOX_HEAD) {
                break;
            }
            long size = Integer.toUnsignedLong(box.getInt(0));
            if (size < BOX_HEAD) {
                break;
            }
            position += size;
            if (new String(box.array(), 4, 4, StandardCharsets.US_ASCII).equals("moov")) {
                return position;
            }
        }
        throw new EOFException(path + " is no segment: it has no head");
    }
}
