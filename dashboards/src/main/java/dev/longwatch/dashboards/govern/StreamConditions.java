// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** How all streams are: fed with the report lines of both jobs, from any thread. */
public final class StreamConditions {

    private final Map<String, StreamCondition> conditions = new ConcurrentHashMap<>();

    /** Takes in what a line says of a stream; other lines are none of its business. */
    public void take(JsonNode line) {
        switch (line.path("type").asText()) {
            case "state" ->
                change(
                        line,
                        known -> known.inState(
                                line.path("condition").asText().toLowerCase(Locale.ROOT),
                                line.path("sentence").asText(),
                                line.path("sinceMillis").asLong()));
            case "segment" ->
                change(line, known -> known.recordedUntil(line.path("endMillis").asLong()));
            case "clip" -> {
                long end = line.path("recordedAtMillis").asLong()
                        + line.path("endMillis").asLong();
                change(line, known -> known.watchedUntil(end));
            }
            default -> {
                // says nothing of a stream
            }
        }
    }

    public StreamCondition of(String stream) {
        return conditions.getOrDefault(stream, StreamCondition.UNKNOWN);
    }

    private void change(JsonNode line, UnaryOperator<StreamCondition> change) {
        conditions.compute(
                line.path("stream").asText(),
                (stream, known) -> change.apply(known == null ? StreamCondition.UNKNOWN : known));
    }
}
