// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a stretch of a stream or file, ready to be shown.
 *
 * @param zeroMillis wall clock of a file's beginning; 0 for a stream
 * @param coverage what became of each millisecond
 * @param recorded what its recorder has kept, whoever looked at it; nothing of a file
 */
record CoverageReport(String stream, long zeroMillis, Coverage coverage, Coverage recorded) {

    /** @param entries of the ledger, of this stream and stretch */
    static CoverageReport of(String stream, long zeroMillis, TimeSpan period, List<CoverageSpan> entries) {
        // a file that was changed and watched again has entries of two clocks
        List<CoverageSpan> ours = entries.stream()
                .filter(entry -> entry.recordedAtMillis() == zeroMillis)
                .toList();
        List<CoverageSpan> kept =
                ours.stream().filter(entry -> entry.state() == State.RECORDED).toList();
        return new CoverageReport(
                stream,
                zeroMillis,
                Coverage.of(period.startMillis(), period.endMillis(), ours),
                Coverage.of(period.startMillis(), period.endMillis(), kept));
    }

    boolean isStream() {
        return zeroMillis == 0;
    }

    long millis() {
        return coverage.toMillis() - coverage.fromMillis();
    }

    List<CoverageSpan> of(State state) {
        return coverage.spans().stream().filter(span -> span.state() == state).toList();
    }

    /** Stretches that were recorded though there was nothing to see. */
    List<CoverageSpan> flawed() {
        return recorded.spans().stream().filter(span -> !span.why().isEmpty()).toList();
    }

    /** For scripts: the sums first, then what was skipped, what is missing, and what shows nothing. */
    List<Map<String, Object>> objects() {
        List<Map<String, Object>> lines = new ArrayList<>();
        lines.add(sums());
        of(State.GAP).forEach(span -> lines.add(line("missing", span)));
        of(State.SKIPPED).forEach(span -> lines.add(line("skipped", span)));
        flawed().forEach(span -> lines.add(line("flawed", span)));
        return lines;
    }

    private Map<String, Object> sums() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "coverage");
        line.put("stream", stream);
        line.put("clock", isStream() ? "wall" : "video");
        put(line, coverage.fromMillis(), coverage.toMillis());
        if (isStream()) {
            line.put("recorded_ms", recorded.millis(State.RECORDED));
        }
        line.put("analysed_ms", coverage.millis(State.ANALYSED));
        line.put("skipped_ms", coverage.millis(State.SKIPPED));
        line.put("missing_ms", coverage.millis(State.GAP));
        line.put("waiting_ms", coverage.millis(State.RECORDED));
        line.put("deleted_ms", coverage.millis(State.DELETED));
        line.put("unknown_ms", coverage.unknownMillis());
        line.put("frames_per_second", Sampled.of(of(State.ANALYSED)).average());
        return line;
    }

    private Map<String, Object> line(String type, CoverageSpan span) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        line.put("stream", stream);
        put(line, span.fromMillis(), span.toMillis());
        line.put("why", span.why());
        return line;
    }

    private void put(Map<String, Object> line, long from, long to) {
        line.put("from", isStream() ? Instant.ofEpochMilli(from).toString() : Times.clock(from - zeroMillis));
        line.put("to", isStream() ? Instant.ofEpochMilli(to).toString() : Times.clock(to - zeroMillis));
        line.put("ms", to - from);
    }

    /**
     * At which rates it was looked at, pictures a second; zeros when it was not.
     *
     * @param average over the time that was looked at
     */
    record Sampled(double least, double most, double average) {

        static Sampled of(List<CoverageSpan> analysed) {
            double pictures = 0;
            long millis = 0;
            double least = Double.MAX_VALUE;
            double most = 0;
            for (CoverageSpan span : analysed) {
                pictures += span.framesPerSecond() * span.millis();
                millis += span.millis();
                least = Math.min(least, span.framesPerSecond());
                most = Math.max(most, span.framesPerSecond());
            }
            return millis == 0 ? new Sampled(0, 0, 0) : new Sampled(least, most, pictures / millis);
        }
    }
}
