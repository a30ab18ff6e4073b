// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.watchlist;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.Labels;
import java.io.Serializable;
import java.util.List;

/**
 * A stream to record and watch.
 *
 * @param name as it is shown and filtered by
 * @param url where it is; may hold a password
 * @param sampling how closely it is looked at
 * @param retentionMillis how long footage, events and alerts are kept; {@link #FOREVER} for ever
 * @param overrides rules that stand here in place of those of the same name that hold everywhere
 * @param labels that its events get besides those of their rules
 */
public record WatchedStream(
        String name,
        String url,
        Sampling sampling,
        long retentionMillis,
        List<AlertRule> overrides,
        List<String> labels)
        implements Serializable {

    private static final long serialVersionUID = 2L;

    public static final long FOREVER = Long.MAX_VALUE;

    public WatchedStream {
        overrides = List.copyOf(overrides);
        labels = Labels.orNone(labels);
        if (name.isBlank() || url.isBlank()) {
            throw new IllegalArgumentException("a stream needs a name and an address, found '" + name + "'"
                    + (url.isBlank() ? " without an address" : ""));
        }
        if (retentionMillis <= 0) {
            throw new IllegalArgumentException(
                    "stream '" + name + "': expected a time to keep things, found " + retentionMillis + " ms");
        }
    }

    /** Without labels. */
    public WatchedStream(String name, String url, Sampling sampling, long retentionMillis, List<AlertRule> overrides) {
        this(name, url, sampling, retentionMillis, overrides, List.of());
    }

    /** Without the address, which may hold a password. */
    @Override
    public String toString() {
        return name;
    }
}
