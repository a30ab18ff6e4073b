// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import dev.longwatch.jobs.decode.PictureChoice;

/**
 * Chooses the pictures to look at. A sampler remembers what it chose: one is made for each pass over a video.
 *
 * <p>What a sampler chooses from an instant on must not depend on where the pass began, or a replay would pick other
 * pictures; it may therefore ask to be shown some pictures before that instant.
 */
public interface Sampler extends PictureChoice {

    /** From where on pictures must be offered so that the choice is right, microseconds after the video's first picture. */
    long leadInMicros();
}
