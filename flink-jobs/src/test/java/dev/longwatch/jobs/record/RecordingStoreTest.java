// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How segments and gaps become entries, without a camera. */
class RecordingStoreTest {

    private static final long NOW = 1_800_000_000_000L;

    private final List<IndexEntry> entries = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void clear() {
        entries.clear();
    }

    @Test
    void aLongOutageIsToldWhileItLasts() throws IOException {
        RecordingStore store = store(null, NOW);
        store.outage(NOW + 30_000, Condition.REFUSED);
        assertThat(entries).isEmpty();
        store.outage(NOW + 61_000, Condition.REFUSED);
        store.missingUntil(NOW + 70_000, Condition.SILENT);

        assertThat(entries)
                .containsExactly(
                        new Gap("gate", 0, NOW, NOW + 61_000, Condition.REFUSED),
                        new Gap("gate", 0, NOW + 61_000, NOW + 70_000, Condition.SILENT));
    }

    @Test
    void whatAServerSendsAgainAfterAReconnectIsKeptOnce() throws IOException {
        RecordingStore store = store(null, NOW);
        store.nextEpoch();
        assertThat(put(store, NOW, 4_000, false)).isTrue();
        store.nextEpoch();
        assertThat(put(store, NOW, 4_000, false)).as("all of it was there").isFalse();
        assertThat(put(store, NOW + 2_000, 4_000, false)).isTrue();

        assertThat(entries).extracting(IndexEntry::startMillis).containsExactly(NOW, NOW + 4_000);
        assertThat(entries).extracting(IndexEntry::endMillis).containsExactly(NOW + 4_000, NOW + 6_000);
    }

    @Test
    void whatCouldNotBeStoredIsMissing() throws IOException {
        RecordingStore store = store(null, NOW);
        store.nextEpoch();
        put(store, NOW, 4_000, false);
        Path segments = folder.resolve("gate/segments");
        Path aside = Files.move(segments, folder.resolve("aside"));
        Files.writeString(segments, "in the way");
        assertThatIOException().isThrownBy(() -> put(store, NOW + 4_000, 4_000, true));
        assertThat(store.isFailing()).isTrue();
        Files.delete(segments);
        Files.move(aside, segments);
        put(store, NOW + 8_000, 4_000, true);

        assertThat(entries).hasSize(3);
        assertThat(entries.get(1)).isEqualTo(new Gap("gate", 1, NOW + 4_000, NOW + 8_000, Condition.NOT_STORED));
        assertThat(entries.get(2).endMillis()).isEqualTo(NOW + 12_000);
    }

    @Test
    void aRecorderThatComesBackTellsWhatWasNotTold() throws IOException {
        RecordingStore store = store(null, NOW);
        store.nextEpoch();
        put(store, NOW, 4_000, false);
        IndexPosition known = new SegmentIndex(StreamFolder.of(folder.toString(), "gate"))
                .tail()
                .end();
        put(store, NOW + 4_000, 4_000, true);
        List<IndexEntry> before = List.copyOf(entries);
        entries.clear();
        store(known, NOW + 20_000);

        assertThat(entries)
                .containsExactly(before.get(1), new Gap("gate", 1, NOW + 8_000, NOW + 20_000, Condition.STOPPED));
    }

    @Test
    void theOldestGoesWhenTheRecordingIsTooLarge() throws IOException {
        RecordOptions options = RecordOptions.in(folder.toString()).withRetention(Duration.ofDays(1), 100);
        RecordingStore store =
                new RecordingStore("gate", options, () -> options.keep().toMillis(), listener(), null, NOW);
        store.nextEpoch();
        for (int i = 0; i < 10; i++) {
            put(store, NOW + i * 4_000, 4_000, i > 0);
        }

        List<Boolean> there = new ArrayList<>();
        for (IndexEntry entry : entries) {
            there.add(Files.exists(folder.resolve("gate").resolve(((Segment) entry).path())));
        }
        assertThat(there).containsExactly(false, false, false, false, false, false, false, false, true, true);
    }

    private RecordingStore store(@Nullable IndexPosition known, long nowMillis) throws IOException {
        return new RecordingStore(
                "gate", RecordOptions.in(folder.toString()), () -> Long.MAX_VALUE, listener(), known, nowMillis);
    }

    private RecordingListener listener() {
        return new RecordingListener() {
            @Override
            public void state(StreamState state) {}

            @Override
            public void entry(IndexEntry entry, IndexPosition end) {
                entries.add(entry);
            }
        };
    }

    private boolean put(RecordingStore store, long startMillis, long millis, boolean follows) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "cut", ".mp4"), new byte[50]);
        ClockOffset clock = new ClockOffset();
        clock.arrived(0, startMillis * 1_000);
        Epoch.Cut cut =
                new Epoch.Cut(file, follows, 0, millis * 1_000 - 40_000, millis * 1_000, 100, 2, "h264", 320, 180);
        boolean kept = store.put(cut, clock, Condition.CONNECTING, false, false);
        assertThat(file).doesNotExist();
        return kept;
    }
}
