// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.Words;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.search.CoverageLedger;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "coverage",
        mixinStandardHelpOptions = true,
        description =
                "Say of every second of a stream or file what became of it: looked at, skipped, missing, or still to"
                        + " be looked at.",
        footer = {
            "",
            "Times of a stream are those of the wall clock, times of a file those of the video.",
            "Examples:",
            "  longwatch coverage yard",
            "  longwatch coverage yard --from 2026-11-01T08:00:00 --to 2026-11-01T18:00:00",
            "  longwatch coverage street.mp4 --from 00:10:00 --json"
        })
final class CoverageCommand implements Callable<Integer> {

    @Parameters(paramLabel = "STREAM", description = "The name of a stream or a file that was watched.")
    private String stream = "";

    @Option(names = "--from", paramLabel = "T", description = "From where on. Default: since something is known.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "Up to where. Default: as far as something is known.")
    private @Nullable String to;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = Screen.standard(json);
        CoverageReport report =
                index.ask(screen, (elasticsearch, names) -> report(new CoverageLedger(elasticsearch, names)));
        report.objects().forEach(screen::object);
        CoverageText.of(report).forEach(screen::say);
        return ExitCode.OK.code();
    }

    private CoverageReport report(CoverageLedger ledger) {
        CoverageLedger.Extent extent = ledger.extent(stream).orElseThrow(() -> unknown(ledger.streams()));
        TimeSpan period = period(extent);
        List<CoverageSpan> entries = ledger.entries(stream, period.startMillis(), period.endMillis());
        return CoverageReport.of(stream, extent.recordedAtMillis(), period, entries);
    }

    private Problem unknown(List<String> known) {
        String nothing = "nothing is known of '" + stream + "'";
        return new Problem(
                ExitCode.USAGE,
                known.isEmpty()
                        ? nothing + ": nothing was recorded or watched yet"
                        : nothing + Words.hint(stream, known));
    }

    private TimeSpan period(CoverageLedger.Extent extent) {
        long zero = extent.recordedAtMillis();
        try {
            long start = from == null ? extent.fromMillis() : instant("--from", from, zero);
            long end = to == null ? extent.toMillis() : instant("--to", to, zero);
            if (end <= start) {
                throw new IllegalArgumentException("expected --to after --from, found "
                        + CoverageText.time(start, zero) + " to " + CoverageText.time(end, zero) + "; known is "
                        + CoverageText.time(extent.fromMillis(), zero) + " to "
                        + CoverageText.time(extent.toMillis(), zero));
            }
            return new TimeSpan(start, end);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private long instant(String option, String time, long zero) {
        if (zero == 0 && Times.isOnVideo(time)) {
            throw new IllegalArgumentException("'" + stream + "' is a stream: expected " + option
                    + " on the wall clock, such as 2026-11-01T08:00:00, found '" + time + "'");
        }
        if (zero != 0 && !Times.isOnVideo(time)) {
            throw new IllegalArgumentException("'" + stream + "' is a file: expected " + option
                    + " on its own clock, such as 63.5 or 00:01:03.5, found '" + time + "'");
        }
        return zero == 0
                ? Times.onWallClock(time).toEpochMilli()
                : zero + Times.onVideo(time, null).startMillis();
    }
}
