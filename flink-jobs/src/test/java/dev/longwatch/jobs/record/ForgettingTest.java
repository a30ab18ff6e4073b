// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.record.Wishes.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people want kept or gone of a recording, while its recorder runs. */
class ForgettingTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final int BYTES = 50;

    private final List<Segment> segments = new ArrayList<>();

    @TempDir
    private Path folder;

    private StreamFolder stream;

    @BeforeEach
    void open() throws IOException {
        stream = StreamFolder.of(folder.toString(), "gate");
    }

    @Test
    void aStretchGoesWithEverySegmentThatReachesIntoIt() throws IOException {
        RecordingStore store = recorded(5, Duration.ofDays(1), Long.MAX_VALUE);
        Forgetting forgetting = new Forgetting(stream);
        List<Span> middle = List.of(new Span(NOW + 5_000, NOW + 9_000));

        assertThat(forgetting.forget(middle, List.of(), true)).isEqualTo(new Forgetting.Forgotten(2, 2 * BYTES, 0));
        assertThat(there()).containsExactly(true, true, true, true, true);
        assertThat(forgetting.forget(middle, List.of(), false)).isEqualTo(new Forgetting.Forgotten(2, 2 * BYTES, 0));
        assertThat(there()).containsExactly(true, false, false, true, true);
        assertThat(forgetting.forget(middle, List.of(), false)).isEqualTo(new Forgetting.Forgotten(0, 0, 0));

        put(store, 5);
        assertThat(there()).containsExactly(true, false, false, true, true, true);
    }

    @Test
    void whatWasBeingRecordedGoesWhenItIsFinished() throws IOException {
        RecordingStore store = recorded(2, Duration.ofDays(1), Long.MAX_VALUE);
        new Forgetting(stream).forget(List.of(new Span(NOW, NOW + 10_000)), List.of(), false);

        put(store, 2);
        put(store, 3);

        assertThat(there()).containsExactly(false, false, false, true);
    }

    @Test
    void whatIsPinnedIsSparedUnlessPinsAreToSpareNothing() throws IOException {
        RecordingStore store = recorded(3, Duration.ofDays(1), Long.MAX_VALUE);
        List<Span> all = List.of(new Span(NOW, NOW + 20_000));
        List<Span> pins = List.of(new Span(NOW + 4_000, NOW + 5_000), new Span(NOW + 12_000, NOW + 16_000));
        Wishes.pin(stream, pins);

        assertThat(new Forgetting(stream).forget(all, pins, false))
                .isEqualTo(new Forgetting.Forgotten(2, 2 * BYTES, 1));
        put(store, 3);
        put(store, 4);
        assertThat(there()).containsExactly(false, true, false, true, false);

        assertThat(new Forgetting(stream).forget(all, List.of(), false))
                .isEqualTo(new Forgetting.Forgotten(2, 2 * BYTES, 0));
        assertThat(there()).containsOnly(false);
    }

    @Test
    void retentionSparesWhatIsPinnedUntilItIsNotAnyMore() throws IOException {
        Wishes.pin(stream, List.of(new Span(NOW + 4_000, NOW + 8_000)));
        RecordingStore store = recorded(6, Duration.ofSeconds(8), Long.MAX_VALUE);
        assertThat(there()).containsExactly(false, true, false, true, true, true);

        Wishes.pin(stream, List.of());
        put(store, 6);
        assertThat(there()).containsExactly(false, false, false, false, true, true, true);
    }

    @Test
    void whatWasForgottenDoesNotCountAgainstTheRecordingsSize() throws IOException {
        RecordingStore store = recorded(4, Duration.ofDays(1), 4 * BYTES);
        new Forgetting(stream).forget(List.of(new Span(NOW + 4_000, NOW + 12_000)), List.of(), false);
        assertThat(there()).containsExactly(true, false, false, true);

        put(store, 4);
        put(store, 5);
        assertThat(there()).as("four are no more than four").containsExactly(true, false, false, true, true, true);

        // a recorder that comes back counts the same
        store = store(Duration.ofDays(1), 4 * BYTES, NOW + 24_000);
        put(store, 6);
        assertThat(there()).containsExactly(false, false, false, true, true, true, true);
    }

    @Test
    void aWishThatCannotBeUnderstoodChangesNothing() throws IOException {
        Wishes.pin(stream, List.of(new Span(NOW, NOW + 4_000)));
        RecordingStore store = recorded(4, Duration.ofSeconds(5), Long.MAX_VALUE);
        assertThat(there().get(0)).isTrue();

        Files.writeString(folder.resolve("gate/pins.json"), "[{\"fromMillis\":");
        put(store, 4);

        assertThat(there().get(0)).isTrue();
    }

    @Test
    void whereNothingWasRecordedNothingComesIntoBeing() throws IOException {
        assertThat(new Forgetting(StreamFolder.of(folder.toString(), "nobody"))
                        .forget(List.of(new Span(0, NOW)), List.of(), false))
                .isEqualTo(new Forgetting.Forgotten(0, 0, 0));
        FootageMain.run(new FootageConfig(
                folder.toString(), "nobody", true, List.of(new Span(0, NOW)), List.of(), List.of(), false));
        assertThat(folder.resolve("nobody")).doesNotExist();
    }

    @Test
    void theProgramDoesAsItsConfigurationSays() throws IOException {
        recorded(2, Duration.ofDays(1), Long.MAX_VALUE);
        FootageConfig config = FootageConfig.parse("{\"root\":\"" + folder
                + "\",\"stream\":\"gate\",\"pin\":true,\"pins\":[{\"fromMillis\":1,\"toMillis\":2}],"
                + "\"forget\":[{\"fromMillis\":" + NOW + ",\"toMillis\":" + (NOW + 1)
                + "}],\"spared\":[],\"dryRun\":false}");

        assertThat(FootageMain.run(config)).isEqualTo(new Forgetting.Forgotten(1, BYTES, 0));
        assertThat(there()).containsExactly(false, true);
        assertThat(Files.readString(folder.resolve("gate/pins.json"))).contains("\"toMillis\":2");
    }

    private RecordingStore recorded(int count, Duration keep, long keepBytes) throws IOException {
        RecordingStore store = store(keep, keepBytes, NOW);
        for (int i = 0; i < count; i++) {
            put(store, i);
        }
        return store;
    }

    private RecordingStore store(Duration keep, long keepBytes, long nowMillis) throws IOException {
        RecordOptions options = RecordOptions.in(folder.toString()).withRetention(keep, keepBytes);
        RecordingStore store = new RecordingStore("gate", options, keep::toMillis, new Remembering(), null, nowMillis);
        store.nextEpoch();
        return store;
    }

    private void put(RecordingStore store, int number) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "cut", ".mp4"), new byte[BYTES]);
        ClockOffset clock = new ClockOffset();
        clock.arrived(0, (NOW + number * 4_000L) * 1_000);
        store.put(
                new Epoch.Cut(file, number > 0, 0, 3_960_000, 4_000_000, 100, 2, "h264", 320, 180),
                clock,
                Condition.CONNECTING,
                false,
                false);
    }

    private List<Boolean> there() {
        return segments.stream()
                .map(segment -> Files.exists(folder.resolve("gate").resolve(segment.path())))
                .toList();
    }

    private final class Remembering implements RecordingListener {
        @Override
        public void state(StreamState state) {}

        @Override
        public void entry(IndexEntry entry, IndexPosition end) {
            if (entry instanceof Segment segment) {
                segments.add(segment);
            }
        }
    }
}
