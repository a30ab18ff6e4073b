// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for people: a bar to look at, the sums, and every stretch that was not looked at. */
final class CoverageText {

    private static final int WIDTH = 72;
    private static final char ANALYSED = '█';
    private static final char SKIPPED = '▒';
    private static final char MISSING = '·';
    private static final char DELETED = '×';
    private static final char WAITING = '░';
    private static final char UNKNOWN = ' ';

    private final CoverageReport report;
    private final List<String> lines = new ArrayList<>();

    private CoverageText(CoverageReport report) {
        this.report = report;
    }

    static List<String> of(CoverageReport report) {
        CoverageText text = new CoverageText(report);
        text.head();
        text.sums();
        text.list("Missing", report.of(State.GAP));
        text.list("Skipped", report.of(State.SKIPPED));
        text.list("Recorded, with nothing to see", report.flawed());
        return text.lines;
    }

    /** A time as it may be given to the command again. */
    static String time(long millis, long zeroMillis) {
        return zeroMillis == 0 ? Times.wall(millis) : Times.clock(millis - zeroMillis);
    }

    private void head() {
        Coverage coverage = report.coverage();
        lines.add(report.stream() + "  " + stretch(coverage.fromMillis(), coverage.toMillis()));
        lines.add("");
        lines.add("▕" + bar(coverage) + "▏");
        lines.add(ANALYSED + " analysed  " + SKIPPED + " skipped  " + MISSING + " missing"
                + (report.isStream() ? "  " + WAITING + " not yet analysed" : ""));
        lines.add("");
    }

    private void sums() {
        Coverage coverage = report.coverage();
        if (report.isStream()) {
            sum("recorded", report.recorded().millis(State.RECORDED), flaws());
        }
        sum("analysed", coverage.millis(State.ANALYSED), sampling());
        sum("skipped", coverage.millis(State.SKIPPED), "");
        sum("missing", coverage.millis(State.GAP), "");
        if (report.isStream()) {
            sum("not yet analysed", coverage.millis(State.RECORDED), "");
        }
        if (coverage.millis(State.DELETED) > 0) {
            sum("deleted", coverage.millis(State.DELETED), "somebody had it deleted");
        }
        long unknown = coverage.unknownMillis();
        if (unknown > 0) {
            sum("unknown", unknown, "nobody recorded or watched it then");
        }
    }

    private void sum(String what, long millis, String remark) {
        String line = String.format(
                Locale.ROOT,
                "%-17s %12s %6.1f %%  %s",
                what,
                Times.clock(millis),
                100.0 * millis / report.millis(),
                remark);
        lines.add(line.stripTrailing());
    }

    private void list(String title, List<CoverageSpan> spans) {
        if (spans.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title + ":");
        for (CoverageSpan span : spans) {
            lines.add("  " + stretch(span.fromMillis(), span.toMillis()) + "  " + span.why());
        }
    }

    private String stretch(long from, long to) {
        return time(from, report.zeroMillis()) + " to " + time(to, report.zeroMillis()) + "  (" + Times.clock(to - from)
                + ")";
    }

    private String sampling() {
        CoverageReport.Sampled sampled = CoverageReport.Sampled.of(report.of(State.ANALYSED));
        if (sampled.most() == 0) {
            return "";
        }
        return sampled.least() == sampled.most()
                ? rate(sampled.most()) + " pictures a second"
                : rate(sampled.least()) + " to " + rate(sampled.most()) + " pictures a second, "
                        + rate(sampled.average()) + " on average";
    }

    private String flaws() {
        Map<String, Long> sums = new LinkedHashMap<>();
        report.flawed().forEach(span -> sums.merge(span.why(), span.millis(), Long::sum));
        List<String> said = new ArrayList<>();
        sums.forEach((why, millis) -> said.add(why + " for " + Times.clock(millis)));
        return String.join(", ", said);
    }

    private static String rate(double framesPerSecond) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(framesPerSecond);
    }

    /** Each column is what most of its time is. */
    static String bar(Coverage coverage) {
        StringBuilder bar = new StringBuilder();
        double column = (double) (coverage.toMillis() - coverage.fromMillis()) / WIDTH;
        for (int i = 0; i < WIDTH; i++) {
            double from = coverage.fromMillis() + i * column;
            bar.append(most(coverage, from, from + column));
        }
        return bar.toString();
    }

    private static char most(Coverage coverage, double from, double to) {
        Map<State, Double> share = new EnumMap<>(State.class);
        double unknown = to - from;
        for (CoverageSpan span : coverage.spans()) {
            double inside = Math.min(to, span.toMillis()) - Math.max(from, span.fromMillis());
            if (inside > 0) {
                share.merge(span.state(), inside, Double::sum);
                unknown -= inside;
            }
        }
        char shown = UNKNOWN;
        double most = unknown;
        for (Map.Entry<State, Double> each : share.entrySet()) {
            if (each.getValue() >= most) {
                most = each.getValue();
                shown = character(each.getKey());
            }
        }
        return shown;
    }

    private static char character(State state) {
        return switch (state) {
            case ANALYSED -> ANALYSED;
            case SKIPPED -> SKIPPED;
            case GAP -> MISSING;
            case DELETED -> DELETED;
            case RECORDED -> WAITING;
        };
    }
}
