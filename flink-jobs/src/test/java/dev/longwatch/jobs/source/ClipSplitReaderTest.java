// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.sample.Thinning;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.Test;

class ClipSplitReaderTest {

    private static final ClipGrid GRID = new ClipGrid(3_000, 2_000);

    private final List<Long> ordinals = new ArrayList<>();

    @Test
    void eachFetchBringsOneClipAndTheLastFinishesTheSplit() {
        ClipSplitReader<VideoSplit> reader = reader(Videos.SMALL);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split(0))));

        for (long ordinal = 0; ordinal < 9; ordinal++) {
            assertThat(take(reader.fetch())).isEmpty();
            assertThat(ordinals).last().isEqualTo(ordinal);
        }
        assertThat(take(reader.fetch())).isEqualTo("v#0 ends");
        assertThat(ordinals).hasSize(10);
        assertThat(take(reader.fetch())).isEmpty();
        reader.close();
    }

    @Test
    void aReaderThatIsWokenUpReturnsAndLosesNothing() {
        AtomicReference<ClipSplitReader> woken = new AtomicReference<>();
        ClipSplitReader<VideoSplit> reader = reader((width, height) -> {
            woken.get().wakeUp();
            return Videos.SMALL.fit(width, height);
        });
        woken.set(reader);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split(3))));

        take(reader.fetch());
        assertThat(ordinals).isEmpty();
        take(reader.fetch());

        assertThat(ordinals).containsExactly(3L);
        reader.close();
    }

    @Test
    void aSplitThatWasDoneWhenTheJobStoppedEndsWithoutBeingOpened() {
        ClipSplitReader<VideoSplit> reader = reader((width, height) -> {
            throw new AssertionError("opened");
        });
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split(9).after(9, true))));

        assertThat(take(reader.fetch())).isEqualTo("v#0 ends");
        assertThat(ordinals).isEmpty();
    }

    private static ClipSplitReader<VideoSplit> reader(PictureFit fit) {
        return ClipSplitReader.of(new Watching(List.of(), true, 2, Thinning.NONE, GRID, fit), ReadingMetrics.UNSEEN);
    }

    private static VideoSplit split(long next) {
        return new VideoSplit("v", Videos.uri("no-b-frames.mp4"), 0, 20_000, 0, 9, 0, true, true, next, "");
    }

    private String take(RecordsWithSplitIds<VideoClip> fetched) {
        while (fetched.nextSplit() != null) {
            for (VideoClip clip = fetched.nextRecordFromSplit(); clip != null; clip = fetched.nextRecordFromSplit()) {
                ordinals.add(clip.ordinal());
            }
        }
        return fetched.finishedSplits().isEmpty()
                ? ""
                : fetched.finishedSplits().iterator().next() + " ends";
    }
}
