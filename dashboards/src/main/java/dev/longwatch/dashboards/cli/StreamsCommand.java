// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.Overview;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.dashboards.local.ExitCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        description =
                "Say how the streams are, add one, remove one, test one. Those of longwatch.yaml are changed there.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {StreamsAddCommand.class, StreamsRemoveCommand.class, StreamsTestCommand.class},
        footer = {
            "",
            "Examples:",
            "  longwatch streams",
            "  longwatch streams test rtsp://viewer:PASSWORD@10.0.0.7/main",
            "  longwatch streams add yard rtsp://viewer:PASSWORD@10.0.0.7/main --retention 7d",
            "  longwatch streams remove yard"
        })
final class StreamsCommand implements Callable<Integer> {

    @Mixin
    private Installed installed = new Installed();

    @Override
    public Integer call() {
        return list(installed);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Say how the streams are.")
    int list(@Mixin Installed asked) {
        Screen screen = asked.screen();
        Overview overview = asked.overview(screen);
        if (screen.printsJson()) {
            overview.streams().forEach(stream -> screen.object(object(stream)));
        } else {
            table(overview.streams()).forEach(screen::say);
        }
        overview.remarks().forEach(screen::note);
        if (overview.streams().isEmpty()) {
            screen.note("no stream is watched; add one: longwatch streams add NAME URL");
        }
        return ExitCode.OK.code();
    }

    private static List<String> table(List<Overview.Stream> streams) {
        if (streams.isEmpty()) {
            return List.of();
        }
        Table table = new Table("NAME", "STATE", "SINCE", "RECORDED UNTIL", "LAG", "FROM", "ADDRESS");
        for (Overview.Stream stream : streams) {
            StreamCondition condition = stream.condition();
            table.row(
                    stream.name(),
                    condition.state().replace('_', ' '),
                    Times.here(condition.sinceMillis()),
                    Times.here(condition.recordedUntilMillis()),
                    condition.knowsLag() ? Times.length(condition.lagMillis()) : "-",
                    stream.place(),
                    stream.address());
            if (!condition.recording() && !condition.sentence().isEmpty()) {
                table.remark(condition.sentence());
            }
        }
        return table.lines();
    }

    private static Map<String, Object> object(Overview.Stream stream) {
        StreamCondition condition = stream.condition();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "stream");
        line.put("stream", stream.name());
        line.put("from", stream.place().equals(LongwatchConfig.INDEX) ? "index" : "file");
        line.put("place", stream.place());
        line.put("address", stream.address());
        line.put("state", condition.state());
        line.put("sentence", condition.sentence());
        line.put("since", iso(condition.sinceMillis()));
        line.put("recorded_until", iso(condition.recordedUntilMillis()));
        line.put("watched_until", iso(condition.watchedUntilMillis()));
        line.put("lag_ms", condition.lagMillis());
        line.put("labels", stream.labels());
        return line;
    }

    private static @Nullable String iso(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}
