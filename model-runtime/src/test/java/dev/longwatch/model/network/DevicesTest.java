// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.model.VideoModel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DevicesTest {

    @Test
    void withoutAGpuModelsRunOnTheProcessorAndItIsSaidWhy() {
        Assumptions.assumeTrue(Devices.noGpu().isPresent(), "this machine has a GPU");

        assertThat(Devices.preferred()).isEqualTo("cpu");
        assertThat(Devices.noGpu().orElseThrow())
                .startsWith(
                        TorchScript.knowsGpus() ? "libtorch finds none: " : "this libtorch is for the processor only");
        try (VideoModel model = VideoModel.open(Goldens.TINY)) {
            assertThat(model.device()).isEqualTo("cpu");
        }
    }

    @Test
    void withAGpuPublishedModelsRunThereAndTheEmbeddedOneOnTheProcessor() {
        Assumptions.assumeTrue(Devices.noGpu().isEmpty(), "this machine has no GPU");

        assertThat(Devices.preferred()).isEqualTo("cuda:0");
        try (VideoModel model = VideoModel.open(Goldens.TINY);
                VideoModel embedded = VideoModel.embedded()) {
            assertThat(model.device()).isEqualTo("cuda:0");
            assertThat(embedded.device()).isEqualTo("cpu");
        }
    }

    @Test
    void theEngineIsNamedWithItsVersion() {
        assertThat(Devices.engine()).matches("libtorch \\d+\\.\\d+\\.\\d+( with CUDA)?");
    }
}
