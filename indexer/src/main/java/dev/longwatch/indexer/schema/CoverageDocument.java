// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.RuleProbability;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a stretch of a stream, as it is stored; components are the mapping's fields, in its order.
 *
 * @param durationMillis from {@code from} to {@code to}, for those who sum up without a script; 0 before schema 6
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CoverageDocument(
        @JsonProperty("stream") String stream,
        @JsonProperty("from") String from,
        @JsonProperty("to") String to,
        @JsonProperty("duration_ms") long durationMillis,
        @JsonProperty("state") String state,
        @JsonProperty("why") String why,
        @JsonProperty("frames_per_second") double framesPerSecond,
        @JsonProperty("recorded_at") @Nullable String recordedAt,
        @JsonProperty("probabilities") @Nullable List<Asked> probabilities) {

    /** A {@link RuleProbability}. */
    record Asked(@JsonProperty("rule") String rule, @JsonProperty("probability") double probability) {}

    public static CoverageDocument of(CoverageSpan span) {
        return new CoverageDocument(
                span.stream(),
                Instant.ofEpochMilli(span.fromMillis()).toString(),
                Instant.ofEpochMilli(span.toMillis()).toString(),
                span.millis(),
                span.state().name().toLowerCase(Locale.ROOT),
                span.why(),
                span.framesPerSecond(),
                span.recordedAtMillis() == 0
                        ? null
                        : Instant.ofEpochMilli(span.recordedAtMillis()).toString(),
                span.probabilities().stream()
                        .map(each -> new Asked(each.rule(), each.probability()))
                        .toList());
    }

    public CoverageSpan toSpan() {
        return new CoverageSpan(
                stream,
                Instant.parse(from).toEpochMilli(),
                Instant.parse(to).toEpochMilli(),
                CoverageSpan.State.valueOf(state.toUpperCase(Locale.ROOT)),
                why,
                framesPerSecond,
                recordedAt == null ? 0 : Instant.parse(recordedAt).toEpochMilli(),
                probabilities == null
                        ? List.of()
                        : probabilities.stream()
                                .map(each -> new RuleProbability(each.rule(), each.probability()))
                                .toList());
    }
}
