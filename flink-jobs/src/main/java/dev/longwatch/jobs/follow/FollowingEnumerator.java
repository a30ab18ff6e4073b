// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the watchlist: deals each of its streams to the reader that has the fewest, and tells all readers of every
 * change. It deals nothing before every reader has said what it has from its checkpoint. There is never an end.
 *
 * @param <S> a stream and the position in it; its id is the stream's name
 */
public final class FollowingEnumerator<S extends SourceSplit> implements SplitEnumerator<S, Waiting<S>> {

    private static final Logger LOG = LoggerFactory.getLogger(FollowingEnumerator.class);

    private final SplitEnumeratorContext<S> context;
    private final WatchlistFile file;
    private final Function<WatchedStream, S> fresh;
    private final Map<String, S> waiting = new LinkedHashMap<>();
    /** by subtask, of those that said what they have */
    private final Map<Integer, Set<String>> held = new TreeMap<>();

    private @Nullable Watchlist watchlist;
    private String problem = "";

    /** @param fresh where a stream begins that nobody knows */
    public FollowingEnumerator(
            SplitEnumeratorContext<S> context,
            WatchlistFile file,
            Function<WatchedStream, S> fresh,
            Waiting<S> restored) {
        this.context = context;
        this.file = file;
        this.fresh = fresh;
        restored.splits().forEach(split -> waiting.put(split.splitId(), split));
    }

    @Override
    public void start() {
        context.callAsync(file::read, this::read, 0, WatchlistFile.EVERY_MILLIS);
    }

    private void read(@Nullable Watchlist read, @Nullable Throwable error) {
        String words = error == null ? "" : String.valueOf(error.getMessage());
        if (!words.isEmpty() && !words.equals(problem)) {
            LOG.warn("{}; {}", words, watchlist == null ? "nothing is begun before it can be" : "the last one goes on");
        }
        problem = words;
        if (read == null || (watchlist != null && read.version() <= watchlist.version())) {
            return;
        }
        LOG.info("watchlist {}", read);
        watchlist = read;
        held.keySet().forEach(this::tell);
        deal();
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof Holding holding) {
            Set<String> streams = new HashSet<>(holding.streams());
            // a reader that failed alone may come back with what it has given up meanwhile
            streams.removeAll(takenBut(subtask));
            held.put(subtask, streams);
            tell(subtask);
        } else if (event instanceof Released released) {
            held.getOrDefault(subtask, new HashSet<>()).remove(released.stream());
        }
        deal();
    }

    @Override
    public void addSplitsBack(List<S> splits, int subtask) {
        // it says again what it has once it is back
        held.remove(subtask);
        splits.forEach(split -> waiting.put(split.splitId(), split));
    }

    @Override
    public void addReader(int subtask) {
        // readers say by themselves what they have
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // readers do not ask
    }

    @Override
    public Waiting<S> snapshotState(long checkpointId) {
        return new Waiting<>(List.copyOf(waiting.values()));
    }

    @Override
    public void close() {
        // nothing is held
    }

    private void tell(int subtask) {
        if (watchlist != null && context.registeredReaders().containsKey(subtask)) {
            context.sendEventToSourceReader(subtask, new Orders(watchlist, takenBut(subtask)));
        }
    }

    /** The streams that other readers have. */
    private Set<String> takenBut(int subtask) {
        return held.entrySet().stream()
                .filter(entry -> entry.getKey() != subtask)
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toSet());
    }

    private void deal() {
        if (watchlist == null || held.size() < context.currentParallelism()) {
            return;
        }
        Set<String> taken = held.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        Set<String> names =
                watchlist.streams().stream().map(WatchedStream::name).collect(Collectors.toSet());
        waiting.keySet().retainAll(names);
        waiting.keySet().removeAll(taken);
        for (WatchedStream stream : watchlist.streams()) {
            if (!taken.contains(stream.name())) {
                waiting.computeIfAbsent(stream.name(), unused -> fresh.apply(stream));
            }
        }
        for (S split : List.copyOf(waiting.values())) {
            held.entrySet().stream()
                    .filter(entry -> context.registeredReaders().containsKey(entry.getKey()))
                    .min(Comparator.comparingInt(entry -> entry.getValue().size()))
                    .ifPresent(entry -> {
                        waiting.remove(split.splitId());
                        entry.getValue().add(split.splitId());
                        context.assignSplit(split, entry.getKey());
                    });
        }
    }
}
