// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.time.Instant;

/** Events and alerts for tests. */
final class Kept {

    static final long NOON = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();

    private Kept() {}

    /** An event of one second. */
    static VideoEvent event(String id, long version, String stream, String uri, String text, long atMillis) {
        return new VideoEvent(
                id,
                version,
                stream,
                uri,
                text,
                text,
                new TimeSpan(atMillis, atMillis + 1_000),
                NOON,
                0.75,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }

    static VideoEvent event(String id, String stream, String uri, String text, long atMillis) {
        return event(id, 1, stream, uri, text, atMillis);
    }

    static Alert alert(VideoEvent event) {
        return Alert.of(event, AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "the rule names no channel", NOON + 5_000);
    }
}
