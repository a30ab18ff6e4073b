// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A watchlist in a file, as whoever governs an installation changes it. */
public final class Watchlists {

    private final Path file;
    private List<WatchedStream> streams = List.of();
    private List<AlertRule> rules = List.of();
    private List<Channel> channels = List.of();
    private long version;

    /** Nothing is watched. */
    public Watchlists(Path folder) {
        file = folder.resolve("watchlist.json");
        write();
    }

    public static WatchedStream stream(String name, String url, Sampling sampling) {
        return new WatchedStream(name, url, sampling, WatchedStream.FOREVER, List.of());
    }

    public WatchlistFile file() {
        return new WatchlistFile(file.toString());
    }

    public Watchlists streams(WatchedStream... streams) {
        this.streams = List.of(streams);
        return this;
    }

    public Watchlists rules(AlertRule... rules) {
        this.rules = List.of(rules);
        return this;
    }

    public Watchlists channels(Channel... channels) {
        this.channels = List.of(channels);
        return this;
    }

    /** Replaces the file as a whole. */
    public void write() {
        try {
            Path next = file.resolveSibling("watchlist.next");
            Files.writeString(next, new Watchlist(++version, streams, rules, channels).json());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
