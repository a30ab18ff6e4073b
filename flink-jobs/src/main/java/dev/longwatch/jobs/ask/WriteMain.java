// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.Failed;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a model write short texts from nothing but what it is given, and reports each as {@code written} on standard output; or
 * one line {@code refused}, when the model has no words of its own. No video is looked at.
 *
 * <p>Reads one line from standard input, which then stays open: when it closes, the process ends. When it could not be carried
 * out, the last line is of type {@code failed}, with a cause and a sentence, and the exit code is 1.
 */
public final class WriteMain {

    private static final Logger LOG = LoggerFactory.getLogger(WriteMain.class);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /**
     * What to write.
     *
     * @param model a checkpoint directory; empty for the embedded model
     * @param instructions one for each text
     */
    record Config(String model, List<String> instructions) {

        static Config parse(String json) {
            try {
                return JSON.readValue(json, Config.class);
            } catch (JsonProcessingException e) {
                throw new ConfigException("not a configuration of texts to write: " + e.getOriginalMessage(), e);
            }
        }
    }

    /** One text, by the place of its instruction. */
    record Written(int ordinal, String text, String model) {}

    /** Why nothing is written. */
    record Refused(String why) {}

    private WriteMain() {}

    public static void main(String[] arguments) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        try {
            Config config = Config.parse(Objects.requireNonNullElse(input.readLine(), ""));
            Thread stopper = new Thread(() -> stopWhenClosed(input), "stop-when-closed");
            stopper.setDaemon(true);
            stopper.start();
            try (ModelDoor door = ModelDoor.open(new CheckpointModel(config.model()))) {
                write(config, door);
            }
        } catch (Exception e) {
            LOG.error("the texts could not be written", e);
            Report.line("failed", Failed.of(e));
            status = 1;
        }
        // native libraries leave threads behind
        System.exit(status);
    }

    private static void write(Config config, ModelDoor door) {
        Optional<String> speechless = door.speechless();
        if (speechless.isPresent()) {
            Report.line("refused", new Refused(speechless.get()));
            return;
        }
        for (int ordinal = 0; ordinal < config.instructions().size(); ordinal++) {
            String text = door.write(config.instructions().get(ordinal), piece -> {});
            Report.line("written", new Written(ordinal, text.strip(), door.fingerprint()));
        }
    }

    /** Waits for the input's end. The model cannot be interrupted: the process ends under it. */
    private static void stopWhenClosed(BufferedReader input) {
        try {
            input.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            LOG.info("the input broke off: {}", e.toString());
        }
        Runtime.getRuntime().halt(1);
    }
}
