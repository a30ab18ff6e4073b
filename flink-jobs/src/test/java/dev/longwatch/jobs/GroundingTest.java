// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.eval.Figures;
import java.nio.file.Path;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded model on a few scenes, as files through the whole job: decode, sample, clip, model, stitch. */
class GroundingTest {

    private static final Path SCENES =
            Path.of(System.getProperty("longwatch.root"), "model-runtime/src/test/resources/scenes");

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension();

    @Test
    void eventsAreFoundToTheSecondAndAbsentOnesAreNot() throws Exception {
        Figures.Grounding figures = LabelledScenes.watch(SCENES);

        assertThat(figures.present()).isPositive();
        assertThat(figures.absent()).isPositive();
        assertThat(figures.meanIou().value()).isGreaterThanOrEqualTo(0.6);
        assertThat(figures.falseAlarms().value()).isLessThanOrEqualTo(0.1);
    }
}
