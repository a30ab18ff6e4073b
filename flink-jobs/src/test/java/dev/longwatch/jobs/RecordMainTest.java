// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.follow.Watchlists;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recording job as it is run: a process that is told by a line, stopped by closing it, and started again. */
@Timeout(240)
class RecordMainTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aJobThatIsStoppedAndStartedAgainGoesOnWhereItWas() throws Exception {
        new Watchlists(folder)
                .streams(Watchlists.stream("hall", Videos.uri("b-frames.mp4"), Sampling.LIVE))
                .write();

        Process first = start();
        assertThat(await(first, "running").path("restored").asText()).isEmpty();
        JsonNode segment = await(first, "segment");
        assertThat(stop(first)).isZero();

        Process second = start();
        assertThat(await(second, "running").path("restored").asText())
                .startsWith("file:" + folder.resolve("state/savepoints"));
        assertThat(await(second, "segment", next -> next.path("epoch").asLong() == 2)
                        .path("ordinal")
                        .asLong())
                .isGreaterThan(segment.path("ordinal").asLong());
        assertThat(stop(second)).isZero();

        try (var left = Files.list(folder.resolve("state/savepoints"))) {
            assertThat(left.toList()).as("the older one is gone").hasSize(1).allSatisfy(snapshot -> {
                Files.write(snapshot.resolve("_metadata"), new byte[] {1, 2, 3});
            });
        }
        Process third = start();
        JsonNode failed = await(third, "failed");
        assertThat(failed.path("cause").asText()).isEqualTo("DISK");
        assertThat(failed.path("message").asText())
                .contains(folder.resolve("state").toString())
                .contains("move it away");
        assertThat(third.waitFor()).isEqualTo(1);
    }

    private Process start() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m"));
        for (String name : List.of("util", "lang", "nio", "time", "util.concurrent")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.longwatch.jobs.RecordMain"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        Map<String, Object> config = Map.of(
                "watchlist", folder.resolve("watchlist.json").toString(),
                "root", folder.resolve("recordings").toString(),
                "state", folder.resolve("state").toString(),
                "segmentMillis", 1_000);
        process.outputWriter().write(JSON.writeValueAsString(config) + "\n");
        process.outputWriter().flush();
        return process;
    }

    private static JsonNode await(Process process, String type) throws Exception {
        return await(process, type, any -> true);
    }

    private static JsonNode await(Process process, String type, Predicate<JsonNode> wanted) throws Exception {
        List<String> lines = new ArrayList<>();
        BufferedReader report = process.inputReader();
        for (String line = report.readLine(); line != null; line = report.readLine()) {
            lines.add(line);
            if (line.startsWith("{")) {
                JsonNode json = JSON.readTree(line);
                if (json.path("type").asText().equals(type) && wanted.test(json)) {
                    return json;
                }
            }
        }
        throw new AssertionError("expected a line of type " + type + ", found " + lines);
    }

    private static int stop(Process process) throws Exception {
        process.outputWriter().close();
        process.inputReader().transferTo(java.io.Writer.nullWriter());
        return process.waitFor();
    }
}
