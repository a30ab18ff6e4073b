// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.engine;

import dev.longwatch.model.network.VisualFeatures;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Visual tokens of temporal patches seen lately. Exact: attention in the vision tower never crosses a temporal patch, so
 * the same pictures have the same tokens in every clip. Of overlapping clips only what is new is encoded.
 *
 * <p>For one thread at a time. What it gives stays open until {@link #trim}, which is called between clips.
 */
final class FeatureCache implements AutoCloseable {

    private final long limit;
    private final Map<PictureDigest, VisualFeatures> features = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param limit bytes to keep between clips */
    FeatureCache(long limit) {
        this.limit = limit;
    }

    @Nullable
    VisualFeatures get(PictureDigest digest) {
        return features.get(digest);
    }

    /** Keeps features and owns them from now on. */
    void put(PictureDigest digest, VisualFeatures added) {
        VisualFeatures previous = features.put(digest, added);
        bytes += added.bytes();
        if (previous != null) {
            bytes -= previous.bytes();
            previous.close();
        }
    }

    /** Closes what was not used for longest, until the limit is kept. */
    void trim() {
        Iterator<VisualFeatures> oldest = features.values().iterator();
        while (bytes > limit && oldest.hasNext()) {
            VisualFeatures dropped = oldest.next();
            oldest.remove();
            bytes -= dropped.bytes();
            dropped.close();
        }
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        features.values().forEach(VisualFeatures::close);
        features.clear();
        bytes = 0;
    }
}
