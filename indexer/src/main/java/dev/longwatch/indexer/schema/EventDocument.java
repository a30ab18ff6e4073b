// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.Labels;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.event.Wording;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored; components are the mapping's fields, in its order. Times are there twice: milliseconds on the
 * video's clock and ISO-8601 on the wall's. The id is the document's own; the wording and the minute of the day, which are
 * searched by, follow from the rest.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EventDocument(
        @JsonProperty("version") long version,
        @JsonProperty("stream") String stream,
        @JsonProperty("uri") String uri,
        @JsonProperty("rule") String rule,
        @JsonProperty("text") String text,
        @JsonProperty("start_ms") long startMillis,
        @JsonProperty("end_ms") long endMillis,
        @JsonProperty("started_at") String startedAt,
        @JsonProperty("ended_at") String endedAt,
        @JsonProperty("recorded_at") String recordedAt,
        @JsonProperty("confidence") double confidence,
        @JsonProperty("state") String state,
        @JsonProperty("model") String model,
        @JsonProperty("frames_per_second") double framesPerSecond,
        @JsonProperty("sampling") @Nullable String sampling,
        @JsonProperty("wording") @Nullable String wording,
        @JsonProperty("minute_of_day") @Nullable Integer minuteOfDay,
        @JsonProperty("labels") @Nullable List<String> labels,
        @JsonProperty("boxes") @Nullable List<Place> boxes) {

    private static final long MINUTE = 60_000;

    /** Of a day, which begins at midnight UTC. */
    public static final int MINUTES = 24 * 60;

    /** A {@link Box}. */
    record Place(
            @JsonProperty("at_ms") long atMillis,
            @JsonProperty("label") String label,
            @JsonProperty("left") double left,
            @JsonProperty("top") double top,
            @JsonProperty("right") double right,
            @JsonProperty("bottom") double bottom) {

        static Place of(Box box) {
            return new Place(box.atMillis(), box.label(), box.left(), box.top(), box.right(), box.bottom());
        }

        Box toBox() {
            return new Box(atMillis, label, left, top, right, bottom);
        }
    }

    public static EventDocument of(VideoEvent event) {
        return new EventDocument(
                event.version(),
                event.stream(),
                event.uri(),
                event.rule(),
                event.text(),
                event.span().startMillis(),
                event.span().endMillis(),
                iso(event.startedAtMillis()),
                iso(event.recordedAtMillis() + event.span().endMillis()),
                iso(event.recordedAtMillis()),
                event.confidence(),
                event.state().name().toLowerCase(Locale.ROOT),
                event.model(),
                event.framesPerSecond(),
                event.sampling(),
                Wording.of(event).id(),
                Math.floorMod(event.startedAtMillis() / MINUTE, MINUTES),
                event.labels(),
                event.boxes().stream().map(Place::of).toList());
    }

    public VideoEvent toEvent(String id) {
        return new VideoEvent(
                id,
                version,
                stream,
                uri,
                rule,
                text,
                new TimeSpan(startMillis, endMillis),
                Instant.parse(recordedAt).toEpochMilli(),
                confidence,
                VideoEvent.State.valueOf(state.toUpperCase(Locale.ROOT)),
                model,
                framesPerSecond,
                // events of an older Longwatch do not say
                Objects.requireNonNullElse(sampling, ""),
                Labels.orNone(labels),
                boxes == null ? List.of() : boxes.stream().map(Place::toBox).toList());
    }

    private static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
