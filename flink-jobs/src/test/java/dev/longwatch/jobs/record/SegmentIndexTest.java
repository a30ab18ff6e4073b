// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index and what retention leaves of it. */
class SegmentIndexTest {

    private static final long HOUR = 3_600_000;
    private static final long START = 1_800_000_000_000L / HOUR * HOUR;

    @TempDir
    private Path root;

    private StreamFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = StreamFolder.of(root.toString(), "gate");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsAppendedIsReadInOrderAcrossHours(boolean appends) throws IOException {
        SegmentIndex index = new SegmentIndex(folder, appends);
        List<IndexEntry> written = new ArrayList<>();
        IndexPosition end = IndexPosition.START;
        for (int i = 0; i < 10; i++) {
            IndexEntry entry = i % 3 == 0 ? gap(i * HOUR / 4) : segment(i, i * HOUR / 4);
            written.add(entry);
            end = index.append(entry);
        }

        List<IndexEntry> read = new ArrayList<>();
        SegmentIndex reader = new SegmentIndex(folder);
        SegmentIndex.Lines lines = reader.read(IndexPosition.START);
        while (!lines.entries().isEmpty()) {
            read.addAll(lines.entries());
            lines = reader.read(lines.next());
        }
        assertThat(read).isEqualTo(written);
        assertThat(lines.next()).isEqualTo(end);
        assertThat(index.tail())
                .isEqualTo(new SegmentIndex.Tail(end, 3, 8, written.get(9).endMillis()));
    }

    @Test
    void aReaderGoesOnFromAnyLine() throws IOException {
        SegmentIndex index = new SegmentIndex(folder);
        index.append(segment(1, 0));
        IndexPosition middle = index.append(segment(2, 4_000));
        assertThat(index.read(middle).entries()).isEmpty();
        index.append(segment(3, 8_000));

        assertThat(index.read(middle).entries()).containsExactly(segment(3, 8_000));
    }

    @Test
    void aLineThatWasTornIsNoLine() throws IOException {
        SegmentIndex index = new SegmentIndex(folder);
        IndexPosition whole = index.append(segment(1, 0));
        Files.writeString(page(0), "{\"type\":\"segment\",\"stre", StandardOpenOption.APPEND);

        assertThat(index.read(IndexPosition.START).entries()).containsExactly(segment(1, 0));
        assertThat(index.read(IndexPosition.START).next()).isEqualTo(whole);

        SegmentIndex next = new SegmentIndex(folder);
        assertThat(next.tail().ordinal()).isEqualTo(1);
        next.append(segment(2, 4_000));
        assertThat(next.read(IndexPosition.START).entries()).containsExactly(segment(1, 0), segment(2, 4_000));
        assertThat(next.read(whole).entries()).containsExactly(segment(2, 4_000));
    }

    @Test
    void aRecorderThatWasThoughtDeadStopsWhenItFindsAnother() throws IOException {
        SegmentIndex dead = new SegmentIndex(folder);
        dead.append(segment(1, 0));
        new SegmentIndex(folder).append(segment(2, 4_000));

        assertThatIllegalStateException()
                .isThrownBy(() -> dead.append(segment(2, 4_000)))
                .withMessageContaining("somebody else records into");
    }

    @Test
    void theOldestIsDeletedWhenItIsTooMuch() throws IOException {
        SegmentIndex index = new SegmentIndex(folder);
        Retention retention =
                new Retention(folder, index, () -> Duration.ofDays(1).toMillis(), 1_000);
        for (int i = 1; i <= 20; i++) {
            store(index, retention, segment(i, i * HOUR / 8));
            retention.sweep(START + i * HOUR / 8);
        }

        assertThat(retention.bytes()).isEqualTo(1_000);
        assertThat(stored()).hasSize(10).first().isEqualTo("000003-000000011.mp4");
        assertThat(index.pages()).containsExactly(SegmentIndex.hour(START + HOUR), SegmentIndex.hour(START + 2 * HOUR));
    }

    @Test
    void whatIsTooOldIsDeletedAlsoWhenNothingCameSince() throws IOException {
        SegmentIndex index = new SegmentIndex(folder);
        Retention retention =
                new Retention(folder, index, () -> Duration.ofHours(1).toMillis(), Long.MAX_VALUE);
        for (int i = 1; i <= 8; i++) {
            store(index, retention, segment(i, i * HOUR / 8));
        }
        retention.sweep(START + 10 * HOUR);

        assertThat(stored()).isEmpty();
        assertThat(index.pages()).as("the page being written stays").hasSize(1);
    }

    @Test
    void aSweepThatWasInterruptedIsFinishedByTheNext() throws IOException {
        SegmentIndex index = new SegmentIndex(folder);
        Retention first = new Retention(folder, index, () -> Duration.ofDays(1).toMillis(), Long.MAX_VALUE);
        for (int i = 1; i <= 20; i++) {
            store(index, first, segment(i, i * HOUR / 8));
        }
        folder.delete(segment(1, HOUR / 8).path());
        folder.delete(segment(2, 2 * HOUR / 8).path());

        Retention second = new Retention(folder, index, () -> Duration.ofDays(1).toMillis(), 1_500);
        assertThat(second.bytes()).isEqualTo(1_800);
        second.sweep(START + 3 * HOUR);
        assertThat(stored()).hasSize(15);
        assertThat(second.bytes()).isEqualTo(1_500);
    }

    @Test
    void anHourOfWhichOnlyIsKnownThatItIsMissingIsKept() throws IOException {
        SegmentIndex index = new SegmentIndex(folder);
        Retention retention =
                new Retention(folder, index, () -> Duration.ofDays(1).toMillis(), 200);
        retention.added(gap(0), index.append(gap(0)));
        for (int i = 8; i <= 20; i++) {
            store(index, retention, segment(i, i * HOUR / 8));
        }
        retention.sweep(START + 3 * HOUR);

        assertThat(stored()).hasSize(2);
        assertThat(index.pages()).contains(SegmentIndex.hour(START));
    }

    @Test
    void noNameOfAStreamLeadsOutOfTheFolder() throws IOException {
        for (String name : List.of("..", "../x", "a/b", ".hidden", "Tür", "a b", "a=2fb", "/etc")) {
            Path path = Path.of(StreamFolder.of(root.toString(), name).toString());
            assertThat(path.normalize().getParent()).as(name).isEqualTo(root);
            assertThat(path.getFileName().toString()).as(name).doesNotStartWith(".");
        }
        assertThat(StreamFolder.of(root.toString(), "a/b").toString())
                .isNotEqualTo(StreamFolder.of(root.toString(), "a=2fb").toString());
    }

    private void store(SegmentIndex index, Retention retention, Segment segment) throws IOException {
        Path file = Path.of(folder.resolve(segment.path()).getPath());
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, new byte[100]);
        retention.added(segment, index.append(segment));
    }

    private List<String> stored() throws IOException {
        List<String> stored = new ArrayList<>();
        for (String hour : folder.list("segments")) {
            stored.addAll(folder.list("segments/" + hour));
        }
        return stored;
    }

    private Path page(long millis) {
        return Path.of(folder.resolve("index/" + SegmentIndex.hour(START + millis) + ".jsonl")
                .getPath());
    }

    private static Gap gap(long millis) {
        return new Gap("gate", 3, START + millis, START + millis + 1_000, Condition.REFUSED);
    }

    private static Segment segment(long ordinal, long millis) {
        String path = String.format("segments/%s/000003-%09d.mp4", SegmentIndex.hour(START + millis), ordinal);
        return new Segment(
                "gate",
                3,
                ordinal,
                path,
                START + millis,
                START + millis + 4_000,
                0,
                3_960_000,
                4_000_000,
                (START + millis) * 1_000,
                ClockSource.ARRIVAL,
                100,
                100,
                2,
                "h264",
                320,
                180,
                false,
                true);
    }
}
