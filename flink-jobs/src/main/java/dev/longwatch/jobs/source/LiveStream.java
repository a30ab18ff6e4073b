// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.follow.Inbox;
import dev.longwatch.jobs.follow.Orders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is watched as the orders say: other questions are asked from the next clip on, other sampling begins behind
 * the last clip, and one that is taken off the list ends with what was read of it.
 */
final class LiveStream implements ClipPass {

    private final LiveSplit split;
    private final LiveWatching watching;
    private final Inbox inbox;
    private final ReadingMetrics metrics;
    private @Nullable Orders obeyed;
    private @Nullable LiveView view;
    private @Nullable RecordingPass pass;
    private boolean ending;
    private boolean done;

    LiveStream(LiveSplit split, LiveWatching watching, Inbox inbox, ReadingMetrics metrics) {
        this.split = split;
        this.watching = watching;
        this.inbox = inbox;
        this.metrics = metrics;
    }

    @Override
    public String splitId() {
        return split.splitId();
    }

    @Override
    public void step() {
        Orders orders = inbox.newest();
        if (orders != null && !orders.equals(obeyed) && !ending) {
            obeyed = orders;
            obey(orders);
        }
        if (pass != null && !pass.isDone()) {
            pass.step();
        }
    }

    private void obey(Orders orders) {
        if (orders.elsewhere().contains(split.stream())) {
            close();
            done = true;
            return;
        }
        Optional<WatchedStream> wanted = orders.watchlist().streams().stream()
                .filter(stream -> stream.name().equals(split.stream()))
                .findFirst();
        if (wanted.isPresent()) {
            watch(LiveView.of(wanted.get(), orders.watchlist(), watching));
        } else {
            end();
        }
    }

    private void watch(LiveView wanted) {
        if (pass == null) {
            pass = RecordingPass.live(split, wanted, watching, metrics);
        } else if (view != null && view.sampling().equals(wanted.sampling())) {
            pass.ask(wanted.video());
        } else {
            LiveSplit position = pass.position();
            pass.close();
            pass = RecordingPass.live(position, wanted, watching, metrics);
        }
        view = wanted;
    }

    /** Its events end also when nothing was read since a restart. */
    private void end() {
        if (pass == null) {
            pass = RecordingPass.live(split, LiveView.last(split, watching), watching, metrics);
        }
        pass.end();
        ending = true;
    }

    @Override
    public @Nullable VideoClip poll() {
        return pass == null ? null : pass.poll();
    }

    @Override
    public boolean isDone() {
        return done || (pass != null && pass.isDone());
    }

    @Override
    public boolean isIdle() {
        return pass == null || pass.isIdle();
    }

    @Override
    public void close() {
        metrics.left(split.stream());
        if (pass != null) {
            pass.close();
        }
    }
}
