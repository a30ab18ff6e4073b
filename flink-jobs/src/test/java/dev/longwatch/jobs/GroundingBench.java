// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.eval.Figures;
import java.nio.file.Path;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How good the embedded model is on scenes it never saw, as H.264 files through the whole job. Make the scenes with
 * {@code model-runtime/training/make_eval.py} and name their folder with {@code -Dlongwatch.scenes=DIR}.
 */
@Tag("bench")
class GroundingBench {

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension();

    @Test
    void heldOutScenes() throws Exception {
        String folder = System.getProperty("longwatch.scenes");
        Assumptions.assumeTrue(folder != null, "no -Dlongwatch.scenes=DIR: make them with make_eval.py");

        Figures.Grounding figures = LabelledScenes.watch(Path.of(folder));

        System.out.printf(
                "grounding: %d present queries, mean IoU %s, R1@0.7 %s; %d absent queries, false alarms %s%n",
                figures.present(),
                figures.meanIou(),
                figures.recallAt1().get(2).recall(),
                figures.absent(),
                figures.falseAlarms());
        assertThat(figures.meanIou().value()).isGreaterThanOrEqualTo(0.6);
        assertThat(figures.falseAlarms().value()).isLessThanOrEqualTo(0.1);
    }
}
