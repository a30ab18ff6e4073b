// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.jobs.follow.Watchlists;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from the beginning of an event to its alert: the sample video over and over from a camera that speaks
 * RTSP, with a key picture every two seconds, through the two jobs as they are run, each a process, with the embedded model
 * and the defaults. Five events of known beginnings come every 75 s.
 */
@Tag("bench")
class LiveLatencyBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final int ROUNDS = Integer.getInteger("longwatch.rounds", 8);
    private static final long ROUND_MILLIS = 75_000;

    /** An alert that comes later is of something else. */
    private static final long LATEST_MILLIS = 45_000;

    /** From {@code sample/street.events.json}: what is there, and from when on. */
    private static final Map<String, Long> BEGINNINGS =
            Map.of("a car", 9_020L, "a dog", 25_180L, "a bus", 31_700L, "a suitcase", 45_540L, "a person", 46_100L);

    @TempDir
    private Path folder;

    private record Line(long atMillis, JsonNode json) {}

    @Test
    void fromTheBeginningOfAnEventToItsAlert() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        AlertRule.Alerting shown = new AlertRule.Alerting(true, Severity.INFO, 0, Schedule.ALWAYS, List.of());
        new Watchlists(folder)
                .streams(Watchlists.stream("street", "rtsp://127.0.0.1:" + port + "/live", Sampling.LIVE))
                .rules(BEGINNINGS.keySet().stream()
                        .map(words -> AlertRule.of(words).withAlerting(shown))
                        .toArray(AlertRule[]::new))
                .write();
        Process camera = new ProcessBuilder(
                        "/usr/bin/python3",
                        ROOT.resolve("flink-jobs/src/test/resources/record/rtsp_server.py")
                                .toString(),
                        Integer.toString(port),
                        rounds().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        camera.inputReader().readLine();
        List<Line> recorded = new CopyOnWriteArrayList<>();
        List<Line> watched = new CopyOnWriteArrayList<>();
        Process watch = job("WatchMain", watched);
        Process record = null;
        try {
            await(watched, "running");
            record = job("RecordMain", recorded);
            long begun = await(recorded, "segment").json().path("startMillis").asLong();
            Thread.sleep(ROUNDS * ROUND_MILLIS + 5_000);
            Files.write(
                    ROOT.resolve("flink-jobs/target/bench/live.jsonl"),
                    watched.stream()
                            .map(line -> line.atMillis() - begun + " " + line.json())
                            .toList());
            print(begun, watched);
        } finally {
            end(record);
            end(watch);
            camera.destroyForcibly();
        }
    }

    private static void print(long begunMillis, List<Line> lines) {
        List<Long> delays = new ArrayList<>();
        Map<String, List<Long>> each = new TreeMap<>();
        int missed = 0;
        int expected = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Long> event : BEGINNINGS.entrySet()) {
                long truth = begunMillis + round * ROUND_MILLIS + event.getValue();
                Line first = first(lines, event.getKey(), truth);
                expected++;
                if (first == null) {
                    missed++;
                } else {
                    delays.add(first.atMillis() - truth);
                    each.computeIfAbsent(event.getKey(), unused -> new ArrayList<>())
                            .add(first.atMillis() - truth);
                }
            }
        }
        delays.sort(null);
        System.out.printf(
                "LiveLatencyBench: %d of %d events told, after p50 %d ms, p95 %d ms, at most %d ms; %s%n",
                expected - missed,
                expected,
                delays.get(delays.size() / 2),
                delays.get((int) Math.ceil(delays.size() * 0.95) - 1),
                delays.get(delays.size() - 1),
                each);
        List<Line> clips = lines.stream()
                .filter(line -> line.json().path("frames").asInt() > 0)
                .toList();
        List<Long> lags = clips.stream()
                .map(line -> line.atMillis() - line.json().path("endMillis").asLong())
                .sorted()
                .toList();
        System.out.printf(
                "%d clips, told p50 %d ms, p95 %d ms behind their ends; given up: %d%n",
                lags.size(),
                lags.get(lags.size() / 2),
                lags.get((int) Math.ceil(lags.size() * 0.95) - 1),
                lines.stream()
                        .filter(line -> line.json().path("givenUp").asBoolean())
                        .count());
        assertThat(missed).as("events that were not told at all").isLessThan(expected / 2);
    }

    private static @Nullable Line first(List<Line> lines, String rule, long truthMillis) {
        return lines.stream()
                .filter(line -> line.json().path("type").asText().equals("alert"))
                .filter(line -> line.json().path("rule").asText().equals(rule))
                // the model may be wrong about when it began, and people are told all the same
                .filter(line -> line.json().path("span").path("endMillis").asLong() > truthMillis)
                .filter(line -> line.atMillis() > truthMillis && line.atMillis() < truthMillis + LATEST_MILLIS)
                .findFirst()
                .orElse(null);
    }

    private Process job(String main, List<Line> lines) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx1g"));
        for (String name : List.of("util", "lang", "nio", "time", "util.concurrent")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.longwatch.jobs." + main));
        Process process = new ProcessBuilder(command)
                .redirectError(new File(ROOT.toFile(), "flink-jobs/target/" + main + ".log"))
                .start();
        ObjectNode config = JSON.createObjectNode()
                .put("watchlist", folder.resolve("watchlist.json").toString())
                .put("root", folder.resolve("recordings").toString())
                .put("state", folder.resolve("state-" + main).toString());
        process.outputWriter().write(config + "\n");
        process.outputWriter().flush();
        Thread reader = new Thread(() -> read(process.inputReader(), lines), main);
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private static void read(BufferedReader input, List<Line> lines) {
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.startsWith("{")) {
                    lines.add(new Line(System.currentTimeMillis(), JSON.readTree(line)));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Line await(List<Line> lines, String type) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (System.nanoTime() < deadline) {
            for (Line line : lines) {
                if (line.json().path("type").asText().equals(type)) {
                    return line;
                }
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("no line of type " + type + " came, but " + lines);
    }

    private static void end(@Nullable Process process) throws Exception {
        if (process != null) {
            process.outputWriter().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static Path rounds() throws Exception {
        Path video = ROOT.resolve("flink-jobs/target/bench/street-" + ROUNDS + ".mp4");
        if (!Files.exists(video)) {
            Files.createDirectories(video.getParent());
            Process ffmpeg = new ProcessBuilder(
                            "ffmpeg",
                            "-v",
                            "error",
                            "-y",
                            "-stream_loop",
                            Integer.toString(ROUNDS),
                            "-i",
                            ROOT.resolve("sample/street.mp4").toString(),
                            "-c",
                            "copy",
                            video.toString())
                    .inheritIO()
                    .start();
            assertThat(ffmpeg.waitFor()).isZero();
        }
        return video;
    }
}
