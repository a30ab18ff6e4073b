// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.watchlist.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two readers. */
class FollowingEnumeratorTest {

    @TempDir
    private Path folder;

    private final FakeContext context = new FakeContext();
    private Watchlists watchlist;
    private FollowingEnumerator<Split> enumerator;

    private record Split(String splitId, int position) implements SourceSplit {}

    @BeforeEach
    void start() {
        watchlist = new Watchlists(folder);
        change("gate", "hall", "yard");
        enumerator = enumerator(new Waiting<>(List.of()));
        context.register(0);
        context.register(1);
    }

    @Test
    void nothingIsDealtBeforeAllHaveSaidWhatTheyHave() {
        enumerator.handleSourceEvent(0, new Holding(Set.of("hall")));
        context.look();
        assertThat(context.dealt).isEmpty();

        enumerator.handleSourceEvent(1, new Holding(Set.of()));
        assertThat(context.dealt).containsExactlyInAnyOrder("gate@0 to 1", "yard@0 to 0");
        assertThat(context.told.get(0).elsewhere()).isEmpty();
        assertThat(context.told.get(1).elsewhere()).contains("hall");
    }

    @Test
    void changesAreToldToAllAndWhatIsNewIsDealt() {
        allHaveNothing();
        context.dealt.clear();

        change("gate", "hall", "yard", "roof");
        context.look();
        assertThat(context.dealt).hasSize(1).allMatch(each -> each.startsWith("roof"));
        assertThat(context.told.values())
                .allSatisfy(orders -> assertThat(orders.watchlist().streams()).hasSize(4));

        context.told.clear();
        context.look();
        assertThat(context.told).as("no higher version").isEmpty();
    }

    @Test
    void aStreamThatIsPutBackWaitsForItsReaderToHaveEndedIt() {
        allHaveNothing();
        int reader = context.readerOf("hall");
        change("gate", "yard");
        context.look();
        change("gate", "yard", "hall");
        context.look();
        context.dealt.clear();

        enumerator.handleSourceEvent(reader, new Released("hall"));
        assertThat(context.dealt).hasSize(1).allMatch(each -> each.startsWith("hall"));
    }

    @Test
    void whatAReaderThatFailedHadIsDealtFromWhereItWas() {
        allHaveNothing();
        context.dealt.clear();
        context.readers.remove(1);
        enumerator.addSplitsBack(List.of(new Split("hall", 7)), 1);
        Waiting<Split> checkpoint = enumerator.snapshotState(1);
        assertThat(checkpoint.splits()).containsExactly(new Split("hall", 7));

        FollowingEnumerator<Split> restored = enumerator(checkpoint);
        context.register(1);
        restored.handleSourceEvent(0, new Holding(Set.of("gate", "yard")));
        restored.handleSourceEvent(1, new Holding(Set.of()));
        context.look();
        assertThat(context.dealt).containsExactly("hall@7 to 1");
    }

    @Test
    void ofTwoThatComeBackWithTheSameStreamOneGivesItUp() {
        enumerator.handleSourceEvent(0, new Holding(Set.of("hall")));
        enumerator.handleSourceEvent(1, new Holding(Set.of("hall", "gate", "yard")));
        context.look();

        assertThat(context.told.get(1).elsewhere()).containsExactly("hall");
        assertThat(context.told.get(0).elsewhere()).containsExactlyInAnyOrder("gate", "yard");
        assertThat(context.dealt).isEmpty();
    }

    private void allHaveNothing() {
        enumerator.handleSourceEvent(0, new Holding(Set.of()));
        enumerator.handleSourceEvent(1, new Holding(Set.of()));
        context.look();
    }

    private FollowingEnumerator<Split> enumerator(Waiting<Split> waiting) {
        FollowingEnumerator<Split> made =
                new FollowingEnumerator<>(context, watchlist.file(), stream -> new Split(stream.name(), 0), waiting);
        made.start();
        return made;
    }

    private void change(String... names) {
        watchlist
                .streams(List.of(names).stream()
                        .map(name -> Watchlists.stream(name, "rtsp://127.0.0.1/", Sampling.LIVE))
                        .toArray(dev.longwatch.indexer.watchlist.WatchedStream[]::new))
                .write();
    }

    /** Looks at the file when it is told to. */
    private static final class FakeContext implements SplitEnumeratorContext<Split> {

        final Map<Integer, ReaderInfo> readers = new HashMap<>();
        final Map<Integer, Orders> told = new HashMap<>();
        final List<String> dealt = new ArrayList<>();
        private Runnable look = () -> {};

        void register(int subtask) {
            readers.put(subtask, new ReaderInfo(subtask, "here"));
        }

        void look() {
            look.run();
        }

        int readerOf(String stream) {
            return dealt.stream()
                    .filter(each -> each.startsWith(stream))
                    .mapToInt(each -> each.charAt(each.length() - 1) - '0')
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            throw new UnsupportedOperationException("no metrics here");
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {
            told.put(subtask, (Orders) event);
        }

        @Override
        public int currentParallelism() {
            return 2;
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return readers;
        }

        @Override
        public void assignSplits(SplitsAssignment<Split> assignment) {
            assignment
                    .assignment()
                    .forEach((subtask, splits) -> splits.forEach(
                            split -> dealt.add(split.splitId() + "@" + split.position() + " to " + subtask)));
        }

        @Override
        public void signalNoMoreSplits(int subtask) {
            throw new UnsupportedOperationException("there is never an end");
        }

        @Override
        public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
            throw new UnsupportedOperationException("called once");
        }

        @Override
        public <T> void callAsync(
                Callable<T> call, BiConsumer<T, Throwable> handler, long initialDelayMillis, long periodMillis) {
            look = () -> {
                try {
                    handler.accept(call.call(), null);
                } catch (Exception e) {
                    handler.accept(null, e);
                }
            };
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            runnable.run();
        }
    }
}
