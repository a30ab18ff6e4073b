// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.jobs.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamTestTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void whatAStreamSendsIsSaid() {
        StreamTest tested = StreamTest.of(
                Path.of("target/test-classes/videos/b-frames.mp4")
                        .toAbsolutePath()
                        .toString(),
                LONG);

        assertThat(tested.ok()).as(tested.sentence()).isTrue();
        assertThat(tested.condition()).isEqualTo(Condition.RECORDING);
        assertThat(tested.sentence())
                .contains("b-frames.mp4 sends h264", "1000 pictures")
                .matches(".* in ([1-9]\\d* ms|[1-9]\\d*\\.\\d s)");
    }

    @Test
    void whyNothingCanBeRecordedIsSaidWithoutThePassword() throws Exception {
        StreamTest refused = StreamTest.of("rtsp://guard:hunter2@127.0.0.1:" + LiveServer.freePort() + "/a", LONG);
        assertThat(refused.ok()).isFalse();
        assertThat(refused.condition()).isEqualTo(Condition.REFUSED);
        assertThat(refused.sentence()).contains("nothing listens").doesNotContain("hunter2");

        StreamTest never = StreamTest.of("gopher://guard:hunter2@127.0.0.1/a", LONG);
        assertThat(never.condition()).isEqualTo(Condition.NOT_ALLOWED);
        assertThat(never.sentence()).doesNotContain("hunter2");
    }

    @Test
    void aConfigurationIsNeverQuoted() {
        assertThat(StreamTestMain.Config.parse("{\"url\":\"rtsp://a:hunter2@b/c\"}")
                        .toString())
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> StreamTestMain.Config.parse("{\"uri\":\"rtsp://a:hunter2@b/c\"}"))
                .isInstanceOf(ConfigException.class)
                .hasNoCause()
                .hasMessageNotContaining("hunter2");
    }
}
