// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.check.CheckMain.Checked;
import dev.longwatch.jobs.check.CheckMain.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckMainTest {

    private static final Path STREET = Path.of(System.getProperty("longwatch.root"), "sample/street.mp4");

    @TempDir
    private Path folder;

    @Test
    void whatFfmpegReadsAndWithWhichVersionIsSaid() {
        Checked decoder = CheckMain.decoder(STREET.toString());

        assertThat(decoder.ok()).isTrue();
        // nothing that people use is left out of the build
        assertThat(decoder.found()).matches("FFmpeg \\S+ reads h264 of \\d+x\\d+");
    }

    @Test
    void aVideoThatCannotBeReadIsNamed() throws Exception {
        Path none = Files.writeString(folder.resolve("none.mp4"), "no video");

        Checked decoder = CheckMain.decoder(none.toString());

        assertThat(decoder.ok()).isFalse();
        assertThat(decoder.found()).contains("none.mp4");
    }

    @Test
    void theEmbeddedModelOpensAndSaysWhereItRuns() {
        Checked model = CheckMain.model("");

        assertThat(model.ok()).isTrue();
        assertThat(model.found()).matches("nano-\\w+ on cpu, opened in \\d+\\.\\d s by libtorch .+");
    }

    @Test
    void aModelThatIsNotThereIsNamed() {
        Checked model = CheckMain.model(folder.resolve("qwen").toString());

        assertThat(model.ok()).isFalse();
        assertThat(model.found()).contains("qwen");
    }

    @Test
    void whatIsNotToBeCheckedIsRefused() {
        assertThat(Config.parse("{\"video\": \"a.mp4\", \"model\": \"\"}")).isEqualTo(new Config("a.mp4", ""));
        assertThatThrownBy(() -> Config.parse("{\"video\": \"a.mp4\"}")).isInstanceOf(ConfigException.class);
    }
}
