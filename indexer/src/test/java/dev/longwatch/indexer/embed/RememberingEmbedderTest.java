// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberingEmbedderTest {

    private final List<String> computed = new ArrayList<>();
    private final Embedder embedder = new RememberingEmbedder(new Counting(), 2);

    /** Says in which order it was asked. */
    private final class Counting implements Embedder {

        @Override
        public String model() {
            return "counting";
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            computed.addAll(texts);
            return texts.stream().map(text -> new float[] {computed.size()}).toList();
        }
    }

    @Test
    void theSentencesThatWereAskedForLastAreNotComputedAgain() {
        embedder.embed(List.of("a", "b", "a", "c", "a", "b"));

        assertThat(computed).containsExactly("a", "b", "c", "b");
    }

    @Test
    void whoeverChangesAVectorChangesItForNobodyElse() {
        embedder.embed("a")[0] = 99;

        assertThat(embedder.embed("a")).containsExactly(1);
    }
}
