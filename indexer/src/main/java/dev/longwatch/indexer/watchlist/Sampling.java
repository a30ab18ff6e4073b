// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.watchlist;

import java.io.Serializable;

/**
 * How closely a stream is looked at.
 *
 * @param framesPerSecond how many pictures a second, at most
 * @param byChange whether pictures without a change near them are left out
 * @param clipMillis how much the model sees at once
 * @param overlapMillis how much of a clip is seen again by the next one; less than a clip
 */
public record Sampling(double framesPerSecond, boolean byChange, long clipMillis, long overlapMillis)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public Sampling {
        if (!(framesPerSecond > 0 && framesPerSecond <= 30)) {
            throw new IllegalArgumentException("expected up to 30 pictures a second, found " + framesPerSecond);
        }
        if (clipMillis <= 0 || overlapMillis < 0 || overlapMillis >= clipMillis) {
            throw new IllegalArgumentException("expected clips that overlap by less than their length, found "
                    + clipMillis + " ms and " + overlapMillis + " ms");
        }
    }
}
