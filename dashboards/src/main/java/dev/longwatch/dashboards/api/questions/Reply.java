// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.questions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.http.ClockTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The answer to a question as it comes: what the job reports, in this API's words. */
final class Reply {

    private final BiConsumer<String, Object> told;
    private final List<Rests> rests = new ArrayList<>();
    private @Nullable Answer answer;

    /** Footage is looked at. */
    private record Looking(String stream, ClockTime start, ClockTime end, long clips, long of) {}

    /** The next words of the answer. */
    private record Piece(String text) {}

    /** A moment that the answer rests on. */
    private record Rests(String stream, String text, ClockTime start, ClockTime end, double confidence) {}

    /**
     * How it ended.
     *
     * @param why there is no answer, or what limits it; null for an answer without limits
     * @param basis {@code index}, {@code footage} or {@code words}
     * @param model that looked; null when none did
     */
    private record Answer(String text, boolean known, @Nullable String why, String basis, @Nullable String model) {}

    /** All of it at once. */
    private record Whole(
            String text,
            boolean known,
            @Nullable String why,
            String basis,
            @Nullable String model,
            List<Rests> rests) {}

    /** Told nobody before the end. */
    Reply() {
        this((event, nothing) -> {});
    }

    /** @param told the name of each event, and what it says */
    Reply(BiConsumer<String, Object> told) {
        this.told = told;
    }

    void take(JsonNode line) {
        switch (line.path("type").asText()) {
            case "looking" ->
                told.accept(
                        "looking",
                        new Looking(
                                line.path("stream").asText(),
                                time(line, "startMillis"),
                                time(line, "endMillis"),
                                line.path("clips").asLong(),
                                line.path("of").asLong()));
            case "piece" -> told.accept("piece", new Piece(line.path("text").asText()));
            case "rests" -> {
                Rests moment = new Rests(
                        line.path("stream").asText(),
                        line.path("text").asText(),
                        time(line, "startMillis"),
                        time(line, "endMillis"),
                        line.path("probability").asDouble());
                rests.add(moment);
                told.accept("rests", moment);
            }
            case "answer" ->
                end(new Answer(
                        line.path("text").asText(),
                        line.path("known").asBoolean(),
                        said(line, "why"),
                        line.path("basis").asText(),
                        said(line, "model")));
            default -> {
                // what a newer job says besides is not for us
            }
        }
    }

    /** Nothing is kept to answer from. */
    void nothing() {
        end(new Answer("", false, "Nothing that was watched tells of it.", "index", null));
    }

    /** @throws IllegalStateException when it did not end */
    Object whole() {
        Answer end = answer;
        if (end == null) {
            throw new IllegalStateException("the job ended without an answer");
        }
        return new Whole(end.text(), end.known(), end.why(), end.basis(), end.model(), rests);
    }

    private void end(Answer end) {
        answer = end;
        told.accept("answer", end);
    }

    private static ClockTime time(JsonNode line, String millis) {
        return ClockTime.onVideo(
                line.path("recordedAtMillis").asLong(), line.path(millis).asLong());
    }

    private static @Nullable String said(JsonNode line, String name) {
        String text = line.path(name).asText();
        return text.isEmpty() ? null : text;
    }
}
