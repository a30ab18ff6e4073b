// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.alert.Handling;
import java.time.Instant;
import java.util.Locale;

/**
 * What people did about an alert, as it is stored; components are the mapping's fields, in its order. The id is the
 * alert's.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HandlingDocument(
        @JsonProperty("stream") String stream,
        @JsonProperty("rule") String rule,
        @JsonProperty("changed_at") String changedAt,
        @JsonProperty("acknowledged_by") String acknowledgedBy,
        @JsonProperty("assigned_to") String assignedTo,
        @JsonProperty("snoozed_until") String snoozedUntil,
        @JsonProperty("verdict") String verdict,
        @JsonProperty("verdict_reason") String verdictReason) {

    public static HandlingDocument of(Handling handling) {
        return new HandlingDocument(
                handling.stream(),
                handling.rule(),
                Instant.ofEpochMilli(handling.changedAtMillis()).toString(),
                handling.acknowledgedBy(),
                handling.assignedTo(),
                Instant.ofEpochMilli(handling.snoozedUntilMillis()).toString(),
                handling.verdict().name().toLowerCase(Locale.ROOT),
                handling.verdictReason());
    }

    public Handling toHandling(String alert) {
        return new Handling(
                alert,
                stream,
                rule,
                Instant.parse(changedAt).toEpochMilli(),
                acknowledgedBy,
                assignedTo,
                Instant.parse(snoozedUntil).toEpochMilli(),
                Handling.Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)),
                verdictReason);
    }
}
