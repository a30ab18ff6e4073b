// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the vectors of the sentences that were asked for last: most events of a rule say the same sentence. */
final class RememberingEmbedder implements Embedder {

    /** About 8 MB of vectors. */
    static final int SENTENCES = 4_096;

    private final Embedder embedder;
    private final Map<String, float[]> remembered;

    RememberingEmbedder(Embedder embedder, int sentences) {
        this.embedder = embedder;
        this.remembered = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                return size() > sentences;
            }
        };
    }

    @Override
    public String model() {
        return embedder.model();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (String text : texts) {
            float @Nullable [] vector = recall(text);
            if (vector == null) {
                vector = embedder.embed(text);
                remember(text, vector);
            }
            vectors.add(vector.clone());
        }
        return vectors;
    }

    private synchronized float @Nullable [] recall(String text) {
        return remembered.get(text);
    }

    private synchronized void remember(String text, float[] vector) {
        remembered.put(text, vector);
    }
}
