// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.govern.WatchlistFile;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.keep.Retention;
import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Delete now what is older than its stream's retention: as longwatch up watches here, or did last, else as"
                        + " longwatch.yaml says. Footage is its recorder's to delete.")
final class RetentionRunCommand implements Callable<Integer> {

    @Mixin
    private KeepOptions options = new KeepOptions();

    @Override
    public Integer call() {
        Map<String, Long> figures = figures();
        Screen screen = options.screen();
        List<Retention.Swept> swept =
                options.with(screen, (elasticsearch, names) -> new Retention(elasticsearch, names, options.pictures())
                        .sweep(figures, System.currentTimeMillis()));
        for (Retention.Swept each : swept) {
            long documents =
                    each.deleted().values().stream().mapToLong(Long::longValue).sum();
            screen.say(each.stream() + ": " + documents + " documents deleted, " + each.keptPinned()
                    + " events and alerts are older and pinned");
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", "swept");
            line.put("stream", each.stream());
            line.put("deleted", each.deleted());
            line.put("kept_pinned", each.keptPinned());
            screen.object(line);
        }
        if (swept.isEmpty()) {
            screen.note("everything is kept for ever");
        }
        return ExitCode.OK.code();
    }

    private Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        streams().forEach(stream -> figures.put(stream.name(), stream.retentionMillis()));
        return figures;
    }

    private List<WatchedStream> streams() {
        IndexOptions index = options.index();
        Optional<Watchlist> watched = index.namesFile()
                ? Optional.empty()
                : new WatchlistFile(index.folder().watchlist()).read();
        return watched.map(Watchlist::streams)
                .orElseGet(() -> index.file().alone().streams());
    }
}
