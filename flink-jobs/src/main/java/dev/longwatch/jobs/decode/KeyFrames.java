// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.bytedeco.ffmpeg.avformat.AVIndexEntry.AVINDEX_KEYFRAME;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Where decoding can begin in a video: instants in microseconds after its first picture, ascending. Good to within the
 * reordering of pictures, a tenth of a second: a reader compares what it finds.
 */
public final class KeyFrames {

    /** An index that stops earlier before the end is what opening the file left behind, or is damaged. */
    private static final long UNINDEXED_MICROS = 60_000_000;

    private final long[] micros;

    KeyFrames(long... micros) {
        this.micros = micros.clone();
        Arrays.sort(this.micros);
    }

    /** The last one at or before an instant; the start of the video if there is none. */
    public long lastNotAfter(long instantMicros) {
        int found = Arrays.binarySearch(micros, instantMicros);
        int index = found >= 0 ? found : -found - 2;
        return index < 0 ? 0 : micros[index];
    }

    public int count() {
        return micros.length;
    }

    /** From the file's index, else by reading all of its packets without decoding any. */
    static KeyFrames of(VideoFile file) throws VideoException {
        KeyFrames indexed = new KeyFrames(indexed(file));
        long lastExpected = file.probe().durationMicros() - UNINDEXED_MICROS;
        boolean whole = indexed.count() > 1 && indexed.micros[indexed.count() - 1] >= lastExpected;
        return whole ? indexed : Survey.of(file.uri()).keys();
    }

    private static long[] indexed(VideoFile file) {
        AVStream stream = file.stream();
        LongStream.Builder found = LongStream.builder();
        // the index tells when they are decoded, a constant while before they are shown
        long delay = 0;
        for (int i = 0; i < avformat_index_get_entries_count(stream); i++) {
            AVIndexEntry entry = avformat_index_get_entry(stream, i);
            if (i == 0) {
                delay = Math.max(0, -file.time().micros(entry.timestamp()));
            }
            if ((entry.flags() & AVINDEX_KEYFRAME) != 0) {
                found.add(file.time().micros(entry.timestamp()) + delay);
            }
        }
        return found.build().toArray();
    }
}
