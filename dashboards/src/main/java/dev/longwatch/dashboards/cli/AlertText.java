// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.EvidenceDocument;
import dev.longwatch.indexer.schema.HandlingDocument;
import dev.longwatch.indexer.search.HandledAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Alerts in words. The video's address is left out: a camera's may hold a password. */
final class AlertText {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    /** So much of an id is enough to tell a few thousand alerts apart. */
    private static final int ID_CHARACTERS = 8;

    private AlertText() {}

    /** One line. */
    static String line(HandledAlert handled, Instant now) {
        Alert alert = handled.alert();
        List<String> words = new ArrayList<>(List.of(
                shortId(alert),
                Times.local(Instant.ofEpochMilli(alert.startedAtMillis())),
                word(alert.severity()),
                alert.stream(),
                alert.rule(),
                String.format(Locale.ROOT, "%.2f", alert.confidence())));
        if (alert.state() == Alert.State.OPEN) {
            words.add("(still open)");
        }
        if (!alert.delivered()) {
            words.add("(held: " + alert.holdReason() + ")");
        }
        words.addAll(done(handled.handling(), now));
        return String.join("  ", words);
    }

    /** All that is known, a fact a line. */
    static List<String> page(HandledAlert handled, Instant now) {
        Alert alert = handled.alert();
        List<String> lines = new ArrayList<>();
        lines.add(alert.text());
        lines.add("");
        fact("alert", alert.id(), lines);
        fact("rule", alert.rule(), lines);
        fact("stream", alert.stream(), lines);
        fact("severity", word(alert.severity()), lines);
        fact("labels", String.join(", ", alert.labels()), lines);
        fact("from", Times.local(Instant.ofEpochMilli(alert.startedAtMillis())), lines);
        fact(
                alert.state() == Alert.State.OPEN ? "so far to" : "to",
                Times.local(Instant.ofEpochMilli(alert.endedAtMillis())),
                lines);
        // a recording's clock is the wall clock
        fact("in video", alert.recordedAtMillis() == 0 ? "" : Times.span(alert.span()), lines);
        fact("confidence", String.format(Locale.ROOT, "%.2f", alert.confidence()), lines);
        fact("for", String.join(", ", alert.channels()), lines);
        fact("held", alert.holdReason(), lines);
        Evidence evidence = handled.evidence();
        fact("thumbnail", evidence.thumbnail(), lines);
        fact("clip", evidence.clip(), lines);
        if (!evidence.clip().isEmpty()) {
            fact(
                    "clip shows",
                    Times.stamp(Math.max(0, evidence.clipStartMillis())) + " to "
                            + Times.stamp(evidence.clipEndMillis()),
                    lines);
        }
        fact("missing", evidence.problem(), lines);
        done(handled.handling(), now).forEach(words -> fact("done", words, lines));
        return lines;
    }

    /** For programs. */
    static Map<String, Object> json(HandledAlert handled) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "alert");
        json.putAll(JSON.convertValue(AlertDocument.of(handled.alert()), FIELDS));
        json.remove("uri");
        json.put("evidence", JSON.convertValue(EvidenceDocument.of(handled.evidence()), FIELDS));
        json.put("handling", JSON.convertValue(HandlingDocument.of(handled.handling()), FIELDS));
        return json;
    }

    static String shortId(Alert alert) {
        return alert.id().substring(0, Math.min(ID_CHARACTERS, alert.id().length()));
    }

    private static List<String> done(Handling handling, Instant now) {
        List<String> done = new ArrayList<>();
        if (!handling.acknowledgedBy().isEmpty()) {
            done.add("acknowledged by " + handling.acknowledgedBy());
        }
        if (!handling.assignedTo().isEmpty()) {
            done.add("assigned to " + handling.assignedTo());
        }
        if (handling.snoozedUntilMillis() > now.toEpochMilli()) {
            done.add("snoozed until " + Times.local(Instant.ofEpochMilli(handling.snoozedUntilMillis())));
        }
        if (handling.verdict() != Handling.Verdict.OPEN) {
            done.add(word(handling.verdict()).replace('_', ' ')
                    + (handling.verdictReason().isEmpty() ? "" : ": " + handling.verdictReason()));
        }
        return done;
    }

    private static void fact(String name, String value, List<String> lines) {
        if (!value.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "%-13s%s", name + ":", value));
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
