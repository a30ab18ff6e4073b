// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.FrameNumber;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.jobs.sample.Thinning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clips of 3 s every 2 s, so that the short test videos have many. */
class SplitPassTest {

    private static final ClipGrid GRID = new ClipGrid(3_000, 2_000);
    private static final List<AlertRule> ASKED = List.of(AlertRule.of("a square"));
    private static final Watching WATCHING = new Watching(ASKED, true, 2, Thinning.NONE, GRID, Videos.SMALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b-frames.mp4",
                "no-b-frames.mp4",
                "open-gop.mp4",
                "one-key.mp4",
                "hevc.mp4",
                "fragmented.mp4",
                "b-frames.mkv",
                "no-length.mkv",
                "b-frames.ts",
                "av1.mkv",
                "vp9.webm",
                "mpeg4.avi",
                "variable-rate.mp4",
                "rotated.mp4",
                "truncated.mp4",
                "corrupt.ts"
            })
    void howeverAVideoIsCutTheClipsAreTheSame(String name) {
        VideoSplit whole = plan(name, 1).get(0);
        List<String> expected = lines(whole);
        assertThat(expected).hasSizeGreaterThan(5);

        for (int slots = 2; slots <= 4; slots++) {
            List<String> found = new ArrayList<>();
            plan(name, slots).forEach(split -> found.addAll(lines(split)));
            assertThat(found).as("%d slots", slots).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"b-frames.mp4", "open-gop.mp4", "b-frames.ts", "variable-rate.mp4", "truncated.mp4", "mpeg4.avi"
            })
    void aPassResumedAtAnyClipMakesTheRest(String name) {
        VideoSplit split = plan(name, 1).get(0);
        List<VideoClip> whole = clips(split);

        for (int made = 1; made < whole.size(); made++) {
            VideoClip lastMade = whole.get(made - 1);
            VideoSplit resumed = split.after(lastMade.ordinal(), lastMade.last());

            assertThat(lines(resumed))
                    .as("after clip %d", lastMade.ordinal())
                    .isEqualTo(whole.subList(made, whole.size()).stream()
                            .map(ClipLine::of)
                            .toList());
        }
    }

    @Test
    void everyClipHoldsThePicturesOfItsSeconds() {
        List<VideoClip> clips = clips(plan("b-frames.mp4", 1).get(0));

        assertThat(clips).hasSize(20);
        assertThat(numbers(clips.get(0))).containsExactly(0, 13, 25, 38, 50, 63);
        assertThat(numbers(clips.get(1))).containsExactly(50, 63, 75, 88, 100, 113);
        assertThat(numbers(clips.get(19))).containsExactly(950, 963, 975, 988);
        assertThat(clips.get(19).endMillis()).isEqualTo(40_000);
        assertThat(clips).extracting(VideoClip::last).containsOnlyOnce(true).endsWith(true);
        assertThat(clips).extracting(VideoClip::problem).containsOnly("");
        assertThat(clips).allSatisfy(clip -> {
            assertThat(clip.rules()).containsExactly(AlertRule.of("a square"));
            assertThat(clip.describe()).isTrue();
            assertThat(clip.videoMillis()).isEqualTo(40_000);
        });
    }

    @Test
    void aFileThatIsCutOffSaysSoWhereItHurts() {
        List<VideoClip> clips = clips(plan("truncated.mp4", 1).get(0));

        assertThat(clips).hasSize(20);
        assertThat(clips).extracting(VideoClip::ordinal).isSorted().doesNotHaveDuplicates();
        assertThat(clips.get(0).problem()).isEmpty();
        assertThat(clips.get(19).problem()).matches("the file ends at 00:00:1\\d\\.\\d, it promises 00:00:40.0");
        assertThat(clips.get(19).frames()).isEmpty();
        assertThat(clips.get(19).last()).isTrue();
    }

    @Test
    void aRecordingThatDoesNotTellItsLengthIsMeasuredAndCut() {
        List<VideoSplit> splits = plan("no-length.mkv", 2);

        assertThat(splits).hasSize(2);
        assertThat(splits).extracting(VideoSplit::videoMillis).containsOnly(20_000L);
    }

    @Test
    void aHoleInAVideoIsTold() {
        List<VideoClip> clips = clips(plan("variable-rate.mp4", 1).get(0));

        assertThat(clips.get(5).problem()).isEqualTo("no pictures from 00:00:10.0 to 00:00:13.0");
        assertThat(clips.get(5).frames()).isEmpty();
        assertThat(clips.get(8).problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "empty.mp4, is empty", "text.mp4, is not a video", "audio-only.m4a, has no pictures",
        "no-index.mp4, is cut off", "bomb.mp4, has pictures of 15000x15000", "unknown-codec.mp4, cannot be decoded"
    })
    void aVideoThatCannotBeReadIsOneClipThatSaysWhy(String name, String words) {
        List<VideoSplit> splits = plan(name, 4);
        assertThat(splits).hasSize(1);

        assertThat(clips(splits.get(0))).singleElement().satisfies(clip -> {
            assertThat(clip.problem()).startsWith(Videos.uri(name)).contains(words);
            assertThat(clip.last()).isTrue();
            assertThat(clip.frames()).isEmpty();
        });
    }

    @Test
    void aFileThatVanishedAfterItWasPlannedStillHasAllItsClips() {
        VideoSplit split = plan("b-frames.mp4", 1).get(0);
        VideoSplit gone =
                new VideoSplit("v", "/gone.mp4", 0, split.videoMillis(), 0, split.last(), 0, true, true, 3, "");

        List<VideoClip> clips = clips(gone);

        assertThat(clips)
                .extracting(VideoClip::ordinal)
                .startsWith(3L)
                .endsWith(19L)
                .hasSize(17);
        assertThat(clips).extracting(VideoClip::problem).containsOnly("/gone.mp4 does not exist");
        assertThat(clips.get(16).last()).isTrue();
    }

    @Test
    void aPartOfAVideoHasTheClipsThatHoldItAndTheLastOfThemEndsTheWatch() {
        VideoRequest part = new VideoRequest("v", Videos.uri("b-frames.mp4"), 5_000, 8_500);
        VideoSplit split = new FilePlanner(GRID).plan(part, 4).get(0);

        List<VideoClip> clips = clips(split);

        assertThat(clips).extracting(VideoClip::ordinal).containsExactly(2L, 3L, 4L);
        assertThat(clips).extracting(VideoClip::since).containsOnly(2L);
        assertThat(clips).extracting(VideoClip::last).containsExactly(false, false, true);
        assertThat(clips).allSatisfy(clip -> assertThat(clip.frames()).isNotEmpty());
    }

    @Test
    void aPartBehindTheEndIsNamed() {
        VideoRequest part = new VideoRequest("v", Videos.uri("b-frames.mp4"), 3_600_000, VideoRequest.END);

        assertThat(clips(new FilePlanner(GRID).plan(part, 4).get(0)))
                .singleElement()
                .satisfies(clip -> {
                    assertThat(clip.last()).isTrue();
                    assertThat(clip.problem()).contains("is 00:00:40.0 long").contains("from 01:00:00.0 on");
                });
    }

    private static List<VideoSplit> plan(String name, int slots) {
        return new FilePlanner(GRID).plan(new VideoRequest("v", Videos.uri(name)), slots);
    }

    private static List<String> lines(VideoSplit split) {
        return clips(split).stream().map(ClipLine::of).toList();
    }

    private static List<VideoClip> clips(VideoSplit split) {
        List<VideoClip> clips = new ArrayList<>();
        try (SplitPass pass = SplitPass.over(split, WATCHING, ReadingMetrics.UNSEEN)) {
            while (!pass.isDone()) {
                VideoClip clip = pass.poll();
                if (clip == null) {
                    pass.step();
                } else {
                    clips.add(clip);
                }
            }
        }
        return clips;
    }

    private static List<Integer> numbers(VideoClip clip) {
        return Arrays.stream(clip.frames())
                .map((SampledFrame frame) -> FrameNumber.read(frame.rgb(), frame.width(), frame.height()))
                .toList();
    }
}
