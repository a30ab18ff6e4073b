// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.mcp;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.media.Footage;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.event.TimeSpan;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Footage of whoever runs this process: any file of theirs, by its path, and what was watched or recorded. Of a file nothing
 * needs to be kept.
 */
final class LocalFootage implements Footage {

    private final Supplier<? extends Footage> known;

    /** @param known what was watched or recorded; asked for only when no file is meant */
    LocalFootage(Supplier<? extends Footage> known) {
        this.known = known;
    }

    @Override
    public Source find(String name) {
        return file(name)
                .map(file -> new Source(file.getFileName().toString(), file.toString()))
                .orElseGet(() -> known(name));
    }

    private Source known(String name) {
        try {
            return known.get().find(name);
        } catch (HttpProblem e) {
            throw HttpProblem.invalid(
                    "on",
                    "expected a video file, or the name of a video or recorded stream, found '" + name + "': "
                            + e.getMessage());
        }
    }

    @Override
    public TimeSpan recorded(Source source) {
        return source.isRecording() ? known.get().recorded(source) : WatchPlan.WHOLE;
    }

    @Override
    public long millis(Source source, TimeInput time) {
        return time.dated() ? known.get().millis(source, time) : time.millis();
    }

    private static Optional<Path> file(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Files::isRegularFile).map(file -> file.toAbsolutePath()
                    .normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
