// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.eval.Svg.Anchor;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation's result as one picture of four panels, an SVG document. Drawn here because the chart libraries of the
 * platform draw through AWT, which wants fonts that a server may not have, and none knows a reliability diagram.
 */
public final class EvalPicture {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 900;

    private static final String INK = "#1f2933";
    private static final String SOFT = "#616e7c";
    private static final String GRID = "#e4e7eb";
    private static final String BLUE = "#2463b5";
    private static final String FAINT = "#a9c1e3";
    private static final String ORANGE = "#d9660b";

    private static final int MOST_BARS = 12;

    private final JsonNode result;
    private final Svg svg = new Svg(WIDTH, HEIGHT);

    private EvalPicture(JsonNode result) {
        this.result = result;
    }

    /** @param result as the job reports it */
    public static String of(JsonNode result) {
        EvalPicture picture = new EvalPicture(result);
        picture.draw();
        return picture.svg.toString();
    }

    private void draw() {
        svg.rect(0, 0, WIDTH, HEIGHT, "#ffffff", 1);
        svg.bold(40, 44, 22, INK, title());
        svg.text(40, 68, Anchor.START, 14, SOFT, subtitle());
        recall(new Panel(svg, 96, 164, 456, 270));
        calibration(new Panel(svg, 696, 164, 456, 270));
        borders(new Panel(svg, 96, 576, 456, 256));
        bars(new Panel(svg, 852, 576, 300, 256));
    }

    private String title() {
        JsonNode figures = result.at("/figures/grounding");
        if (!figures.isObject() && !result.at("/figures/captions").isObject()) {
            return "Nothing was measured";
        }
        if (!figures.isObject()) {
            return "Dense captions: F1 " + EvalTable.value(result.at("/figures/captions/f1/value"), "%");
        }
        return "Mean IoU " + EvalTable.value(figures.at("/mean_iou/value"), "") + ", R1@0.5 "
                + EvalTable.value(figures.at("/recall_at1/1/recall/value"), "%");
    }

    private String subtitle() {
        JsonNode figures = result.at("/figures/grounding");
        String queries = figures.isObject()
                ? figures.path("present").asLong() + " queries that happen and "
                        + figures.path("absent").asLong() + " that do not, on "
                : "";
        return queries + result.at("/videos/measured").asLong() + " videos · "
                + result.path("model").asText() + " · prompt "
                + result.path("prompt").asText() + " · "
                + EvalTable.plain(result.path("frames_per_second").asDouble()) + " pictures a second"
                + (result.path("stopped").asBoolean()
                        ? " · stopped: " + result.at("/videos/total").asLong() + " videos were asked for"
                        : "");
    }

    private void recall(Panel panel) {
        panel.heading(
                "How much of it overlaps", "Share of true moments found with at least this IoU; band: 95 % interval");
        panel.percentAxis("R1");
        panel.across(0, 1, 0.1, "least intersection over union (IoU)", "");
        List<JsonNode> curve = EvalTable.list(result.at("/figures/grounding/curve"));
        if (curve.isEmpty() || !curve.get(0).at("/recall/value").isNumber()) {
            panel.nothing("no queries that happen");
            return;
        }
        int count = curve.size();
        double[] line = new double[2 * count];
        double[] band = new double[4 * count];
        for (int i = 0; i < count; i++) {
            JsonNode recall = curve.get(i).path("recall");
            double x = panel.x(curve.get(i).path("iou").asDouble());
            double value = recall.path("value").asDouble();
            set(line, i, x, panel.y(value));
            set(band, i, x, panel.y(recall.path("high").asDouble(value)));
            set(band, 2 * count - 1 - i, x, panel.y(recall.path("low").asDouble(value)));
        }
        svg.area(band, BLUE);
        svg.curve(line, BLUE);
        for (JsonNode at : result.at("/figures/grounding/recall_at1")) {
            double x = panel.x(at.path("iou").asDouble());
            double value = at.at("/recall/value").asDouble();
            double y = panel.y(value);
            svg.dot(x, y, 5, BLUE);
            // the curve falls, so there is room to the left and below
            boolean low = value < 0.12;
            svg.text(x - 10, low ? y - 12 : y + 20, Anchor.END, 13, INK, EvalTable.value(at.at("/recall/value"), "%"));
        }
    }

    private static void set(double[] points, int place, double x, double y) {
        points[2 * place] = x;
        points[2 * place + 1] = y;
    }

    private void calibration(Panel panel) {
        JsonNode figures = result.at("/figures/calibration");
        String error = figures.isObject()
                ? "expected calibration error " + EvalTable.value(figures.at("/equal_width_error/value"), "")
                        + ", Brier " + EvalTable.value(figures.at("/brier/value"), "")
                : "";
        panel.heading("How far its certainty can be trusted", error);
        panel.percentAxis("share that really happens");
        panel.across(0, 1, 0.1, "probability the model gives (grey bars: how many queries, root scale)", "");
        if (!figures.isObject()) {
            panel.nothing("this prompt tells no probability");
            return;
        }
        List<JsonNode> bins = EvalTable.list(figures.path("equal_width"));
        double most = bins.stream()
                .mapToDouble(bin -> Math.sqrt(bin.path("count").asDouble()))
                .max()
                .orElse(1);
        for (JsonNode bin : bins) {
            double left = panel.x(bin.path("from").asDouble());
            double right = panel.x(bin.path("to").asDouble());
            double top = panel.y(0.25 * Math.sqrt(bin.path("count").asDouble()) / Math.max(1, most));
            svg.rect(left + 3, top, right - left - 6, panel.y(0) - top, SOFT, 0.22);
        }
        svg.dashed(panel.x(0), panel.y(0), panel.x(1), panel.y(1), SOFT);
        List<JsonNode> filled =
                bins.stream().filter(bin -> bin.path("probability").isNumber()).toList();
        double[] line = new double[2 * filled.size()];
        for (int i = 0; i < filled.size(); i++) {
            JsonNode bin = filled.get(i);
            set(
                    line,
                    i,
                    panel.x(bin.path("probability").asDouble()),
                    panel.y(bin.path("occurred").asDouble()));
        }
        svg.curve(line, FAINT);
        for (int i = 0; i < filled.size(); i++) {
            // few queries tell little: a small dot
            double weight = Math.sqrt(filled.get(i).path("count").asDouble()) / most;
            svg.dot(line[2 * i], line[2 * i + 1], 3.5 + 4 * weight, BLUE);
        }
        for (JsonNode bin : bins) {
            double middle =
                    panel.x((bin.path("from").asDouble() + bin.path("to").asDouble()) / 2);
            svg.text(
                    middle,
                    panel.y(1) - 8,
                    Anchor.MIDDLE,
                    11,
                    SOFT,
                    "n=" + bin.path("count").asLong());
        }
    }

    private void borders(Panel panel) {
        JsonNode figures = result.at("/figures/grounding");
        JsonNode borders = figures.path("borders");
        String median = figures.at("/median_boundary_error/value").isNumber()
                ? "median error " + EvalTable.value(figures.at("/median_boundary_error/value"), "s") + ", mean "
                        + EvalTable.value(figures.at("/mean_boundary_error/value"), "s")
                        + "; the outermost bars hold what lies beyond"
                : "";
        panel.heading("How far off its borders are", median);
        List<JsonNode> starts = EvalTable.list(borders.path("starts"));
        List<JsonNode> ends = EvalTable.list(borders.path("ends"));
        double most = 0;
        for (int i = 0; i < starts.size(); i++) {
            most = Math.max(most, Math.max(starts.get(i).asDouble(), ends.get(i).asDouble()));
        }
        if (most == 0) {
            panel.frame();
            panel.nothing("nothing was found");
            return;
        }
        double from = borders.path("from").asDouble();
        double width = borders.path("width").asDouble();
        panel.across(from, -from, width * 4, "found minus true border, seconds", "");
        panel.up(nice(most), "queries");
        double half = (panel.x(from + width) - panel.x(from)) / 2;
        for (int i = 0; i < starts.size(); i++) {
            double x = panel.x(from + i * width);
            double start = panel.y(starts.get(i).asDouble());
            double end = panel.y(ends.get(i).asDouble());
            svg.rect(x + 1, start, half - 1, panel.y(0) - start, BLUE, 0.9);
            svg.rect(x + half, end, half - 1, panel.y(0) - end, ORANGE, 0.9);
        }
        svg.dashed(panel.x(0), panel.y(0), panel.x(0), panel.top(), INK);
        panel.key(BLUE, "start", ORANGE, "end");
    }

    /** The least of 1, 2 and 5 times a power of ten, or 4 or 8, that is not below. */
    private static double nice(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 4, 5, 8}) {
            if (step * power >= value) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private void bars(Panel panel) {
        List<JsonNode> groups = EvalTable.list(result.at("/figures/groups"));
        List<JsonNode> rows = groups.isEmpty() ? EvalTable.worst(EvalTable.list(result.at("/figures/rules"))) : groups;
        String shown = rows.size() > MOST_BARS ? ", " + MOST_BARS + " of " + rows.size() : "";
        panel.heading(
                -212,
                groups.isEmpty() ? "Where it does worst" : "How it does by group",
                "precision and recall at IoU 0.5" + (groups.isEmpty() ? ", rules by F1" : "") + shown
                        + "; thin lines: 95 % intervals");
        panel.across(0, 1, 0.25, "", " %");
        if (rows.isEmpty()) {
            panel.nothing("no rule was asked three times");
            return;
        }
        int count = Math.min(MOST_BARS, rows.size());
        double height = Math.min(48, 256.0 / count);
        for (int i = 0; i < count; i++) {
            JsonNode row = rows.get(i);
            double y = panel.top() + i * height;
            svg.text(
                    panel.x(0) - 12,
                    y + height / 2 + 4,
                    Anchor.END,
                    13,
                    INK,
                    EvalTable.shortened(row.path("name").asText(), 26) + "  ("
                            + row.path("queries").asLong() + ")");
            bar(panel, y + height * 0.14, height * 0.34, row.path("precision"), BLUE);
            bar(panel, y + height * 0.52, height * 0.34, row.path("recall"), ORANGE);
        }
        panel.key(BLUE, "precision", ORANGE, "recall");
    }

    private void bar(Panel panel, double y, double height, JsonNode estimate, String colour) {
        if (!estimate.path("value").isNumber()) {
            svg.text(panel.x(0) + 4, y + height - 1, Anchor.START, 10, SOFT, "none");
            return;
        }
        svg.rect(panel.x(0), y, panel.x(estimate.path("value").asDouble()) - panel.x(0), height, colour, 0.9);
        if (estimate.path("low").isNumber()) {
            double middle = y + height / 2;
            svg.line(
                    panel.x(estimate.path("low").asDouble()),
                    middle,
                    panel.x(estimate.path("high").asDouble()),
                    middle,
                    INK,
                    1.2);
        }
    }

    /** A rectangle with axes; data in, pixels out. */
    private static final class Panel {

        private final Svg svg;
        private final double left;
        private final double top;
        private final double width;
        private final double height;
        private double from;
        private double to = 1;
        private double most = 1;

        Panel(Svg svg, double left, double top, double width, double height) {
            this.svg = svg;
            this.left = left;
            this.top = top;
            this.width = width;
            this.height = height;
        }

        double x(double value) {
            return left + (value - from) / (to - from) * width;
        }

        double y(double value) {
            return top + height - value / most * height;
        }

        double top() {
            return top;
        }

        void heading(String heading, String remark) {
            heading(-56, heading, remark);
        }

        /** @param indent of the heading from the panel's left edge */
        void heading(double indent, String heading, String remark) {
            svg.bold(left + indent, top - 46, 16, INK, heading);
            svg.text(left + indent, top - 27, Anchor.START, 12, SOFT, remark);
        }

        /** The axis below. */
        void across(double least, double greatest, double step, String name, String unit) {
            from = least;
            to = greatest;
            for (int i = 0; least + i * step <= greatest + 1e-9; i++) {
                double value = least + i * step;
                svg.line(x(value), top, x(value), top + height, GRID, 1);
                svg.text(
                        x(value),
                        top + height + 18,
                        Anchor.MIDDLE,
                        12,
                        SOFT,
                        label(unit.equals(" %") ? 100 * value : value) + unit);
            }
            svg.line(left, top + height, left + width, top + height, SOFT, 1);
            svg.text(left + width / 2, top + height + 38, Anchor.MIDDLE, 12, SOFT, name);
        }

        private static String label(double value) {
            double rounded = Math.rint(value * 1_000) / 1_000;
            return EvalTable.plain(rounded == 0 ? 0 : rounded);
        }

        void percentAxis(String name) {
            most = 1;
            for (int percent = 0; percent <= 100; percent += 20) {
                tick(percent / 100.0, percent + " %");
            }
            svg.upright(left - 46, top + height / 2, 12, SOFT, name);
        }

        void up(double greatest, String name) {
            most = greatest;
            for (int quarter = 0; quarter <= 4; quarter++) {
                double value = greatest * quarter / 4;
                tick(value, String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value));
            }
            svg.upright(left - 46, top + height / 2, 12, SOFT, name);
        }

        private void tick(double value, String label) {
            svg.line(left, y(value), left + width, y(value), GRID, 1);
            svg.text(left - 8, y(value) + 4, Anchor.END, 12, SOFT, label);
        }

        void frame() {
            svg.line(left, top + height, left + width, top + height, SOFT, 1);
        }

        void nothing(String why) {
            svg.text(left + width / 2, top + height / 2, Anchor.MIDDLE, 14, SOFT, "Nothing to show: " + why);
        }

        /** What the two colours mean, at the top right. */
        void key(String first, String what, String second, String other) {
            double x = left + width - 150;
            double y = top - 46;
            svg.rect(x, y - 10, 11, 11, first, 0.9);
            svg.text(x + 16, y, Anchor.START, 12, INK, what);
            svg.rect(x + 84, y - 10, 11, 11, second, 0.9);
            svg.text(x + 100, y, Anchor.START, 12, INK, other);
        }
    }
}
