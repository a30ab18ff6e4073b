// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.watchlist;

import java.io.Serializable;

/**
 * How closely a stream is looked at.
 *
 * @param framesPerSecond how many pictures a second, at most
 * @param byChange whether pictures without a change near them are left out
 * @param clipMillis how much the model sees at once
 * @param overlapMillis how much of a clip is seen again by the next one; so much less than a clip that each begins half a
 *     second and a picture after the one before
 */
public record Sampling(double framesPerSecond, boolean byChange, long clipMillis, long overlapMillis)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * For streams that people are told of while they go on: a clip every 4 s, so that what happens is looked at soon. Each
     * picture is in four clips, and is encoded once.
     */
    public static final Sampling LIVE = new Sampling(2, false, 16_000, 12_000);

    private static final long LEAST_NEW_MILLIS = 500;

    public Sampling {
        if (!(framesPerSecond > 0 && framesPerSecond <= 30)) {
            throw new IllegalArgumentException("expected up to 30 pictures a second, found " + framesPerSecond);
        }
        if (clipMillis <= 0 || overlapMillis < 0 || overlapMillis >= clipMillis) {
            throw new IllegalArgumentException("expected clips that overlap by less than their length, found "
                    + clipMillis + " ms and " + overlapMillis + " ms");
        }
        long newMillis = clipMillis - overlapMillis;
        if (newMillis < LEAST_NEW_MILLIS || framesPerSecond * newMillis < 1_000) {
            throw new IllegalArgumentException("expected clips that begin " + LEAST_NEW_MILLIS
                    + " ms and a picture apart, found " + newMillis + " ms at " + framesPerSecond
                    + " pictures a second");
        }
    }
}
