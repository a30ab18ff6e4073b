// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a job needs, tried in a process like its own: a decoder, a model, a GPU where there is one. */
public final class Jobs {

    private static final long PATIENCE_SECONDS = 5;

    private Jobs() {}

    /**
     * @param model a checkpoint directory; empty for the embedded model
     * @param log takes what the process says; its directory exists
     * @param findings told one after the other
     */
    public static void check(Installation installation, String model, Path log, Consumer<Finding> findings) {
        String config = new ObjectMapper()
                .createObjectNode()
                .put("video", installation.sampleVideo().toString())
                .put("model", model)
                .toString();
        try (JobProcess process = JobProcess.start(installation, JobProcess.Program.CHECK, config, log)) {
            process.follow(line -> {
                if (line.path("type").asText().equals("checked")) {
                    findings.accept(finding(line));
                }
            });
        } catch (Problem e) {
            findings.accept(Finding.wrong("job", e));
        }
    }

    private static Finding finding(JsonNode line) {
        boolean ok = line.path("ok").asBoolean();
        String found = line.path("found").asText();
        return switch (line.path("what").asText()) {
            case "gpu" -> gpu(ok, found);
            case "model" -> ok ? Finding.ok("model", found) : Finding.wrong("model", ExitCode.MODEL, found);
            default -> ok ? Finding.ok("decoder", found) : Finding.wrong("decoder", ExitCode.VIDEO, found);
        };
    }

    private static Finding gpu(boolean ok, String found) {
        String there = graphicsCards();
        if (ok) {
            return Finding.ok("GPU", found + (there.isEmpty() ? "" : ": " + there));
        }
        return there.isEmpty()
                ? Finding.ok("GPU", "none; models run on the processor")
                : Finding.note("GPU", there + " cannot be used: " + found + "; docs/deploy.md says how");
    }

    /** What the driver's own program lists; empty where there is none. */
    private static String graphicsCards() {
        try {
            Process list = new ProcessBuilder("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .start();
            if (!list.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || list.exitValue() != 0) {
                list.destroyForcibly();
                return "";
            }
            return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .replace("\n", "; ");
        } catch (IOException e) {
            // no such program
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
