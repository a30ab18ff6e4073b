// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.ConfigException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Longwatch's own labels: JSON objects, one a line.
 *
 * <pre>
 * {"video": "yard.mp4", "query": "a dog runs in", "spans": [[3.5, 9.0]], "group": "enters"}
 * {"video": "yard.mp4", "query": "a cat", "spans": []}
 * {"video": "yard.mp4", "events": [{"start": 3.5, "end": 9.0, "text": "A dog runs in."}]}
 * </pre>
 *
 * <p>Seconds from the video's first picture; no spans: the content does not occur; paths relative to the file. {@code group}
 * (or {@code rule}) may be left out. Other keys are left alone.
 */
final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparator<TimeSpan> BY_START =
            Comparator.comparingLong(TimeSpan::startMillis).thenComparingLong(TimeSpan::endMillis);

    private final String place;
    private final JsonNode line;

    private JsonLines(String place, JsonNode line) {
        this.place = place;
        this.line = line;
    }

    static Labels read(Path file, String text, Path videos) {
        List<Label> labels = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                String place = file.getFileName() + ":" + (i + 1);
                labels.add(new JsonLines(place, parsed(place, lines.get(i))).label(videos));
            }
        }
        return new Labels(LabelFormat.JSONL, labels, List.of());
    }

    private static JsonNode parsed(String place, String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.isObject()) {
                return node;
            }
            throw new ConfigException(place + ": expected a JSON object, found " + node);
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    place + ": expected a JSON object, found what is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Label label(Path videos) {
        String video = words("video");
        Path path;
        try {
            path = videos.resolve(video).normalize();
        } catch (InvalidPathException e) {
            throw new ConfigException(place + ": expected a path in \"video\", found '" + video + "'", e);
        }
        if (line.has("events")) {
            if (line.has("query") || line.has("spans")) {
                throw new ConfigException(
                        place + ": expected either \"events\" or \"query\" with \"spans\", found both");
            }
            return new Label(place, video, path, "", "", List.of(), events());
        }
        return new Label(place, video, path, words("query").strip(), group(), spans(), List.of());
    }

    private String words(String key) {
        JsonNode value = line.path(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new ConfigException(place + ": expected words in \"" + key + "\", found " + found(value));
        }
        return value.asText();
    }

    private String group() {
        String key = line.has("group") ? "group" : "rule";
        return line.has(key) ? words(key) : "";
    }

    private List<TimeSpan> spans() {
        JsonNode spans = line.path("spans");
        if (!spans.isArray()) {
            throw new ConfigException(
                    place + ": expected \"spans\": [[start, end], …] in seconds, or [] for a content that"
                            + " does not occur, found " + found(spans));
        }
        List<TimeSpan> list = new ArrayList<>();
        for (JsonNode span : spans) {
            if (!span.isArray() || span.size() != 2) {
                throw new ConfigException(place + ": expected a span [start, end], found " + span);
            }
            list.add(LabelFormat.span(number(span.get(0)), number(span.get(1)), place));
        }
        list.sort(BY_START);
        return list;
    }

    private List<Caption> events() {
        if (!line.path("events").isArray()) {
            throw new ConfigException(place + ": expected a list in \"events\", found " + found(line.path("events")));
        }
        List<Caption> list = new ArrayList<>();
        for (JsonNode event : line.path("events")) {
            if (!event.path("text").isTextual() || event.path("text").asText().isBlank()) {
                throw new ConfigException(
                        place + ": expected an event with \"start\", \"end\" and \"text\", found " + event);
            }
            TimeSpan span = LabelFormat.span(number(event.path("start")), number(event.path("end")), place);
            list.add(new Caption(span, event.path("text").asText()));
        }
        return list;
    }

    private double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new ConfigException(place + ": expected a number of seconds, found " + found(value));
        }
        return value.asDouble();
    }

    private static String found(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
