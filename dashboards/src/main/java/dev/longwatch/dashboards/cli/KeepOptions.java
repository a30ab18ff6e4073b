// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.KeptPictures;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.keep.Pictures;
import dev.longwatch.indexer.keep.Pins;
import dev.longwatch.indexer.keep.Stretch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands have in common that change what is kept. */
final class KeepOptions {

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private IndexOptions index = new IndexOptions();

    Screen screen() {
        return Screen.standard(json);
    }

    /** Runs {@code work} on an Elasticsearch whose indices are laid out. */
    <T> T with(Screen screen, BiFunction<Elasticsearch, IndexNames, T> work) {
        return index.ask(screen, (elasticsearch, names) -> {
            screen.clear();
            new Schema(elasticsearch, names, 0).install();
            return work.apply(elasticsearch, names);
        });
    }

    IndexOptions index() {
        return index;
    }

    /** What lies in the data folder. */
    Pictures pictures() {
        return KeptPictures.in(
                index.folder(), "footage-" + ProcessHandle.current().pid() + ".log");
    }

    /** Tells a stream's recorder what is pinned now. */
    void tellRecorder(Pins pins, String stream) {
        pictures()
                .keep(
                        stream,
                        pins.all().stream()
                                .filter(pin -> pin.stream().equals(stream))
                                .map(pin -> pin.stretch())
                                .toList());
    }

    /** @throws Problem unless both are times of the wall clock, the first before the second */
    static Stretch stretch(@Nullable String from, @Nullable String to) {
        if (from == null || to == null) {
            throw new Problem(ExitCode.USAGE, "expected both --from and --to");
        }
        try {
            return new Stretch(
                    Times.onWallClock(from).toEpochMilli(),
                    Times.onWallClock(to).toEpochMilli());
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    /** Who runs the command. */
    static String person() {
        return System.getProperty("user.name", "");
    }
}
