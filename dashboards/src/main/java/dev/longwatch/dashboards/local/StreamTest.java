// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How a stream answers when it is opened for some seconds as the recorder does.
 *
 * @param ok whether pictures came
 * @param condition what the recorder would call it, in lower case
 * @param sentence for a person, without secrets
 */
public record StreamTest(boolean ok, String condition, String sentence) {

    /**
     * Opens a stream in a process of its own.
     *
     * @param url its address; may hold a password
     * @param log takes what the process says; its directory exists
     * @throws Problem when that is not possible
     */
    public static StreamTest of(Installation installation, String url, Path log) {
        String config = new ObjectMapper().createObjectNode().put("url", url).toString();
        JsonNode[] told = {MissingNode.getInstance()};
        try (JobProcess process = JobProcess.start(installation, JobProcess.Program.STREAM_TEST, config, log)) {
            process.follow(line -> {
                if (line.path("type").asText().equals("tested")) {
                    told[0] = line;
                }
            });
        }
        if (told[0].isMissingNode()) {
            throw new Problem(ExitCode.INTERNAL, "the test of the stream ended without a result; its log: " + log);
        }
        return new StreamTest(
                told[0].path("ok").asBoolean(),
                told[0].path("condition").asText().toLowerCase(Locale.ROOT),
                told[0].path("sentence").asText());
    }
}
