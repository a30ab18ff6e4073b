// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.watchlist.Watchlist;
import dev.longwatch.jobs.follow.Followed;
import dev.longwatch.jobs.follow.WatchlistFile;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who can be told. They hold secrets, so they are looked up where messages are sent and never kept in a checkpoint. */
public interface Channels extends AutoCloseable {

    /** As they were a moment ago; null before anything is known of them. */
    @Nullable
    List<Channel> known();

    /** As they are now, as far as that can be found out. */
    @Nullable
    List<Channel> refreshed();

    @Override
    void close();

    /** Opens them on the machine where messages are sent. */
    interface Opener extends Serializable {

        /** Always the same. */
        static Opener of(List<Channel> channels) {
            List<Channel> all = List.copyOf(channels);
            return () -> new Channels() {
                @Override
                public List<Channel> known() {
                    return all;
                }

                @Override
                public List<Channel> refreshed() {
                    return all;
                }

                @Override
                public void close() {}
            };
        }

        /** As a watchlist says. */
        static Opener of(WatchlistFile watchlist) {
            return () -> {
                Followed followed = new Followed(watchlist);
                return new Channels() {
                    @Override
                    public @Nullable List<Channel> known() {
                        return channels(followed.known());
                    }

                    @Override
                    public @Nullable List<Channel> refreshed() {
                        return channels(followed.refresh());
                    }

                    @Override
                    public void close() {
                        followed.close();
                    }
                };
            };
        }

        private static @Nullable List<Channel> channels(@Nullable Watchlist watchlist) {
            return watchlist == null ? null : watchlist.channels();
        }

        Channels open();
    }
}
