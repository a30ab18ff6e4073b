// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.alert.Evidence;
import java.time.Instant;

/** What there is to see of an alert, as it is stored; components are the mapping's fields, in its order. The id is the alert's. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EvidenceDocument(
        @JsonProperty("version") long version,
        @JsonProperty("stream") String stream,
        @JsonProperty("rule") String rule,
        @JsonProperty("started_at") String startedAt,
        @JsonProperty("thumbnail") String thumbnail,
        @JsonProperty("clip") String clip,
        @JsonProperty("clip_start_ms") long clipStartMillis,
        @JsonProperty("clip_end_ms") long clipEndMillis,
        @JsonProperty("problem") String problem) {

    public static EvidenceDocument of(Evidence evidence) {
        return new EvidenceDocument(
                evidence.version(),
                evidence.stream(),
                evidence.rule(),
                Instant.ofEpochMilli(evidence.startedAtMillis()).toString(),
                evidence.thumbnail(),
                evidence.clip(),
                evidence.clipStartMillis(),
                evidence.clipEndMillis(),
                evidence.problem());
    }

    public Evidence toEvidence(String alert) {
        return new Evidence(
                alert,
                version,
                stream,
                rule,
                Instant.parse(startedAt).toEpochMilli(),
                thumbnail,
                clip,
                clipStartMillis,
                clipEndMillis,
                problem);
    }
}
