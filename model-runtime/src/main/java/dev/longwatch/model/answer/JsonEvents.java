// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads both JSON forms of the dense caption answer (spec section 6): a list of {@code {"start_time", "end_time",
 * "description"}}, and an object of {@code "00:23.00 - 00:48.00": "..."}. A list that was cut off keeps its whole events.
 */
final class JsonEvents {

    private static final Pattern SPAN_KEY = Pattern.compile("\\s*+([^-\u2013]++)[-\u2013]([^-\u2013]++)");

    private final List<Mention> mentions = new ArrayList<>();
    private boolean empty = true;

    private JsonEvents() {}

    /** The events in their order; an empty list when the JSON is empty; nothing when there is no such JSON. */
    static Optional<List<Mention>> read(String text) {
        JsonEvents events = new JsonEvents();
        boolean closed = events.readAll(text);
        boolean said = !events.mentions.isEmpty() || closed && events.empty;
        return said ? Optional.of(events.mentions) : Optional.empty();
    }

    /** Reads as far as it goes; whether that was to the end of the list or object. */
    private boolean readAll(String text) {
        try {
            Optional<JsonParser> found = LenientJson.in(text);
            if (found.isEmpty()) {
                return false;
            }
            readAll(found.get());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void readAll(JsonParser json) throws IOException {
        try (json) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    empty = false;
                    JsonNode event = json.readValueAsTree();
                    addEvent(event);
                }
            } else {
                readObject(json);
            }
        }
    }

    private void readObject(JsonParser json) throws IOException {
        String start = null;
        String end = null;
        String description = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            String key = json.currentName();
            json.nextToken();
            JsonNode value = json.readValueAsTree();
            switch (key) {
                case "start_time" -> start = value.asText();
                case "end_time" -> end = value.asText();
                case "description" -> description = value.asText();
                default -> addSpan(key, value);
            }
        }
        if (start != null && end != null) {
            mentions.add(new Mention(TimeText.seconds(start), TimeText.seconds(end), description));
        }
    }

    private void addEvent(JsonNode event) throws IOException {
        if (event.isObject()) {
            try (JsonParser fields = event.traverse(LenientJson.MAPPER)) {
                fields.nextToken();
                readObject(fields);
            }
        }
    }

    private void addSpan(String key, JsonNode description) {
        Matcher span = SPAN_KEY.matcher(key);
        if (span.matches()) {
            double start = TimeText.seconds(span.group(1));
            double end = TimeText.seconds(span.group(2));
            mentions.add(new Mention(start, end, description.asText()));
        }
    }
}
