// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.event.Labels;
import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An alert as it is stored; components are the mapping's fields, in its order. The id is the document's own, and the
 * event's; it is a field besides, since only fields are sorted by and found by their beginning.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AlertDocument(
        @JsonProperty("id") @Nullable String id,
        @JsonProperty("version") long version,
        @JsonProperty("stream") String stream,
        @JsonProperty("uri") String uri,
        @JsonProperty("rule") String rule,
        @JsonProperty("severity") String severity,
        @JsonProperty("text") String text,
        @JsonProperty("start_ms") long startMillis,
        @JsonProperty("end_ms") long endMillis,
        @JsonProperty("started_at") String startedAt,
        @JsonProperty("ended_at") String endedAt,
        @JsonProperty("recorded_at") String recordedAt,
        @JsonProperty("raised_at") String raisedAt,
        @JsonProperty("confidence") double confidence,
        @JsonProperty("state") String state,
        @JsonProperty("delivered") boolean delivered,
        @JsonProperty("hold") String hold,
        @JsonProperty("hold_reason") String holdReason,
        @JsonProperty("channels") List<String> channels,
        @JsonProperty("labels") @Nullable List<String> labels) {

    public static AlertDocument of(Alert alert) {
        return new AlertDocument(
                alert.id(),
                alert.version(),
                alert.stream(),
                alert.uri(),
                alert.rule(),
                word(alert.severity()),
                alert.text(),
                alert.span().startMillis(),
                alert.span().endMillis(),
                iso(alert.startedAtMillis()),
                iso(alert.endedAtMillis()),
                iso(alert.recordedAtMillis()),
                iso(alert.raisedAtMillis()),
                alert.confidence(),
                word(alert.state()),
                alert.delivered(),
                word(alert.hold()),
                alert.holdReason(),
                alert.channels(),
                alert.labels());
    }

    /** @param documentId the document's own: those of an older Longwatch have no field for it */
    public Alert toAlert(String documentId) {
        return new Alert(
                documentId,
                version,
                stream,
                uri,
                rule,
                Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
                text,
                new TimeSpan(startMillis, endMillis),
                Instant.parse(recordedAt).toEpochMilli(),
                confidence,
                Alert.State.valueOf(state.toUpperCase(Locale.ROOT)),
                Alert.Hold.valueOf(hold.toUpperCase(Locale.ROOT)),
                holdReason,
                channels,
                Instant.parse(raisedAt).toEpochMilli(),
                Labels.orNone(labels));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
