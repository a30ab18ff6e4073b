// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
        List<LabelledScenes.Outcome> outcomes = LabelledScenes.watch(SCENES, Integer.MAX_VALUE);

        assertThat(outcomes).filteredOn(LabelledScenes.Outcome::present).isNotEmpty();
        assertThat(outcomes).filteredOn(outcome -> !outcome.present()).isNotEmpty();
        assertThat(LabelledScenes.meanIou(outcomes)).isGreaterThanOrEqualTo(0.6);
        assertThat(LabelledScenes.falseAlarms(outcomes)).isLessThanOrEqualTo(0.1);
    }
}
