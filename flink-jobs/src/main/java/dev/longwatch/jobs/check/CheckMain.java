// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.Failed;
import dev.longwatch.jobs.decode.Ffmpeg;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.decode.VideoFile;
import dev.longwatch.jobs.decode.VideoProbe;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.ModelDoor.UnusableModelException;
import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a video and a model, as its configuration, one line on standard input, says, and reports one line {@code checked} for
 * the decoder, one for the GPU and one for the model.
 */
public final class CheckMain {

    private static final Logger LOG = LoggerFactory.getLogger(CheckMain.class);
    private static final List<String> USUAL = List.of("h264", "hevc", "vp9", "av1", "mpeg4", "mjpeg");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /**
     * @param video to open
     * @param model a checkpoint directory; empty for the embedded model
     */
    record Config(String video, String model) {

        static Config parse(String json) {
            try {
                return JSON.readValue(json, Config.class);
            } catch (JsonProcessingException e) {
                throw new ConfigException("not a machine to check: " + e.getOriginalMessage());
            }
        }
    }

    /**
     * @param what was looked at: {@code decoder}, {@code gpu}, {@code model}
     * @param ok whether it can be used
     * @param found what there is, or why it cannot be used
     */
    record Checked(String what, boolean ok, String found) {}

    private CheckMain() {}

    public static void main(String[] arguments) {
        int status = 0;
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            Config config = Config.parse(Objects.requireNonNullElse(input.readLine(), ""));
            Report.line("checked", decoder(config.video()));
            Report.line("checked", gpu());
            Report.line("checked", model(config.model()));
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.error("the machine could not be checked", e);
            Report.line("failed", Failed.of(e instanceof Exception exception ? exception : new IOException(e)));
            status = 1;
        }
        // native libraries leave threads behind
        System.exit(status);
    }

    static Checked decoder(String video) {
        try (VideoFile file = VideoFile.open(video)) {
            List<String> missing =
                    USUAL.stream().filter(name -> !Ffmpeg.decodes(name)).toList();
            VideoProbe probe = file.probe();
            return new Checked(
                    "decoder",
                    true,
                    "FFmpeg " + Ffmpeg.version() + " reads " + probe.codec() + " of " + probe.width() + "x"
                            + probe.height() + (missing.isEmpty() ? "" : ", but no " + String.join(", ", missing)));
        } catch (VideoException e) {
            return new Checked("decoder", false, String.valueOf(e.getMessage()));
        }
    }

    private static Checked gpu() {
        return ModelDoor.noGpu()
                .map(why -> new Checked("gpu", false, why))
                .orElseGet(() -> new Checked("gpu", true, "usable by " + ModelDoor.engine()));
    }

    static Checked model(String directory) {
        long begun = System.nanoTime();
        try (ModelDoor door = ModelDoor.open(new CheckpointModel(directory))) {
            return new Checked(
                    "model",
                    true,
                    String.format(
                            Locale.ROOT,
                            "%s on %s, opened in %.1f s by %s",
                            door.fingerprint(),
                            door.device(),
                            (System.nanoTime() - begun) / 1e9,
                            ModelDoor.engine()));
        } catch (UnusableModelException e) {
            return new Checked("model", false, String.valueOf(e.getMessage()));
        }
    }
}
