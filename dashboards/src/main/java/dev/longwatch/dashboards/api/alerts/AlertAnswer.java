// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.alerts;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.search.HandledAlert;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An alert as it is answered. Without the address of the video, which may hold a password. */
public record AlertAnswer(
        String id,
        String stream,
        String rule,
        String severity,
        String text,
        ClockTime start,
        ClockTime end,
        double confidence,
        String state,
        long version,
        String hold,
        String holdReason,
        List<String> channels,
        List<String> labels,
        ClockTime raised,
        @Nullable HandlingAnswer handling,
        @Nullable EvidenceAnswer evidence) {

    /**
     * What there is to see.
     *
     * @param thumbnail where the JPEG is, below {@code /api/v1/}; null when there is none
     * @param clip where the MP4 is; null when there is none, or not yet
     * @param clipStart what the video's clock says at the clip's beginning
     * @param problem why something is missing, for a person; empty when nothing is
     */
    public record EvidenceAnswer(
            @Nullable String thumbnail, @Nullable String clip, @Nullable ClockTime clipStart, String problem) {

        static EvidenceAnswer of(Alert alert, Evidence evidence) {
            boolean filmed = !evidence.clip().isEmpty();
            return new EvidenceAnswer(
                    evidence.thumbnail().isEmpty() ? null : "media/evidence/" + alert.id() + ".jpg",
                    filmed ? "media/evidence/" + alert.id() + ".mp4" : null,
                    filmed ? ClockTime.onVideo(alert.recordedAtMillis(), evidence.clipStartMillis()) : null,
                    evidence.problem());
        }
    }

    /**
     * What people did about it.
     *
     * @param changed null when nobody has done anything
     * @param snoozedUntil null when it is not
     */
    public record HandlingAnswer(
            @Nullable ClockTime changed,
            String acknowledgedBy,
            String assignedTo,
            @Nullable ClockTime snoozedUntil,
            String verdict,
            String verdictReason) {

        static HandlingAnswer of(Handling handling) {
            return new HandlingAnswer(
                    time(handling.changedAtMillis()),
                    handling.acknowledgedBy(),
                    handling.assignedTo(),
                    time(handling.snoozedUntilMillis()),
                    handling.verdict().name().toLowerCase(Locale.ROOT),
                    handling.verdictReason());
        }

        private static @Nullable ClockTime time(long millis) {
            return millis == 0 ? null : ClockTime.wall(millis);
        }
    }

    /** With all that is kept about it. */
    static AlertAnswer of(HandledAlert handled) {
        Alert alert = handled.alert();
        return of(alert, handled.handling(), EvidenceAnswer.of(alert, handled.evidence()));
    }

    /** @param handling null to leave it out */
    public static AlertAnswer of(Alert alert, @Nullable Handling handling) {
        return of(alert, handling, null);
    }

    private static AlertAnswer of(Alert alert, @Nullable Handling handling, @Nullable EvidenceAnswer evidence) {
        return new AlertAnswer(
                alert.id(),
                alert.stream(),
                alert.rule(),
                word(alert.severity()),
                alert.text(),
                ClockTime.onVideo(alert.recordedAtMillis(), alert.span().startMillis()),
                ClockTime.onVideo(alert.recordedAtMillis(), alert.span().endMillis()),
                alert.confidence(),
                word(alert.state()),
                alert.version(),
                word(alert.hold()),
                alert.holdReason(),
                alert.channels(),
                alert.labels(),
                ClockTime.wall(alert.raisedAtMillis()),
                handling == null ? null : HandlingAnswer.of(handling),
                evidence);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
