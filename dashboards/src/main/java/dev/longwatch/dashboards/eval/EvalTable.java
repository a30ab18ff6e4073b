// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** An evaluation's result as lines of at most 100 columns. */
public final class EvalTable {

    private static final int WORST = 8;
    private static final int PROBLEMS = 5;

    /** A rule asked less often says little about itself. */
    private static final int ASKED = 3;

    private static final int NAME = 40;

    private final JsonNode result;
    private final List<String> lines = new ArrayList<>();

    private EvalTable(JsonNode result) {
        this.result = result;
    }

    /** @param result as the job reports it */
    public static List<String> of(JsonNode result) {
        EvalTable table = new EvalTable(result);
        table.heading();
        table.grounding(result.at("/figures/grounding"));
        table.calibration(result.at("/figures/calibration"));
        table.captions(result.at("/figures/captions"));
        table.rules("Groups", list(result.at("/figures/groups")));
        List<JsonNode> worst = worst(list(result.at("/figures/rules")));
        table.rules("Worst rules by F1, of those asked at least " + ASKED + " times", worst);
        table.notes();
        return table.lines;
    }

    private void heading() {
        JsonNode videos = result.path("videos");
        JsonNode queries = result.path("queries");
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d of %d videos, %d of %d queries, %s",
                result.path("labels").asText(),
                videos.path("measured").asLong(),
                videos.path("total").asLong(),
                queries.path("measured").asLong(),
                queries.path("total").asLong(),
                result.path("model").asText()));
        lines.add(String.format(
                Locale.ROOT,
                "Prompt %s, %s pictures a second%s%s%s",
                result.path("prompt").asText(),
                plain(result.path("frames_per_second").asDouble()),
                result.hasNonNull("uneven_seed")
                        ? " at uneven gaps, seed " + result.path("uneven_seed").asLong()
                        : "",
                result.path("by_change").asBoolean()
                        ? ", of which by change %,d"
                                .formatted(result.path("pictures").asLong())
                        : "",
                result.hasNonNull("total_pixels")
                        ? ", " + result.path("min_pixels").asLong() + " to "
                                + result.path("total_pixels").asLong() + " pixels"
                        : ""));
        lines.add(how(videos.path("whole").asLong(), videos.path("on_the_grid").asLong()));
    }

    private static String how(long whole, long grid) {
        if (grid == 0) {
            return "Every video was asked about as one clip";
        }
        return whole == 0
                ? "Every video was watched clip by clip and stitched, as `watch` does"
                : whole + " videos were asked about as one clip, " + grid
                        + " longer ones watched clip by clip and stitched";
    }

    private void grounding(JsonNode figures) {
        if (!figures.isObject()) {
            return;
        }
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%-28s %9s   %-19s %s", "", "figure", "95 % interval", "of"));
        long present = figures.path("present").asLong();
        String happen = many(present, "query that happens", "queries that happen");
        row("mean IoU", figures.path("mean_iou"), "", happen);
        for (JsonNode at : figures.path("recall_at1")) {
            row("R1@" + plain(at.path("iou").asDouble()), at.path("recall"), "%", happen);
        }
        JsonNode median = figures.path("median_boundary_error");
        String placed = median.path("of").asLong() + " of them that were answered";
        row("boundary error, median", median, "s", placed);
        row("boundary error, mean", figures.path("mean_boundary_error"), "s", placed);
        row("precision at IoU 0.5", figures.path("precision"), "%", of(figures.path("precision"), "moments found"));
        row("recall at IoU 0.5", figures.path("recall"), "%", of(figures.path("recall"), "true moments"));
        row("missed", figures.path("missed"), "%", happen);
        if (figures.path("absent").asLong() > 0) {
            row("false alarms", figures.path("false_alarms"), "%", of(figures.path("false_alarms"), "that do not"));
        }
    }

    private void calibration(JsonNode figures) {
        if (!figures.isObject()) {
            return;
        }
        row("calibration error", figures.path("equal_width_error"), "", "ten bins of equal width");
        row("", figures.path("equal_mass_error"), "", "ten bins of equally many queries");
        row("Brier score", figures.path("brier"), "", of(figures.path("brier"), "queries"));
    }

    private void captions(JsonNode figures) {
        if (!figures.isObject()) {
            return;
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Dense captions of %s: right when IoU is at least 0.5 and the words are the same",
                many(figures.path("videos").asLong(), "video", "videos")));
        row("precision", figures.path("precision"), "%", of(figures.path("precision"), "events described"));
        row("recall", figures.path("recall"), "%", of(figures.path("recall"), "true events"));
        row("F1", figures.path("f1"), "%", "");
        row("F1, whatever the words", figures.path("timing_f1"), "%", "");
    }

    private static String many(long count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }

    private static String of(JsonNode estimate, String what) {
        return estimate.path("of").asLong() + " " + what;
    }

    private void row(String name, JsonNode estimate, String unit, String of) {
        String line = String.format(
                Locale.ROOT,
                "%-28s %9s   %-19s %s",
                name,
                value(estimate.path("value"), unit),
                interval(estimate, unit),
                of);
        lines.add(line.stripTrailing());
    }

    static String value(JsonNode value, String unit) {
        if (!value.isNumber()) {
            return "–";
        }
        return switch (unit) {
            case "%" -> String.format(Locale.ROOT, "%.1f %%", 100 * value.asDouble());
            case "s" -> String.format(Locale.ROOT, "%.2f s", value.asDouble());
            default -> String.format(Locale.ROOT, "%.3f", value.asDouble());
        };
    }

    private static String interval(JsonNode estimate, String unit) {
        return estimate.path("low").isNumber()
                ? value(estimate.path("low"), unit) + " – " + value(estimate.path("high"), unit)
                : "";
    }

    /** The rules that did worst, of those asked often enough to tell. */
    static List<JsonNode> worst(List<JsonNode> rules) {
        return rules.stream()
                .filter(rule -> rule.path("queries").asLong() >= ASKED
                        && rule.at("/f1/value").isNumber())
                .sorted(Comparator.<JsonNode>comparingDouble(
                                rule -> rule.at("/f1/value").asDouble())
                        .thenComparing(rule -> -rule.path("queries").asLong()))
                .limit(WORST)
                .toList();
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private void rules(String heading, List<JsonNode> rules) {
        if (rules.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(heading);
        lines.add(String.format(
                Locale.ROOT, "  %-40s %7s %9s %8s %8s %8s", "", "asked", "precision", "recall", "F1", "mean IoU"));
        for (JsonNode rule : rules) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-40s %7d %9s %8s %8s %8s",
                    shortened(rule.path("name").asText(), NAME),
                    rule.path("queries").asLong(),
                    value(rule.at("/precision/value"), "%"),
                    value(rule.at("/recall/value"), "%"),
                    value(rule.at("/f1/value"), "%"),
                    value(rule.at("/mean_iou/value"), "")));
        }
    }

    static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    private void notes() {
        JsonNode videos = result.path("videos");
        JsonNode queries = result.path("queries");
        List<String> notes = new ArrayList<>();
        if (result.path("stopped").asBoolean()) {
            notes.add("stopped: " + videos.path("measured").asLong() + " of "
                    + videos.path("total").asLong() + " videos were measured");
        }
        count(notes, videos, "unwatched", "videos that could not be watched; their queries are not in the figures");
        count(notes, videos, "partly", "videos that could not be watched in full");
        count(
                notes,
                queries,
                "refused",
                "queries refused, not in the figures: the model was taught none of their words");
        count(notes, queries, "unreadable", "answers not understood, which count as nothing found");
        count(notes, queries, "several_moments", "answers with several moments, of which the first counts");
        count(notes, queries, "beyond_the_end", "labels that end after their video");
        List<JsonNode> problems = list(result.path("problems"));
        problems.stream().limit(PROBLEMS).forEach(problem -> notes.add("        " + problem.asText()));
        if (problems.size() > PROBLEMS) {
            notes.add("        … and " + (problems.size() - PROBLEMS) + " more, in eval.json");
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%.0f s of video in %.0f s: %.1fx real time",
                result.path("video_seconds").asDouble(),
                result.path("wall_seconds").asDouble(),
                result.path("real_time_factor").asDouble()));
        lines.addAll(notes);
    }

    private static void count(List<String> notes, JsonNode counts, String key, String what) {
        if (counts.path(key).asLong() > 0) {
            notes.add(String.format(Locale.ROOT, "%6d  %s", counts.path(key).asLong(), what));
        }
    }

    static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
