// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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

        List<LabelledScenes.Outcome> outcomes = LabelledScenes.watch(Path.of(folder), Integer.MAX_VALUE);

        long present = outcomes.stream().filter(LabelledScenes.Outcome::present).count();
        long sharp = outcomes.stream().filter(outcome -> outcome.iou() >= 0.7).count();
        System.out.printf(
                "grounding: %d present queries, mean IoU %.3f, R1@0.7 %.3f; %d absent queries, %.1f %% false alarms%n",
                present,
                LabelledScenes.meanIou(outcomes),
                (double) sharp / present,
                outcomes.size() - present,
                100 * LabelledScenes.falseAlarms(outcomes));
        assertThat(LabelledScenes.meanIou(outcomes)).isGreaterThanOrEqualTo(0.6);
        assertThat(LabelledScenes.falseAlarms(outcomes)).isLessThanOrEqualTo(0.1);
    }
}
