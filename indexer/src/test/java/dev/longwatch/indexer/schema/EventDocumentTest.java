// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** No two fields alike, so that an exchange of two would show. */
    private static final VideoEvent EVENT = new VideoEvent(
            "0f",
            7,
            "gate",
            "file:/videos/gate.mp4",
            "somebody falls",
            "a person lies on the floor",
            new TimeSpan(61_500, 64_250),
            1_796_000_000_123L,
            0.8125,
            VideoEvent.State.OPEN,
            "nano-1",
            2.5,
            "2 a second",
            List.of("entrance", "theft"),
            List.of(new Box(62_000, "a person", 0.1, 0.25, 0.5, 1), new Box(63_000, "a bag", 0, 0.5, 0.0625, 0.75)));

    @Test
    void everyFieldComesBackAsItWasStored() throws Exception {
        String json = JSON.writeValueAsString(EventDocument.of(EVENT));

        assertThat(JSON.readValue(json, EventDocument.class).toEvent("0f")).isEqualTo(EVENT);
    }

    @Test
    void anEventOfBeforeThereWereLabelsHasNone() throws Exception {
        String json =
                JSON.writeValueAsString(EventDocument.of(EVENT)).replace(",\"labels\":[\"entrance\",\"theft\"]", "");

        assertThat(json).doesNotContain("labels");
        assertThat(JSON.readValue(json, EventDocument.class).toEvent("0f").labels())
                .isEmpty();
    }

    @Test
    void anEventOfBeforeThereWereBoxesHasNone() throws Exception {
        String json = JSON.writeValueAsString(EventDocument.of(EVENT)).replaceFirst(",\"boxes\":\\[.*]", "");

        assertThat(json).doesNotContain("boxes");
        assertThat(JSON.readValue(json, EventDocument.class).toEvent("0f").boxes())
                .isEmpty();
    }

    @Test
    void theMappingNamesExactlyTheFieldsOfTheDocument() throws Exception {
        JsonNode document = JSON.valueToTree(EventDocument.of(EVENT));
        JsonNode mapping =
                JSON.readTree(Schema.class.getResourceAsStream("events.json")).at("/template/mappings/properties");

        assertThat(names(mapping)).containsExactlyElementsOf(names(document));
    }

    @Test
    void wallClockTimesAreIsoInUtc() {
        EventDocument document = EventDocument.of(EVENT);

        assertThat(document.recordedAt()).isEqualTo("2026-11-30T00:53:20.123Z");
        assertThat(document.startedAt()).isEqualTo("2026-11-30T00:54:21.623Z");
        assertThat(document.endedAt()).isEqualTo("2026-11-30T00:54:24.373Z");
    }

    @Test
    void aFieldOfANewerLongwatchIsNoObstacleToReading() throws Exception {
        String json = JSON.writeValueAsString(EventDocument.of(EVENT)).replaceFirst("\\{", "{\"mood\": \"calm\", ");

        assertThat(JSON.readValue(json, EventDocument.class).stream()).isEqualTo("gate");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
