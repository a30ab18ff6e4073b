// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The watchlist that the jobs follow. Its version grows with every change, from one run to the next too. */
public final class WatchlistFile {

    private final Path file;
    private @Nullable Watchlist written;

    public WatchlistFile(Path file) {
        this.file = file;
    }

    /**
     * Writes it unless it says the same already.
     *
     * @return whether it was written
     * @throws Problem when it cannot be
     */
    public boolean write(LongwatchConfig config) {
        Optional<Watchlist> before = written == null ? read() : Optional.of(written);
        long version = before.map(Watchlist::version).orElse(0L);
        Watchlist same = config.watchlist(version);
        boolean changed = before.isEmpty() || !before.get().equals(same);
        if (changed) {
            same = config.watchlist(version + 1);
            PrivateFile.write(file, same.json());
        }
        written = same;
        return changed;
    }

    /**
     * What was written last; nothing when there is none that can be read: jobs take any version when they start.
     *
     * @throws Problem when the disk does not let it be read
     */
    public Optional<Watchlist> read() {
        try {
            return PrivateFile.read(file).map(Watchlist::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
