// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import java.io.Serializable;

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
}
