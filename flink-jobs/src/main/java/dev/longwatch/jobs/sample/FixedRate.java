// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

/**
 * So many pictures a second, on a grid anchored at the video's first picture: sample {@code k} is the first picture at or
 * after {@code k} intervals. No picture is chosen twice, and where the video has no pictures there are no samples.
 */
public final class FixedRate implements Sampler {

    private static final double MICROS = 1_000_000;

    private final double framesPerSecond;
    private final long fromMicros;
    private long lastCell = -1;

    /**
     * @param framesPerSecond positive
     * @param fromMicros nothing before this is chosen, microseconds after the video's first picture
     */
    public FixedRate(double framesPerSecond, long fromMicros) {
        if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
            throw new IllegalArgumentException("expected a positive sampling rate, found " + framesPerSecond);
        }
        this.framesPerSecond = framesPerSecond;
        this.fromMicros = fromMicros;
    }

    /** A picture is chosen when it is the first of its cell, so the pictures before it in its cell must be known. */
    @Override
    public long leadInMicros() {
        return Math.max(0, fromMicros - (long) Math.ceil(MICROS / framesPerSecond) - 1);
    }

    @Override
    public boolean wants(long ptsMicros) {
        long cell = cell(ptsMicros);
        boolean first = cell > lastCell;
        lastCell = Math.max(cell, lastCell);
        return first && ptsMicros >= fromMicros;
    }

    /** The last {@code k} whose instant, rounded down to microseconds as the picture's is, is not after the picture. */
    private long cell(long ptsMicros) {
        return (long) Math.ceil((ptsMicros + 1) * framesPerSecond / MICROS) - 1;
    }
}
