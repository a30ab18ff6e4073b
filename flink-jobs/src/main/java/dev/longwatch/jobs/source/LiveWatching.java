// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.decode.PictureFit;
import java.io.Serializable;

/**
 * How all streams are watched that go on; what differs from stream to stream is in the watchlist.
 *
 * @param root of all recordings
 * @param describe whether to ask for a dense caption of every clip besides
 * @param fit to which size pictures are scaled
 * @param maxLagMillis see {@link Overload}
 */
public record LiveWatching(String root, boolean describe, PictureFit fit, long maxLagMillis) implements Serializable {}
