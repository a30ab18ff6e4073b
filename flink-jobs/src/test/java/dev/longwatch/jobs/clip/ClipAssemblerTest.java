// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.jobs.sample.Thinning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

/** Frames come twice a second; clips are 4 s long, every 3 s. */
class ClipAssemblerTest {

    private static final ClipGrid GRID = new ClipGrid(4_000, 3_000);

    private final List<VideoClip> clips = new ArrayList<>();

    @Test
    void aFrameInAnOverlapIsSharedByBothClips() {
        assemble(10_000, new ClipRange(0, 2, true), 0, 10_000);

        assertThat(clips).extracting(VideoClip::startMillis).containsExactly(0L, 3_000L, 6_000L);
        assertThat(clips).extracting(VideoClip::endMillis).containsExactly(4_000L, 7_000L, 10_000L);
        assertThat(clips).extracting(clip -> clip.frames().length).containsExactly(8, 8, 8);
        assertThat(clips.get(1).frames()[0]).isSameAs(clips.get(0).frames()[6]);
        assertThat(clips).extracting(VideoClip::last).containsExactly(false, false, true);
        assertThat(clips).extracting(VideoClip::problem).containsOnly("");
    }

    @Test
    void aShortRemainderBelongsToTheLastClip() {
        assemble(10_400, new ClipRange(0, 2, true), 0, 10_400);

        assertThat(clips).hasSize(3);
        assertThat(clips.get(2).endMillis()).isEqualTo(10_400);
        assertThat(clips.get(2).frames()).hasSize(9);
        assertThat(clips.get(2).last()).isTrue();
    }

    @Test
    void aVideoLongerThanItSaidHasMoreClips() {
        assemble(4_000, new ClipRange(0, 0, true), 0, 10_000);

        assertThat(clips).extracting(VideoClip::ordinal).containsExactly(0L, 1L, 2L);
        assertThat(clips).extracting(VideoClip::last).containsExactly(false, false, true);
    }

    @Test
    void aVideoThatDoesNotSayHowLongItIsEndsWithItsPictures() {
        assemble(0, new ClipRange(0, 0, true), 0, 10_000);

        assertThat(clips).hasSize(3);
        assertThat(clips).extracting(VideoClip::problem).containsOnly("");
    }

    @Test
    void theClipsOfACutOffFileSayWhereItEnds() {
        assemble(13_000, new ClipRange(0, 3, true), 0, 5_000);

        assertThat(clips).extracting(VideoClip::ordinal).containsExactly(0L, 1L, 2L, 3L);
        assertThat(clips).extracting(clip -> clip.frames().length).containsExactly(8, 4, 0, 0);
        String why = "the file ends at 00:00:05.0, it promises 00:00:13.0";
        assertThat(clips).extracting(VideoClip::problem).containsExactly("", why, why, why);
        assertThat(clips).extracting(VideoClip::endMillis).containsExactly(4_000L, 7_000L, 10_000L, 13_000L);
        assertThat(clips.get(3).last()).isTrue();
    }

    @Test
    void aRangeInTheMiddleEndsWithoutBeingLast() {
        assemble(22_000, new ClipRange(2, 3, false), 6_000, 22_000);

        assertThat(clips).extracting(VideoClip::ordinal).containsExactly(2L, 3L);
        assertThat(clips).extracting(VideoClip::last).containsExactly(false, false);
        assertThat(clips).extracting(clip -> clip.frames().length).containsExactly(8, 8);
    }

    @Test
    void aRangeBehindTheCutIsUnreadableAsAWhole() {
        assemble(22_000, new ClipRange(2, 4, false), 6_000, 5_000);

        assertThat(clips).extracting(VideoClip::ordinal).containsExactly(2L, 3L, 4L);
        assertThat(clips).allSatisfy(clip -> {
            assertThat(clip.frames()).isEmpty();
            assertThat(clip.problem()).isEqualTo("the file ends at 00:00:05.0, it promises 00:00:22.0");
        });
    }

    @Test
    void secondsWithoutPicturesAreTold() {
        ClipAssembler assembler = new ClipAssembler(video(10_000), GRID, new ClipRange(0, 2, true));
        for (int k : new int[] {0, 1, 2, 3, 14, 15, 16, 17, 18, 19}) {
            assembler.add(frame(k));
            take(assembler);
        }
        assembler.end(10_000_000, "");
        take(assembler);

        assertThat(clips)
                .extracting(VideoClip::problem)
                .containsExactly(
                        "no pictures from 00:00:01.5 to 00:00:04.0", "no pictures from 00:00:03.0 to 00:00:07.0", "");
    }

    @Test
    void lostPicturesAreCounted() {
        ClipAssembler assembler = new ClipAssembler(video(4_000), GRID, new ClipRange(0, 0, true));
        for (int k = 0; k < 8; k++) {
            if (k == 2 || k == 3) {
                assembler.lost(k * 500_000L);
            } else {
                assembler.add(frame(k));
            }
        }
        assembler.end(4_000_000, "");
        take(assembler);

        assertThat(clips)
                .extracting(VideoClip::problem)
                .containsExactly("2 of 8 pictures could not be decoded, the first at 00:00:01.0");
    }

    @Test
    void whyReadingStoppedIsToldByTheClipsItConcerns() {
        ClipAssembler assembler = new ClipAssembler(video(10_000), GRID, new ClipRange(0, 2, true));
        IntStream.range(0, 8).forEach(k -> assembler.add(frame(k)));
        assembler.end(4_000_000, "reading stopped at an error: disk on fire");
        take(assembler);

        assertThat(clips)
                .extracting(VideoClip::problem)
                .containsExactly(
                        "", "reading stopped at an error: disk on fire", "reading stopped at an error: disk on fire");
    }

    @Test
    void clipsThatAreGivenUpComeOutAsOneWithoutPictures() {
        ClipAssembler assembler = new ClipAssembler(video(0), GRID, new ClipRange(0, 0, true));
        assembler.goOnTo(4_500_000);
        assembler.giveUp(7, new long[] {5_000, 6_000}, "overload");
        assembler.goOnTo(25_500_000);
        for (VideoClip clip = assembler.poll(); clip != null; clip = assembler.poll()) {
            clips.add(clip);
        }

        assertThat(clips)
                .extracting(VideoClip::startMillis, VideoClip::endMillis, VideoClip::givenUp)
                .containsExactly(
                        tuple(0L, 4_000L, false), tuple(3_000L, 22_000L, true), tuple(21_000L, 25_000L, false));
        assertThat(clips.get(1).problem()).isEqualTo("overload");
        assertThat(clips.get(1).holes()).containsExactly(5_000, 6_000);
    }

    @Test
    void anotherGridBeginsNoEarlierThanTheOneBeforeWouldHaveGoneOn() {
        ClipAssembler assembler =
                new ClipAssembler(video(0), new ClipGrid(10_000, 5_000), new ClipRange(1, 1, true), 7_000, List.of());
        assembler.goOnTo(40_000_000);
        for (VideoClip clip = assembler.poll(); clip != null; clip = assembler.poll()) {
            clips.add(clip);
        }

        assertThat(clips).extracting(VideoClip::startMillis).startsWith(7_000L, 10_000L, 15_000L);
        assertThat(clips).extracting(VideoClip::endMillis).startsWith(15_000L, 20_000L, 25_000L);
    }

    @Test
    void whatIsNotAskedAnyMoreIsToldWithTheNextClip() {
        ClipAssembler assembler = new ClipAssembler(
                video(0), GRID, new ClipRange(0, 0, true), 0, List.of(AlertRule.of("a person"), AlertRule.of("a dog")));
        assembler.goOnTo(8_000_000);
        VideoClip first = assembler.poll();
        VideoClip second = assembler.poll();

        assertThat(first.ended()).extracting(AlertRule::name).containsExactly("a dog");
        assertThat(second.ended()).isEmpty();
    }

    @Test
    void aClipTravelsThroughFlinkWithoutKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(VideoClip.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(SampledFrame.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(AlertRule.class);
    }

    private void assemble(long videoMillis, ClipRange range, long fromMillis, long endMillis) {
        ClipAssembler assembler = new ClipAssembler(video(videoMillis), GRID, range);
        for (int k = 0; k * 500L < endMillis && !assembler.isDone(); k++) {
            if (k * 500L >= fromMillis) {
                assembler.add(frame(k));
                take(assembler);
            }
        }
        if (!assembler.isDone()) {
            assembler.end(endMillis * 1_000, "");
            take(assembler);
        }
        assertThat(assembler.isDone()).isTrue();
    }

    private void take(ClipAssembler assembler) {
        for (VideoClip clip = assembler.poll(); clip != null; clip = assembler.poll()) {
            clips.add(clip);
        }
    }

    private static SampledFrame frame(int k) {
        return new SampledFrame(k * 500_000L, 1, 1, new byte[3]);
    }

    private static WatchedVideo video(long millis) {
        return new WatchedVideo(
                "door",
                "door.mp4",
                0,
                millis,
                new AlertRule[] {AlertRule.of("a person")},
                new AlertRule[0],
                false,
                2,
                Thinning.NONE,
                0);
    }
}
