// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.List;

/** Told what the job reports, line by line, on one thread. */
public interface JobReport {

    /** The model is loaded and the job runs. */
    void running();

    /** A change of an event. */
    void event(VideoEvent event);

    /** A clip that was watched, or not. */
    void clip(Clip clip);

    /**
     * A clip's line in the ledger.
     *
     * @param stream the video's name
     * @param ordinal on the video's grid
     * @param span on the video's clock
     * @param videoMillis length of the video as far as it is known, 0 when it is not
     * @param since the first clip of the video that is watched
     * @param last whether nothing of the video is watched after it
     * @param watchedUntilMillis up to where it was looked at, on the video's clock; its start when nothing was
     * @param problem why seconds of it were not watched; empty when all were
     * @param probabilities of each rule that was asked, in their order, that it occurs anywhere in the clip
     * @param unreadable answers that could not be understood
     */
    record Clip(
            String stream,
            long ordinal,
            TimeSpan span,
            long videoMillis,
            long since,
            boolean last,
            long watchedUntilMillis,
            String problem,
            List<Double> probabilities,
            int unreadable) {

        public Clip {
            probabilities = List.copyOf(probabilities);
        }
    }

    /** Tells {@code report} what {@code line} says, if it is a line about a clip or an event. */
    static void tell(JsonNode line, JobReport report) {
        switch (line.path("type").asText()) {
            case "running" -> report.running();
            case "event" ->
                report.event(new VideoEvent(
                        line.path("id").asText(),
                        line.path("version").asLong(),
                        line.path("stream").asText(),
                        line.path("uri").asText(),
                        line.path("rule").asText(),
                        line.path("text").asText(),
                        new TimeSpan(
                                line.at("/span/startMillis").asLong(),
                                line.at("/span/endMillis").asLong()),
                        line.path("recordedAtMillis").asLong(),
                        line.path("confidence").asDouble(),
                        VideoEvent.State.valueOf(line.path("state").asText()),
                        line.path("model").asText(),
                        line.path("framesPerSecond").asDouble(),
                        line.path("sampling").asText(),
                        labels(line),
                        boxes(line)));
            case "clip" ->
                report.clip(new Clip(
                        line.path("stream").asText(),
                        line.path("ordinal").asLong(),
                        new TimeSpan(
                                line.path("startMillis").asLong(),
                                line.path("endMillis").asLong()),
                        line.path("videoMillis").asLong(),
                        line.path("since").asLong(),
                        line.path("last").asBoolean(),
                        line.path("watchedUntilMillis").asLong(),
                        line.path("problem").asText(),
                        doubles(line.path("probabilities")),
                        line.path("unreadable").size()));
            default -> {
                // what a newer job says besides is not for us
            }
        }
    }

    private static List<String> labels(JsonNode line) {
        List<String> labels = new ArrayList<>();
        line.path("labels").forEach(label -> labels.add(label.asText()));
        return labels;
    }

    private static List<Box> boxes(JsonNode line) {
        List<Box> boxes = new ArrayList<>();
        line.path("boxes")
                .forEach(box -> boxes.add(new Box(
                        box.path("atMillis").asLong(),
                        box.path("label").asText(),
                        box.path("left").asDouble(),
                        box.path("top").asDouble(),
                        box.path("right").asDouble(),
                        box.path("bottom").asDouble())));
        return boxes;
    }

    private static List<Double> doubles(JsonNode array) {
        List<Double> doubles = new ArrayList<>();
        array.forEach(each -> doubles.add(each.asDouble()));
        return doubles;
    }
}
