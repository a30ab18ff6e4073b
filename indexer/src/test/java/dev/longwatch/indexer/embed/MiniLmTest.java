// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MiniLmTest {

    private static final Embedder MODEL = MiniLm.shared();

    @Test
    void sentencesThatMeanTheSameAreNearer() {
        float[] asked = MODEL.embed("a canine wanders off");

        double same = Embedder.likeness(asked, MODEL.embed("A dog goes away."));
        double other = Embedder.likeness(asked, MODEL.embed("The lights go out."));

        assertThat(same).isGreaterThan(0.7);
        assertThat(other).isLessThan(0.3);
    }

    @Test
    void aVectorHasLengthOneAndTheDimensionThatIsSaid() {
        float[] vector = MODEL.embed("a red car stops at the gate");

        assertThat(vector).hasSize(MODEL.dimension());
        assertThat(Embedder.likeness(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @Test
    void whatATextBecomesDependsNeitherOnItsCompanyNorOnTheThread() {
        List<String> texts = IntStream.range(0, 40)
                .mapToObj(i -> "a car number " + i + " stops".repeat(i % 5))
                .toList();
        List<float[]> together = MODEL.embed(texts);

        List<float[]> apart = new ArrayList<>();
        texts.parallelStream().map(new RememberingEmbedder(MODEL, 1)::embed).forEachOrdered(apart::add);

        for (int i = 0; i < texts.size(); i++) {
            assertThat(apart.get(i)).containsExactly(together.get(i));
        }
    }

    @Test
    void aTextThatIsTooLongForTheModelIsStillOneSentence() {
        assertThat(MODEL.embed("a dog runs across the yard ".repeat(400))).hasSize(384);
        assertThat(MODEL.embed("🐕🐕🐕")).hasSize(384);
    }
}
