// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.record.Recordings;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.jobs.sample.Thinning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingPassTest {

    private static final ClipGrid GRID = new ClipGrid(8_000, 4_000);
    private static final Watching WATCHING = new Watching(List.of(), true, 2, Thinning.NONE, GRID, Videos.SMALL);

    /** A multiple of the grid's stride, just before an hour ends. */
    private static final long T = 1_793_491_196_000L;

    /** 40 s. */
    private static final Path FILE = Path.of("target/test-classes/videos/b-frames.mp4");

    private static final long LENGTH = 40_000;

    @TempDir
    Path root;

    private Recordings recording;

    @BeforeEach
    void record() throws IOException {
        recording = new Recordings(root, "yard");
        recording.segment(FILE, T, LENGTH);
    }

    @Test
    void theGridLiesOnTheWallClockAcrossSegments() throws IOException {
        recording.segment(FILE, T + LENGTH, LENGTH);
        RecordingPass pass = pass(T, VideoRequest.END);

        List<VideoClip> clips = read(pass);

        // the clip that began before the recording holds its first seconds, too
        assertThat(clips)
                .extracting(VideoClip::startMillis)
                .startsWith(T - 4_000, T, T + 4_000)
                .hasSize(19);
        assertThat(clips).extracting(VideoClip::since).isEqualTo(ordinals(clips));
        assertThat(clips.subList(1, 19)).allSatisfy(clip -> {
            assertThat(clip.frames()).as("%s", clip.startMillis() - T).hasSize(16);
            assertThat(clip.problem()).isEmpty();
        });
        assertThat(instants(clips.get(10))).startsWith(36_000_000L, 36_520_000L).contains(40_000_000L);
        assertThat(pass.isDone()).isFalse();
        assertThat(pass.isIdle()).isTrue();
    }

    @Test
    void whatIsAddedLaterIsReadAndARestartMakesTheSameClips() throws IOException {
        RecordingPass first = pass(T, VideoRequest.END);
        List<VideoClip> early = read(first);
        recording.segment(FILE, T + LENGTH, LENGTH);
        List<VideoClip> late = read(first);

        assertThat(late).isNotEmpty();
        VideoClip last = early.get(early.size() - 1);
        VideoSplit restored = plan(T, VideoRequest.END).after(last.ordinal(), false);
        List<VideoClip> again = read(RecordingPass.over(restored, WATCHING, ReadingMetrics.UNSEEN));

        assertThat(again.stream().map(RecordingPassTest::instants).toList())
                .isEqualTo(late.stream().map(RecordingPassTest::instants).toList());
        assertThat(ordinals(again)).isEqualTo(ordinals(late));
    }

    @Test
    void gapsAndLostSegmentsAreHolesAndHoldNothingUp() throws IOException {
        recording.gap(T + LENGTH, T + LENGTH + 20_000);
        recording.segment(FILE, T + LENGTH + 20_000, LENGTH);
        recording.loseLast(T + LENGTH + 20_000);

        List<VideoClip> clips = read(pass(T, VideoRequest.END));

        VideoClip inGap = clips.get(12);
        assertThat(inGap.startMillis()).isEqualTo(T + 44_000);
        assertThat(inGap.frames()).isEmpty();
        assertThat(inGap.holes()).containsExactly(T + 44_000, T + 52_000);
        assertThat(inGap.problem()).startsWith("no pictures from 2026-");
        assertThat(clips.get(clips.size() - 1).endMillis()).isEqualTo(T + 2 * LENGTH + 16_000);
        assertThat(clips.get(10).frames()).as("half of it is there").hasSize(8);
    }

    @Test
    void aPartOfThePastEndsAlsoWhereTheRecordingDoes() throws IOException {
        List<VideoClip> part = read(pass(T + 10_000, T + 20_000));
        List<VideoClip> beyond = read(pass(T + 30_000, T + 60_000));

        assertThat(part).extracting(clip -> clip.startMillis() - T).containsExactly(4_000L, 8_000L, 12_000L, 16_000L);
        assertThat(part).extracting(VideoClip::last).containsExactly(false, false, false, true);
        assertThat(beyond.get(beyond.size() - 1).last()).isTrue();
        assertThat(beyond.get(beyond.size() - 1).frames()).isEmpty();
    }

    @Test
    void aRecordingInAnObjectStoreIsReadAsOneOnThisMachineIs() throws IOException {
        String bucket = "bucket://recordings/" + root.getFileName();
        Recordings far = new Recordings(bucket, "far");
        Recordings near = new Recordings(root, "near");
        for (Recordings each : List.of(far, near)) {
            each.segment(FILE, T, LENGTH);
            each.segment(FILE, T + LENGTH, LENGTH);
            each.loseLast(T + LENGTH);
            each.segment(FILE, T + 2 * LENGTH, LENGTH);
        }
        VideoRequest there = VideoRequest.recording("far", bucket, T, T + 3 * LENGTH);
        VideoRequest here = VideoRequest.recording("near", root.toString(), T, T + 3 * LENGTH);

        List<VideoClip> copied =
                read(RecordingPass.over(new FilePlanner(GRID).plan(there, 1).get(0), WATCHING, ReadingMetrics.UNSEEN));
        List<VideoClip> opened =
                read(RecordingPass.over(new FilePlanner(GRID).plan(here, 1).get(0), WATCHING, ReadingMetrics.UNSEEN));

        assertThat(copied).hasSameSizeAs(opened);
        for (int i = 0; i < copied.size(); i++) {
            assertThat(instants(copied.get(i))).isEqualTo(instants(opened.get(i)));
            assertThat(copied.get(i).holes()).isEqualTo(opened.get(i).holes());
        }
        assertThat(copied).anyMatch(clip -> clip.frames().length > 0);
    }

    @Test
    void severalRecordingsAreReadByTurns() throws IOException {
        Recordings gate = new Recordings(root, "gate");
        gate.segment(FILE, T, LENGTH);
        ClipSplitReader<VideoSplit> reader = ClipSplitReader.of(WATCHING, ReadingMetrics.UNSEEN);
        VideoRequest other = VideoRequest.recording("gate", root.toString(), T, VideoRequest.END);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(
                plan(T, VideoRequest.END), new FilePlanner(GRID).plan(other, 1).get(0))));

        List<String> streams = new ArrayList<>();
        for (int fetches = 0; fetches < 60 && streams.size() < 10; fetches++) {
            RecordsWithSplitIds<VideoClip> fetched = reader.fetch();
            while (fetched.nextSplit() != null) {
                for (VideoClip clip = fetched.nextRecordFromSplit();
                        clip != null;
                        clip = fetched.nextRecordFromSplit()) {
                    streams.add(clip.stream());
                }
            }
        }
        reader.close();

        assertThat(streams).contains("yard", "gate");
        assertThat(streams.subList(0, 4)).contains("yard", "gate");
    }

    @Test
    void namesAndPlacesOfRecordingsAreKeptApart() {
        assertThat(VideoRequest.recording("yard", "/rec", 0, VideoRequest.END).isEndless())
                .isTrue();
        assertThat(VideoRequest.recording("yard", "/rec", 0, 5).isEndless()).isFalse();
        assertThat(new VideoRequest("yard", "/yard.mp4").isEndless()).isFalse();
    }

    private VideoSplit plan(long from, long to) {
        return new FilePlanner(GRID)
                .plan(VideoRequest.recording("yard", root.toString(), from, to), 4)
                .get(0);
    }

    private RecordingPass pass(long from, long to) {
        return RecordingPass.over(plan(from, to), WATCHING, ReadingMetrics.UNSEEN);
    }

    private static List<VideoClip> read(ClipPass pass) {
        List<VideoClip> clips = new ArrayList<>();
        do {
            pass.step();
            for (VideoClip clip = pass.poll(); clip != null; clip = pass.poll()) {
                clips.add(clip);
            }
        } while (!pass.isIdle() && !pass.isDone());
        return clips;
    }

    private static List<Long> ordinals(List<VideoClip> clips) {
        return clips.stream().map(VideoClip::ordinal).toList();
    }

    private static List<Long> instants(VideoClip clip) {
        return Arrays.stream(clip.frames())
                .map(SampledFrame::ptsMicros)
                .map(micros -> micros - T * 1_000)
                .toList();
    }
}
