// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import java.io.Serializable;
import java.util.Locale;

/** Leaves out those of a clip's frames that are not worth looking at. The same frames in give the same frames out. */
@FunctionalInterface
public interface Thinning extends Serializable {

    /** Leaves nothing out. */
    Thinning NONE = frames -> frames;

    /**
     * @param frames of one clip in order of time, of one size
     * @return some of them, in order
     */
    SampledFrame[] keep(SampledFrame[] frames);

    /**
     * Why a clip has as many frames as it has, for a person.
     *
     * @param framesPerSecond at which they were offered
     */
    default String reason(double framesPerSecond, int offered, int kept) {
        String rate = String.format(Locale.ROOT, "%s a second", plain(framesPerSecond));
        return kept == offered ? rate : kept + " of " + offered + " at " + rate;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
