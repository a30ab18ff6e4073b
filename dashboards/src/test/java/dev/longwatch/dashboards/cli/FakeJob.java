// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps to the contract of the two jobs without video: follows the watchlist, reports each stream as recorded, raises one
 * alert for each rule, and leaves a file in its state folder when it was stopped in order. A file {@code fail} in that folder
 * makes it fail instead, once, in its words.
 */
public final class FakeJob {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MINUTE = 60_000;

    private final boolean recorder;
    private final Path watchlist;
    private final Set<String> told = new HashSet<>();
    private long version;

    private FakeJob(boolean recorder, Path watchlist) {
        this.recorder = recorder;
        this.watchlist = watchlist;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        JsonNode config = JSON.readTree(input.readLine());
        Path state = Path.of(URI.create(config.path("state").asText()));
        Path fail = state.resolve("fail");
        if (Files.exists(fail)) {
            System.out.println(Files.readString(fail));
            Files.delete(fail);
            System.exit(1);
        }
        FakeJob job = new FakeJob(
                !config.has("model"), Path.of(config.path("watchlist").asText()));
        line(Map.of("type", "running", "job", "0", "restored", ""));
        Files.writeString(
                state.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
        Thread closed = new Thread(() -> {
            try {
                input.transferTo(Writer.nullWriter());
                Files.writeString(state.resolve("stopped"), "in order");
                System.exit(0);
            } catch (IOException e) {
                System.exit(2);
            }
        });
        closed.start();
        while (true) {
            job.follow();
            Thread.sleep(50);
        }
    }

    private void follow() throws IOException {
        Watchlist now = Watchlist.parse(Files.readString(watchlist));
        if (now.version() <= version) {
            return;
        }
        version = now.version();
        for (WatchedStream stream : now.streams()) {
            if (recorder) {
                record(stream);
            } else {
                now.rulesFor(stream).forEach(rule -> watch(stream, rule));
            }
        }
    }

    private void record(WatchedStream stream) {
        if (told.add(stream.name())) {
            long end = System.currentTimeMillis();
            boolean good = stream.url().startsWith("rtsp://");
            line(Map.of(
                    "type",
                    "state",
                    "stream",
                    stream.name(),
                    "condition",
                    good ? "RECORDING" : "NOT_ALLOWED",
                    "sentence",
                    good ? "recording it" : "such addresses are never opened",
                    "sinceMillis",
                    end));
            if (good) {
                line(Map.of("type", "segment", "stream", stream.name(), "endMillis", end));
            }
        }
    }

    private void watch(WatchedStream stream, AlertRule rule) {
        if (told.add(stream.name() + "/" + rule.name())) {
            long now = System.currentTimeMillis();
            line(Map.of(
                    "type", "clip", "stream", stream.name(), "recordedAtMillis", 0, "endMillis", now - 10 * MINUTE));
            line(Map.ofEntries(
                    Map.entry("type", "alert"),
                    Map.entry("id", stream.name() + "/" + rule.name()),
                    Map.entry("stream", stream.name()),
                    Map.entry("rule", rule.name()),
                    Map.entry("severity", rule.alerting().severity()),
                    Map.entry("text", rule.when()),
                    Map.entry("span", Map.of("startMillis", now, "endMillis", now + 1_000)),
                    Map.entry("recordedAtMillis", 0),
                    Map.entry("confidence", rule.threshold()),
                    Map.entry("state", "OPEN"),
                    Map.entry("hold", "NOBODY"),
                    Map.entry("holdReason", "the rule names no channel"),
                    Map.entry("raisedAtMillis", now)));
        }
    }

    private static void line(Map<String, Object> line) {
        try {
            System.out.println(JSON.writeValueAsString(line));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
