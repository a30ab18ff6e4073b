// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Json;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule as somebody has sent it, turned into the keys of {@code longwatch.yaml}, which are judged elsewhere. */
final class RuleInput {

    private static final int LONGEST_SENTENCE = 1_000;

    /** Lengths of time, by how they are called here. */
    private static final Map<String, String> LENGTHS = Map.of(
            "within_seconds", "within",
            "min_duration_seconds", "min_duration",
            "merge_seconds", "merge",
            "cooldown_seconds", "cooldown");

    private RuleInput() {}

    /** What it is about, where and how; for a rule that is whole. */
    static ObjectNode read(Input body) {
        ObjectNode keys = Json.MAPPER.createObjectNode();
        for (String kind : List.of("when", "absent")) {
            if (body.has(kind)) {
                keys.put(kind, body.words(kind, LONGEST_SENTENCE));
            }
        }
        raw(body, "sequence").forEach(keys.withArray("/sequence")::add);
        if (keys.withArray("/sequence").isEmpty()) {
            keys.remove("sequence");
        }
        readSettings(body, keys);
        return keys;
    }

    /** How it is asked and who is told. */
    static void readSettings(Input body, ObjectNode keys) {
        put(keys, "streams", body.names("streams"));
        if (body.has("threshold")) {
            keys.put("threshold", body.share("threshold", AlertRule.THRESHOLD));
        }
        LENGTHS.forEach((here, there) -> put(keys, there, body.seconds(here)));
        if (body.has("severity")) {
            keys.put(
                    "severity",
                    body.choice("severity", Severity.class, Severity.WARNING)
                            .name()
                            .toLowerCase(Locale.ROOT));
        }
        raw(body, "schedule").forEach(schedule -> keys.set("schedule", schedule));
        put(keys, "notify", body.names("notify"));
        put(keys, "labels", body.names("labels"));
        Boolean alert = body.yes("alert");
        if (alert != null) {
            keys.put("alert", alert);
        }
    }

    private static List<JsonNode> raw(Input body, String name) {
        return body.values(name).stream().filter(value -> !value.isNull()).toList();
    }

    private static void put(ObjectNode keys, String key, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(keys.putArray(key)::add);
        }
    }

    private static void put(ObjectNode keys, String key, @Nullable BigDecimal seconds) {
        if (seconds != null) {
            keys.put(key, seconds.setScale(3, RoundingMode.HALF_UP).toPlainString() + "s");
        }
    }
}
