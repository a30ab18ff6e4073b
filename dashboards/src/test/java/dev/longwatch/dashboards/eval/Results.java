// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;

/** Results as the job reports them. */
final class Results {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Results() {}

    static ObjectNode whole() {
        ObjectNode result = frame(200, 200, 0);
        ObjectNode figures = result.putObject("figures");
        ObjectNode grounding =
                figures.putObject("grounding").put("present", 620).put("absent", 580);
        grounding.set("mean_iou", estimate(0.811, 0.794, 0.827, 620));
        ArrayNode at = grounding.putArray("recall_at1");
        at.addObject().put("iou", 0.3).set("recall", estimate(0.969, 0.951, 0.985, 620));
        at.addObject().put("iou", 0.5).set("recall", estimate(0.948, 0.929, 0.967, 620));
        at.addObject().put("iou", 0.7).set("recall", estimate(0.803, 0.772, 0.835, 620));
        grounding.set("median_boundary_error", estimate(0.23, 0.21, 0.25, 612));
        grounding.set("mean_boundary_error", estimate(0.38, 0.32, 0.46, 612));
        grounding.set("precision", estimate(0.935, 0.914, 0.955, 629));
        grounding.set("recall", estimate(0.948, 0.929, 0.967, 620));
        grounding.set("f1", estimate(0.941, 0.92, 0.96, 1249));
        grounding.set("false_alarms", estimate(0.029, 0.016, 0.045, 580));
        grounding.set("missed", estimate(0.013, 0.003, 0.025, 620));
        ArrayNode curve = grounding.putArray("curve");
        for (int step = 1; step <= 20; step++) {
            double value = 1 - Math.pow(step / 20.0, 4);
            curve.addObject()
                    .put("iou", step / 20.0)
                    .set("recall", estimate(value, Math.max(0, value - 0.02), Math.min(1, value + 0.02), 620));
        }
        borders(grounding, 120);
        rule(figures.putArray("groups"), "enters", 323, 0.94);
        rule(figures.withArray("groups"), "leaves", 329, 0.903);
        ArrayNode rules = figures.putArray("rules");
        rule(rules, "a dog enters", 6, 0.9);
        rule(rules, "a bear leaves", 6, 0.0);
        rule(rules, "a cat leaves", 2, 0.0);
        ObjectNode calibration = figures.putObject("calibration");
        calibration.set("brier", estimate(0.015, 0.009, 0.022, 1200));
        calibration.set("equal_width_error", estimate(0.008, 0.007, 0.017, 1200));
        calibration.set("equal_mass_error", estimate(0.01, 0.006, 0.018, 1200));
        long[] counts = {550, 9, 3, 0, 4, 5, 3, 7, 14, 600};
        for (int bin = 0; bin < counts.length; bin++) {
            ObjectNode each = calibration
                    .withArray("equal_width")
                    .addObject()
                    .put("from", bin / 10.0)
                    .put("to", (bin + 1) / 10.0)
                    .put("count", counts[bin]);
            if (counts[bin] == 0) {
                each.putNull("probability").putNull("occurred");
            } else {
                each.put("probability", bin / 10.0 + 0.04).put("occurred", bin / 10.0);
            }
        }
        figures.putNull("captions");
        return result;
    }

    /** After the first of nine videos, in a prompt that tells no probability, nothing found. */
    static ObjectNode stopped() {
        ObjectNode result = frame(9, 1, 2);
        result.put("stopped", true).withArray("problems").add("l.jsonl:3: gone.mp4 does not exist");
        ObjectNode figures = result.putObject("figures");
        ObjectNode grounding = figures.putObject("grounding").put("present", 0).put("absent", 1);
        for (String key : new String[] {
            "mean_iou",
            "median_boundary_error",
            "mean_boundary_error",
            "precision",
            "recall",
            "f1",
            "missed",
            "false_alarms"
        }) {
            grounding.set(key, nothing());
        }
        grounding.putArray("recall_at1").addObject().put("iou", 0.3).set("recall", nothing());
        grounding.putArray("curve").addObject().put("iou", 0.05).set("recall", nothing());
        borders(grounding, 0);
        figures.putArray("groups");
        figures.putArray("rules");
        figures.putNull("calibration").putNull("captions");
        return result;
    }

    static ObjectNode captionsOnly() {
        ObjectNode result = frame(1, 1, 0);
        ObjectNode figures = result.putObject("figures");
        figures.putNull("grounding").putNull("calibration");
        figures.putArray("groups");
        figures.putArray("rules");
        ObjectNode captions =
                figures.putObject("captions").put("videos", 1).put("events", 4).put("found", 4);
        for (String key : new String[] {"precision", "recall", "f1", "timing_f1"}) {
            captions.set(key, estimate(0.25, 0.1, 0.4, 4));
        }
        return result;
    }

    private static ObjectNode frame(int videos, int measured, int refused) {
        ObjectNode result = JSON.createObjectNode()
                .put("labels", "labels.jsonl")
                .put("format", "jsonl")
                .put("prompt", "longwatch")
                .put("model", "nano-36b87923")
                .put("frames_per_second", 2.0)
                .put("stopped", false)
                .put("video_seconds", 3200)
                .put("wall_seconds", 80)
                .put("real_time_factor", 40);
        result.putObject("videos")
                .put("total", videos)
                .put("measured", measured)
                .put("whole", measured)
                .put("on_the_grid", 0);
        result.putObject("queries").put("total", 1200).put("measured", 1200).put("refused", refused);
        result.putArray("problems");
        return result;
    }

    private static void borders(ObjectNode grounding, int most) {
        ObjectNode borders = grounding.putObject("borders").put("from", -1.2).put("width", 0.1);
        IntStream.range(0, 24).forEach(bin -> {
            borders.withArray("starts").add(most / (1 + Math.abs(bin - 12)));
            borders.withArray("ends").add(most / (1 + Math.abs(bin - 13)));
        });
    }

    private static void rule(ArrayNode rules, String name, long queries, double value) {
        ObjectNode rule = rules.addObject().put("name", name).put("queries", queries);
        for (String key : new String[] {"precision", "recall", "f1", "mean_iou"}) {
            rule.set(key, estimate(value, Math.max(0, value - 0.05), Math.min(1, value + 0.05), queries));
        }
    }

    private static JsonNode estimate(double value, double low, double high, long of) {
        return JSON.createObjectNode()
                .put("value", value)
                .put("low", low)
                .put("high", high)
                .put("of", of);
    }

    private static JsonNode nothing() {
        return JSON.createObjectNode()
                .putNull("value")
                .putNull("low")
                .putNull("high")
                .put("of", 0);
    }
}
