// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.dashboards.govern.StreamConditions;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a person sees of streams that are watched: told by both jobs, from any thread. */
final class UpReport {

    /** Behind by more, watching cannot keep up. */
    private static final long LATE_MILLIS = 60_000;
    /** Behind by less, it has caught up. */
    private static final long CAUGHT_UP_MILLIS = 30_000;

    private final Screen screen;
    private final AlertTally tally;
    private final StreamConditions conditions = new StreamConditions();
    private final Set<String> late = new HashSet<>();
    private final Set<String> skipping = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private String status = "";

    UpReport(Screen screen, AlertTally tally) {
        this.screen = screen;
        this.tally = tally;
    }

    StreamConditions conditions() {
        return conditions;
    }

    /** What the model cannot be asked, in sentences. */
    List<String> refused() {
        return refused.stream().sorted().toList();
    }

    /** A line of either job's report. */
    void line(JsonNode line) {
        conditions.take(line);
        switch (line.path("type").asText()) {
            case "state" -> state(line);
            case "alert" -> alert(line);
            case "clip" -> clip(line);
            default -> {
                // segments, gaps and events are found in their indices
            }
        }
    }

    /** Something that is neither a state nor an alert. */
    void note(String sentence) {
        if (screen.printsJson()) {
            Map<String, Object> line = line("note");
            line.put("text", sentence);
            screen.object(line);
        } else {
            screen.note(now() + "  " + sentence);
        }
    }

    /** How things stand: what fell behind or caught up is said, the rest is on the line that is written over. */
    void standing(Collection<WatchedStream> streams) {
        long up = 0;
        long lag = 0;
        for (WatchedStream stream : streams) {
            StreamCondition condition = conditions.of(stream.name());
            up += condition.recording() ? 1 : 0;
            lag = Math.max(lag, condition.lagMillis());
            lateness(stream, condition.lagMillis());
        }
        long alerts = tally.today(System.currentTimeMillis());
        screen.progress(streams.isEmpty() ? "no stream is watched" : sentence(up, streams.size(), lag, alerts));
        Map<String, Object> line = line("status");
        line.put("streams", streams.size());
        line.put("streams_up", up);
        line.put("alerts_today", alerts);
        String words = line.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("at"))
                .toList()
                .toString();
        if (!words.equals(status)) {
            status = words;
            line.put("lag_ms", lag);
            screen.object(line);
        }
    }

    private static String sentence(long up, int streams, long lag, long alerts) {
        return up + " of " + streams + (streams == 1 ? " stream" : " streams") + " up  lag " + Times.length(lag) + "  "
                + alerts + (alerts == 1 ? " alert" : " alerts") + " today";
    }

    private void lateness(WatchedStream stream, long lag) {
        long clip = stream.sampling().clipMillis();
        if (lag > LATE_MILLIS + clip && late.add(stream.name())) {
            note(stream.name() + ": watching is " + Times.length(lag) + " behind recording");
        } else if (lag < CAUGHT_UP_MILLIS + clip && late.remove(stream.name())) {
            note(stream.name() + ": watching has caught up");
        }
    }

    private void state(JsonNode line) {
        String stream = line.path("stream").asText();
        String state = line.path("condition").asText().toLowerCase(Locale.ROOT);
        String sentence = line.path("sentence").asText();
        if (screen.printsJson()) {
            Map<String, Object> object = line("stream");
            object.put("stream", stream);
            object.put("state", state);
            object.put("sentence", sentence);
            object.put(
                    "since",
                    Instant.ofEpochMilli(line.path("sinceMillis").asLong()).toString());
            screen.object(object);
        } else {
            screen.say(now() + "  " + stream + "  " + inWords(state, sentence));
        }
    }

    /** States whose sentence says it all are not named besides. */
    static String inWords(String state, String sentence) {
        return switch (state) {
            case "recording", "connecting", "stopped", "ended" -> sentence;
            default -> state.replace('_', ' ') + ": " + sentence;
        };
    }

    private void alert(JsonNode line) {
        boolean isNew =
                tally.add(line.path("id").asText(), line.path("raisedAtMillis").asLong());
        long recorded = line.path("recordedAtMillis").asLong();
        long start = recorded + line.at("/span/startMillis").asLong();
        if (screen.printsJson()) {
            Map<String, Object> object = line("alert");
            object.put("id", line.path("id").asText());
            object.put("stream", line.path("stream").asText());
            object.put("rule", line.path("rule").asText());
            object.put("severity", line.path("severity").asText().toLowerCase(Locale.ROOT));
            object.put("text", line.path("text").asText());
            object.put("started_at", Instant.ofEpochMilli(start).toString());
            object.put(
                    "ended_at",
                    Instant.ofEpochMilli(recorded + line.at("/span/endMillis").asLong())
                            .toString());
            object.put("confidence", line.path("confidence").asDouble());
            object.put("state", line.path("state").asText().toLowerCase(Locale.ROOT));
            object.put("hold", line.path("hold").asText().toLowerCase(Locale.ROOT));
            object.put("hold_reason", line.path("holdReason").asText());
            screen.object(object);
        } else if (isNew) {
            String hold = line.path("holdReason").asText();
            boolean held = !Set.of("NONE", "NOBODY").contains(line.path("hold").asText());
            screen.say(String.format(
                    Locale.ROOT,
                    "%s  %s  %s  %s  %.2f%s",
                    Times.here(start),
                    line.path("stream").asText(),
                    line.path("rule").asText(),
                    line.path("severity").asText().toLowerCase(Locale.ROOT),
                    line.path("confidence").asDouble(),
                    held ? "  (nobody is told: " + hold + ")" : ""));
        }
    }

    private void clip(JsonNode line) {
        String stream = line.path("stream").asText();
        line.path("refused").forEach(sentence -> {
            if (refused.add(sentence.asText())) {
                note(sentence.asText());
            }
        });
        if (!line.path("givenUp").asBoolean()) {
            skipping.remove(stream);
        } else if (skipping.add(stream)) {
            note(stream + ": " + line.path("problem").asText());
        }
    }

    private static Map<String, Object> line(String type) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        line.put("at", Instant.now().toString());
        return line;
    }

    private static String now() {
        return Times.here(System.currentTimeMillis());
    }
}
