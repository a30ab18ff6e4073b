// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTextTest {

    private static final long T = Instant.parse("2026-11-01T08:00:00Z").toEpochMilli();

    /** An hour and twelve minutes: a minute a column. */
    private static final TimeSpan PERIOD = new TimeSpan(T, T + minutes(72));

    private static final CoverageReport STREAM = CoverageReport.of(
            "yard",
            0,
            PERIOD,
            List.of(
                    recorded(0, 20, ""),
                    recorded(20, 30, "the picture is black"),
                    gap(30, 35.2),
                    recorded(35.2, 70, ""),
                    analysed(0, 12, 2),
                    analysed(12, 40, 1),
                    skipped(40, 42),
                    new CoverageSpan("yard", T, T + 1, State.GAP, "of a file of this name", 0, T)));

    @Test
    void aStreamIsShownOnTheWallClock() {
        List<String> lines = CoverageText.of(STREAM);

        assertThat(lines.get(0)).isEqualTo("yard  " + wall(0) + " to " + wall(72) + "  (01:12:00.0)");
        assertThat(lines.get(2))
                .isEqualTo(
                        "▕" + "█".repeat(30) + "·".repeat(5) + "█".repeat(5) + "▒".repeat(2) + "░".repeat(28) + "  ▏");
        assertThat(lines.subList(5, lines.size()))
                .containsExactly(
                        "recorded            01:04:48.0   90.0 %  the picture is black for 00:10:00.0",
                        "analysed            00:34:48.0   48.3 %  1 to 2 pictures a second, 1.34 on average",
                        "skipped             00:02:00.0    2.8 %",
                        "missing             00:05:12.0    7.2 %",
                        "not yet analysed    00:28:00.0   38.9 %",
                        "unknown             00:02:00.0    2.8 %  nobody recorded or watched it then",
                        "",
                        "Missing:",
                        "  " + wall(30) + " to " + wall(35.2) + "  (00:05:12.0)  the camera hung up",
                        "",
                        "Skipped:",
                        "  " + wall(40) + " to " + wall(42) + "  (00:02:00.0)  it could not be read",
                        "",
                        "Recorded, with nothing to see:",
                        "  " + wall(20) + " to " + wall(30) + "  (00:10:00.0)  the picture is black");
    }

    @Test
    void aStreamsSumsAreItsWallClock() {
        Map<String, Object> sums = STREAM.objects().get(0);

        assertThat(sums)
                .containsEntry("type", "coverage")
                .containsEntry("clock", "wall")
                .containsEntry("from", "2026-11-01T08:00:00Z")
                .containsEntry("ms", minutes(72))
                .containsEntry("recorded_ms", minutes(64.8));
        assertThat(List.of("analysed_ms", "skipped_ms", "missing_ms", "waiting_ms", "unknown_ms").stream()
                        .mapToLong(key -> (Long) sums.get(key))
                        .sum())
                .isEqualTo(minutes(72));
        assertThat(STREAM.objects())
                .extracting(line -> line.get("type"))
                .containsExactly("coverage", "missing", "skipped", "flawed");
        assertThat(STREAM.objects().get(1))
                .containsEntry("from", "2026-11-01T08:30:00Z")
                .containsEntry("ms", minutes(5.2))
                .containsEntry("why", "the camera hung up");
    }

    @Test
    void aFileIsShownOnItsOwnClockAndWaitsForNobody() {
        CoverageReport file = CoverageReport.of(
                "a.mp4",
                T,
                new TimeSpan(T, T + 16_000),
                List.of(
                        new CoverageSpan("a.mp4", T, T + 12_000, State.ANALYSED, "", 2, T),
                        new CoverageSpan("a.mp4", T + 12_000, T + 16_000, State.SKIPPED, "cut off", 0, T)));

        List<String> lines = CoverageText.of(file);

        assertThat(lines.get(0)).isEqualTo("a.mp4  00:00:00.0 to 00:00:16.0  (00:00:16.0)");
        assertThat(lines)
                .contains(
                        "analysed            00:00:12.0   75.0 %  2 pictures a second",
                        "  00:00:12.0 to 00:00:16.0  (00:00:04.0)  cut off")
                .noneMatch(line -> line.contains("not yet analysed") || line.startsWith("recorded"));
        assertThat(file.objects().get(0))
                .containsEntry("clock", "video")
                .containsEntry("to", "00:00:16.0")
                .doesNotContainKey("recorded_ms");
    }

    private static String wall(double minute) {
        return Times.wall(T + minutes(minute));
    }

    private static long minutes(double minutes) {
        return Math.round(minutes * 60_000);
    }

    private static CoverageSpan recorded(double from, double to, String why) {
        return span(from, to, State.RECORDED, why, 0);
    }

    private static CoverageSpan gap(double from, double to) {
        return span(from, to, State.GAP, "the camera hung up", 0);
    }

    private static CoverageSpan skipped(double from, double to) {
        return span(from, to, State.SKIPPED, "it could not be read", 0);
    }

    private static CoverageSpan analysed(double from, double to, double framesPerSecond) {
        return span(from, to, State.ANALYSED, "", framesPerSecond);
    }

    private static CoverageSpan span(double from, double to, State state, String why, double framesPerSecond) {
        return new CoverageSpan("yard", T + minutes(from), T + minutes(to), state, why, framesPerSecond);
    }
}
