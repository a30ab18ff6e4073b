// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.InvalidConfig;
import dev.longwatch.dashboards.govern.WatchlistFile;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.keep.Retention;
import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Delete now what is older than longwatch.yaml says. Footage is its recorder's to delete.")
final class RetentionRunCommand implements Callable<Integer> {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The file with the streams. Default: what longwatch up watches here, or did last; else"
                    + " longwatch.yaml here.")
    private @Nullable Path config;

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
        if (config == null) {
            Optional<Watchlist> watched = new WatchlistFile(options.folder().watchlist()).read();
            if (watched.isPresent()) {
                return watched.get().streams();
            }
        }
        try {
            return ConfigFile.read(config == null ? ConfigOptions.HERE : config)
                    .alone()
                    .streams();
        } catch (InvalidConfig e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }
}
