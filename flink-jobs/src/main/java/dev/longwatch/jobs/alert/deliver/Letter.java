// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.jobs.alert.Notice;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What people are told, written once: every attempt sends the same. The video's address is left out, since a camera's may
 * hold a password.
 */
final class Letter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FIELDS = List.of(
            "version",
            "stream",
            "rule",
            "severity",
            "text",
            "start_ms",
            "end_ms",
            "started_at",
            "ended_at",
            "recorded_at",
            "raised_at",
            "confidence",
            "state",
            "labels");

    private Letter() {}

    /**
     * The message for one channel. Its key is a function of alert, occasion and channel alone.
     *
     * @param evidence where there will be something to see of the alert
     */
    static Delivery to(Channel channel, Notice notice, EvidenceFolder evidence, long nowMillis) {
        Alert alert = notice.alert();
        String key = alert.id() + (notice.closing() ? "-last-" : "-first-") + channel.name();
        return Delivery.pending(
                key, alert, channel.name(), subject(notice), body(channel.kind(), notice, evidence), nowMillis);
    }

    private static String body(Channel.Kind kind, Notice notice, EvidenceFolder evidence) {
        return switch (kind) {
            case WEBHOOK, MQTT -> json(notice, evidence).toString();
            case SLACK -> JSON.createObjectNode().put("text", chat(notice)).toString();
            case MAIL -> mail(notice);
        };
    }

    private static ObjectNode json(Notice notice, EvidenceFolder evidence) {
        ObjectNode document = JSON.valueToTree(AlertDocument.of(notice.alert()));
        ObjectNode letter = JSON.createObjectNode()
                .put("type", notice.closing() ? "alert.closed" : "alert.opened")
                .put("id", notice.alert().id());
        FIELDS.forEach(field -> letter.set(field, document.get(field)));
        if (evidence.isThere()) {
            letter.set("evidence", evidence(notice.alert().id(), evidence));
        }
        return letter;
    }

    /** The names follow from the alert: they are known before anything is made. */
    private static ObjectNode evidence(String alert, EvidenceFolder folder) {
        String thumbnail = Evidence.thumbnailOf(alert);
        String clip = Evidence.clipOf(alert);
        ObjectNode evidence =
                JSON.createObjectNode().put("thumbnail", thumbnail).put("clip", clip);
        if (!folder.url().isEmpty()) {
            evidence.put("thumbnail_url", folder.address(thumbnail)).put("clip_url", folder.address(clip));
        }
        return evidence;
    }

    private static String subject(Notice notice) {
        Alert alert = notice.alert();
        return "[Longwatch] " + (notice.closing() ? "ended: " : "") + alert.rule() + " on " + alert.stream() + " ("
                + severity(alert) + ")";
    }

    private static String chat(Notice notice) {
        Alert alert = notice.alert();
        return "*" + severity(alert) + (notice.closing() ? ", ended" : "") + "* " + escaped(alert.rule()) + " on "
                + escaped(alert.stream()) + ", " + time(alert.startedAtMillis()) + " to " + time(alert.endedAtMillis())
                + ": " + escaped(alert.text()) + " (" + percent(alert) + ")";
    }

    private static String mail(Notice notice) {
        Alert alert = notice.alert();
        return String.join(
                "\n",
                alert.text(),
                "",
                "rule:       " + alert.rule(),
                "stream:     " + alert.stream(),
                "severity:   " + severity(alert),
                "labels:     " + (alert.labels().isEmpty() ? "none" : String.join(", ", alert.labels())),
                "from:       " + time(alert.startedAtMillis()),
                (alert.state() == Alert.State.OPEN ? "so far to:  " : "to:         ") + time(alert.endedAtMillis()),
                "confidence: " + percent(alert),
                "alert:      " + alert.id(),
                "");
    }

    private static String severity(Alert alert) {
        return alert.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String percent(Alert alert) {
        return Math.round(alert.confidence() * 100) + " %";
    }

    /** As chats want it; keeps words that were seen in a picture from becoming a mention or a link. */
    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
