// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A job in a process of its own. It is handed its configuration on standard input, which then stays open: when it closes,
 * because {@link #stop} was called or this process died, the job stops. Ctrl-C on the terminal does not reach it, so that
 * it can be stopped in order.
 */
public final class JobProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** As in the parent pom: what Flink wants opened on JDK 17. */
    private static final List<String> OPENS = List.of("util", "lang", "nio", "time", "util.concurrent");

    private final Process process;
    private final Path log;

    /** What can be run: its entrance, and how much of the heap it may take. */
    public enum Program {
        RECORD("dev.longwatch.jobs.RecordMain", "-Xmx512m"),
        WATCH("dev.longwatch.jobs.WatchMain", "-Xmx1g"),
        /** A video as one clip may be hundreds of pictures. */
        EVAL("dev.longwatch.jobs.eval.EvalMain", "-XX:MaxRAMPercentage=40"),
        SHEET("dev.longwatch.jobs.sheet.SheetMain", "-Xmx512m"),
        FOOTAGE("dev.longwatch.jobs.record.FootageMain", "-Xmx256m"),
        STREAM_TEST("dev.longwatch.jobs.record.StreamTestMain", "-Xmx128m"),
        /** Pictures are scaled one at a time, clips are copied as they are. */
        MEDIA("dev.longwatch.jobs.footage.MediaMain", "-Xmx256m"),
        /** Some clips' pictures at the size of the model. */
        ASK("dev.longwatch.jobs.ask.AskMain", "-Xmx1g"),
        WRITE("dev.longwatch.jobs.ask.WriteMain", "-Xmx512m"),
        CHECK("dev.longwatch.jobs.check.CheckMain", "-Xmx256m");

        private final String main;
        private final String heap;

        Program(String main, String heap) {
            this.main = main;
            this.heap = heap;
        }
    }

    private JobProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param config the program's configuration, JSON on one line
     * @param log takes the job's log; its directory exists
     */
    public static JobProcess start(Installation installation, Program program, String config, Path log) {
        return start(installation.jobClassPath(), program.main, program.heap, config, log);
    }

    /** Of any program that keeps to the jobs' contract. */
    public static JobProcess start(String classPath, String main, String heap, String config, Path log) {
        List<String> command = new ArrayList<>(List.of(
                // an ignored signal stays ignored across exec, and the JVM leaves it so
                "/bin/sh",
                "-c",
                "trap '' INT; exec \"$@\"",
                "longwatch-job",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-Dlongwatch.log=" + log,
                "-Dlongwatch.appender=file"));
        OPENS.forEach(name -> command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath, main));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            JobProcess job = new JobProcess(process, log);
            job.send(config);
            return job;
        } catch (IOException e) {
            throw new Problem(ExitCode.INTERNAL, "the job's process cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Passes on what the job reports until it ends.
     *
     * @param report told every line, on this thread
     * @throws Problem when it failed, with its sentence
     */
    public void follow(Consumer<JsonNode> report) {
        JsonNode last = JSON.nullNode();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = parsed(line);
                report.accept(last);
            }
            int status = process.waitFor();
            if (last.path("type").asText().equals("failed")) {
                throw new Problem(
                        ExitCode.valueOf(last.path("cause").asText()),
                        last.path("message").asText());
            }
            if (status != 0) {
                throw new Problem(
                        ExitCode.INTERNAL, "the job's process ended with status " + status + "; its log: " + log);
            }
        } catch (IOException e) {
            throw new Problem(ExitCode.INTERNAL, "the job's report broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ExitCode.INTERRUPTED, "stopped while waiting for the job", e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            // a native library wrote to the process's standard output
            return JSON.nullNode();
        }
    }

    /**
     * Hands over a further line, to a program that takes more than one.
     *
     * @throws IOException when it does not read any more
     */
    void send(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** Ends the process at once, whatever it is at. */
    void kill() {
        process.destroyForcibly();
    }

    /** Asks the job to stop in order; {@link #follow} then returns. */
    public void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** Ends the process, by force when it has not ended half a minute after being asked. */
    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
