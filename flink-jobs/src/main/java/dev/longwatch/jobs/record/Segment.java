// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/**
 * A file of some seconds of a stream that plays on its own, from a key picture on. The file's own clock starts with it.
 *
 * @param stream the stream's name
 * @param epoch counts the connections to the stream
 * @param ordinal counts the segments of the stream through all epochs
 * @param path of the file, relative to the stream's folder
 * @param startMillis the stretch of wall clock it covers, milliseconds since 1970 UTC; never before the end of the entry
 *     before it, though a server that begins with what it kept sends pictures from before
 * @param endMillis exclusive
 * @param firstPtsMicros when its first picture is shown, on the stream's own clock in this epoch, microseconds
 * @param lastPtsMicros when its last picture is shown
 * @param durationMicros from the first picture to the end of the last
 * @param clockMicros wall clock of the stream's own time 0, microseconds since 1970 UTC: a picture's wall clock is this
 *     plus its time
 * @param clock how that is known
 * @param bytes size of the file
 * @param pictures how many are in it
 * @param keyPictures how many of them can be decoded without others
 * @param codec FFmpeg's name
 * @param width in pixels
 * @param height in pixels
 * @param frozen whether the picture has not changed for long
 * @param black whether the picture is black
 */
public record Segment(
        String stream,
        long epoch,
        long ordinal,
        String path,
        long startMillis,
        long endMillis,
        long firstPtsMicros,
        long lastPtsMicros,
        long durationMicros,
        long clockMicros,
        ClockSource clock,
        long bytes,
        int pictures,
        int keyPictures,
        String codec,
        int width,
        int height,
        boolean frozen,
        boolean black)
        implements IndexEntry {

    @Override
    public String why() {
        return PictureWatch.words(frozen, black);
    }
}
