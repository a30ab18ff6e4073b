// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.ask;

import dev.longwatch.dashboards.local.WatchPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that somebody names: by its name, or as a file, which is then also where its footage is.
 *
 * @param stream its name
 * @param file null when it is only named
 */
public record Place(String stream, @Nullable Path file) {

    /** @param words a stream's name, or the path of a file that is there */
    public static Place of(String words) {
        Path path = Path.of(words);
        return Files.isRegularFile(path)
                ? new Place(
                        WatchPlan.named(List.of(path)).keySet().iterator().next(),
                        path.toAbsolutePath().normalize())
                : new Place(words, null);
    }
}
