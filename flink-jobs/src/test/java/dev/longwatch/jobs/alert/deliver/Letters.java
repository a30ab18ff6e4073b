// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.alert.Notice;
import java.time.Instant;
import java.util.List;

/** Alerts and messages for tests. */
final class Letters {

    private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();

    private Letters() {}

    static Notice notice(String id, boolean closing, String... channels) {
        return notice(id, "a car", closing, channels);
    }

    static Notice notice(String id, String text, boolean closing, String... channels) {
        VideoEvent event = new VideoEvent(
                id,
                closing ? 2 : 1,
                "yard",
                "rtsp://admin:verySecret@camera/1",
                "car",
                text,
                new TimeSpan(4_000, 9_500),
                NOON,
                0.875,
                closing ? VideoEvent.State.CLOSED : VideoEvent.State.OPEN,
                "nano-0",
                2,
                "2 a second",
                List.of("gate", "night"));
        AlertRule.Alerting alerting =
                new AlertRule.Alerting(true, Severity.WARNING, 0, Schedule.ALWAYS, List.of(channels));
        return new Notice(Alert.of(event, alerting, Alert.Hold.NONE, "", NOON + 12_000), closing);
    }

    /** Due from the beginning of time. */
    static Delivery delivery(String alert, String occasion) {
        return Delivery.pending(
                alert + "-" + occasion, notice(alert, false).alert(), "ops", "[Longwatch] a car", "{\"a\":\"ü\"}", 0);
    }
}
