// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.Failed;
import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the stream that its configuration, one line on standard input, names, and reports one line {@code tested}: a {@link
 * StreamTest}. Nothing is recorded.
 */
public final class StreamTestMain {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTestMain.class);
    private static final Duration WATCHED = Duration.ofSeconds(4);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** @param url may hold a password */
    record Config(String url) {

        static Config parse(String json) {
            try {
                return JSON.readValue(json, Config.class);
            } catch (JsonProcessingException e) {
                // the cause may quote the address
                throw new ConfigException("not a stream to test: expected its url");
            }
        }

        @Override
        public String toString() {
            return "a stream to test";
        }
    }

    private StreamTestMain() {}

    public static void main(String[] arguments) {
        int status = 0;
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            Config config = Config.parse(Objects.requireNonNullElse(input.readLine(), ""));
            Report.line("tested", StreamTest.of(config.url(), WATCHED));
        } catch (IOException | RuntimeException e) {
            LOG.error("the stream could not be tested", e);
            Report.line("failed", Failed.of(e));
            status = 1;
        }
        // native libraries leave threads behind
        System.exit(status);
    }
}
