// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longwatch.jobs.decode.DecodedFrame;
import dev.longwatch.jobs.decode.FrameNumber;
import dev.longwatch.jobs.decode.PictureReader;
import dev.longwatch.jobs.decode.VideoFile;
import dev.longwatch.jobs.decode.Videos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One stream from address to files, with nothing between but the loopback interface. */
@Timeout(180)
class RecordingTest {

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFileIsPlayedAtItsOwnPaceAndEveryPictureOfItIsKeptOnce() throws Exception {
        RecordOptions options = RunningRecording.options(folder);
        try (RunningRecording recording = new RunningRecording("hall", Videos.uri("smaller.ts"), options)) {
            recording.awaitEnd();

            assertThat(recording.conditions())
                    .containsExactly(Condition.CONNECTING, Condition.RECORDING, Condition.ENDED);
            assertThat(numbers(options, recording.segments()))
                    .isEqualTo(IntStream.range(450, 525).boxed().toList());
            Recorded.assertPlays(options, recording.segments());
            Recorded.assertSeamless(recording.entries);
            assertThat(recording.segments()).extracting(Segment::ordinal).containsExactly(1L, 2L);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCameraWhoseSettingsChangeGoesOnInANewSegment() throws Exception {
        Path both = folder.resolve("both.ts");
        byte[] large = Files.readAllBytes(Path.of(Videos.uri("b-frames.ts")));
        byte[] small = Files.readAllBytes(Path.of(Videos.uri("smaller.ts")));
        Files.write(both, large);
        Files.write(both, small, StandardOpenOption.APPEND);
        RecordOptions options = RunningRecording.options(folder.resolve("recordings"));
        try (RunningRecording recording = new RunningRecording("hall", both.toString(), options)) {
            recording.awaitEnd();

            assertThat(recording.last()).isEqualTo(Condition.ENDED);
            assertThat(recording.segments()).extracting(Segment::width).contains(320, 160);
            assertThat(recording.segments().get(recording.segments().size() - 1).width())
                    .isEqualTo(160);
            assertThat(recording.gaps())
                    .filteredOn(gap -> gap.reason() == Condition.LOST_PACKETS)
                    .singleElement()
                    .satisfies(gap ->
                            assertThat(gap.endMillis() - gap.startMillis()).isCloseTo(1_000, within(200L)));
            Recorded.assertPlays(options, recording.segments());
            Recorded.assertSeamless(recording.entries);
            assertThat(numbers(options, recording.segments()))
                    .containsAll(IntStream.range(0, 425).boxed().toList())
                    .containsAll(IntStream.range(450, 525).boxed().toList());
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aServerThatComesAndGoesLeavesAGapForEachAbsenceAndTheSumIsTheWallClock() throws Exception {
        int port = LiveServer.freePort();
        String url = "tcp://127.0.0.1:" + port;
        List<long[]> absences = new ArrayList<>();
        try (RunningRecording recording = new RunningRecording("gate", url, RunningRecording.options(folder))) {
            for (int flap = 1; flap <= 3; flap++) {
                try (LiveServer server = LiveServer.sending("b-frames.ts", "-f", "mpegts", url + "?listen=1")) {
                    recording.awaitSegments(2 * flap);
                    assertThat(recording.last()).isEqualTo(Condition.RECORDING);
                }
                long gone = System.currentTimeMillis();
                recording.awaitCondition(Condition.REFUSED);
                absences.add(new long[] {gone, gone + 1_500});
                Thread.sleep(1_500);
            }
            recording.close();
            long wallMillis = System.currentTimeMillis() - recording.startMillis;

            Recorded.assertSeamless(recording.entries);
            long accounted = recording.entries.get(recording.entries.size() - 1).endMillis()
                    - recording.entries.get(0).startMillis();
            assertThat(accounted).isCloseTo(wallMillis, within(1_000L));
            for (long[] absence : absences) {
                // FFmpeg's program begins with half a second at once, which counts as taken before it came
                assertThat(recording.gaps())
                        .as("absence from %d in %s", absence[0], recording.gaps())
                        .anyMatch(gap -> Math.abs(gap.startMillis() - absence[0]) < 1_000
                                && gap.endMillis() > absence[1] - 1_000);
            }
            assertThat(recording.segments()).extracting(Segment::epoch).contains(1L, 2L, 3L);
        }
    }

    /** This one says how long its film is, and is no file for that. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCameraThatHangsUpIsAwaitedHoweverLongItSaidThatItWouldSend() throws Exception {
        int port = LiveServer.freePort();
        RecordOptions options = RunningRecording.options(folder);
        LiveServer camera = LiveServer.rtsp(port, "no-b-frames.mp4");
        try (RunningRecording recording = new RunningRecording("gate", "rtsp://127.0.0.1:" + port + "/live", options)) {
            recording.awaitSegments(1);
            camera.close();
            recording.awaitCondition(Condition.REFUSED);
            assertThat(recording.conditions()).contains(Condition.DISCONNECTED).doesNotContain(Condition.ENDED);
            int before = recording.segments().size();
            camera = LiveServer.rtsp(port, "no-b-frames.mp4");
            recording.awaitSegments(before + 1);

            assertThat(recording.gaps()).extracting(Gap::reason).contains(Condition.REFUSED);
            Recorded.assertSeamless(recording.entries);
        } finally {
            camera.close();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aServerThatFreezesIsSeenAndAwaited() throws Exception {
        int port = LiveServer.freePort();
        String url = "udp://127.0.0.1:" + port;
        RecordOptions options = RunningRecording.options(folder).withSilence(Duration.ofSeconds(3));
        try (LiveServer server = LiveServer.sending("b-frames.ts", "-f", "mpegts", url + "?pkt_size=1316");
                RunningRecording recording = new RunningRecording("gate", url, options)) {
            recording.awaitSegments(1);
            server.freeze();
            recording.awaitCondition(Condition.SILENT);
            assertThat(recording.conditions()).contains(Condition.STALLED);
            int before = recording.segments().size();
            server.thaw();
            recording.awaitSegments(before + 1);

            assertThat(recording.gaps())
                    .filteredOn(gap -> gap.reason() == Condition.SILENT || gap.reason() == Condition.STALLED)
                    .hasSize(1);
            Recorded.assertSeamless(recording.entries);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCameraThatHangsIsSeenAndAwaited() throws Exception {
        int port = LiveServer.freePort();
        RecordOptions options = RunningRecording.options(folder).withSilence(Duration.ofSeconds(3));
        try (LiveServer camera = LiveServer.rtsp(port, "no-b-frames.mp4");
                RunningRecording recording =
                        new RunningRecording("gate", "rtsp://127.0.0.1:" + port + "/live", options)) {
            recording.awaitSegments(1);
            camera.freeze();
            recording.awaitCondition(Condition.SILENT);
            assertThat(recording.conditions()).contains(Condition.STALLED);
            int before = recording.segments().size();
            camera.thaw();
            recording.awaitSegments(before + 1);

            assertThat(recording.gaps()).extracting(Gap::reason).contains(Condition.SILENT);
            Recorded.assertSeamless(recording.entries);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aRecordingThatIsStartedAgainGoesOnWhereItsIndexEnds() throws Exception {
        RecordOptions options = RunningRecording.options(folder);
        IndexPosition known;
        List<IndexEntry> all = new ArrayList<>();
        try (RunningRecording first = new RunningRecording("hall", Videos.uri("b-frames.ts"), options)) {
            first.awaitSegments(2);
            first.close();
            known = first.ends.get(1);
            all.addAll(first.entries.subList(0, 2));
        }
        Path orphan = Path.of(StreamFolder.of(folder.toString(), "hall")
                .resolve(segmentPath(all) + "000099-000000999.mp4")
                .getPath());
        Files.writeString(orphan, "half a segment");
        Thread.sleep(700);
        try (RunningRecording second = new RunningRecording("hall", Videos.uri("b-frames.ts"), options, known)) {
            second.awaitSegments(3);
            all.addAll(second.entries);
        }

        assertThat(orphan).doesNotExist();
        Recorded.assertSeamless(all);
        assertThat(all)
                .filteredOn(Segment.class::isInstance)
                .extracting(entry -> ((Segment) entry).ordinal())
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(all)
                .filteredOn(Gap.class::isInstance)
                .extracting(entry -> ((Gap) entry).reason())
                .contains(Condition.STOPPED);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void picturesThatShowNothingAreToldWhileTheyAreRecorded() throws Exception {
        String scenes = "testsrc2=size=320x180:rate=5,trim=duration=4[moving];"
                + "testsrc2=size=320x180:rate=5,trim=end_frame=1,loop=loop=29:size=1:start=0[still];"
                + "color=black:size=320x180:rate=5,trim=duration=6[black];"
                + "[moving][still][black]concat=n=3,setpts=N/5/TB";
        RecordOptions options = new RecordOptions(
                folder.resolve("recordings").toString(),
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                Long.MAX_VALUE,
                Duration.ofSeconds(3),
                Duration.ZERO);
        try (RunningRecording recording =
                new RunningRecording("hall", PictureWatchTest.encoded(scenes, 16, folder), options)) {
            recording.awaitEnd();

            assertThat(recording.states)
                    .filteredOn(state -> state.condition() == Condition.RECORDING)
                    .extracting(state -> state.sentence().replaceAll("^recording [^,]*", ""))
                    .containsExactly("", ", but the picture does not change", ", but the picture is black");
            assertThat(recording.segments())
                    .extracting(Segment::why)
                    .startsWith("")
                    .contains("the picture does not change")
                    .endsWith("the picture is black");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anObjectStoreHoldsWholeSegmentsAndAWholeIndex() throws Exception {
        RecordOptions options = RecordOptions.in("bucket://recordings/" + folder.getFileName())
                .withSegment(Duration.ofSeconds(1))
                .withRetention(Duration.ofDays(1), 20_000);
        try (RunningRecording recording = new RunningRecording("hall", Videos.uri("b-frames.ts"), options)) {
            recording.awaitSegments(5);
            recording.close();

            StreamFolder there = StreamFolder.of(options.root(), "hall");
            assertThat(there.isLocal()).isFalse();
            List<IndexEntry> index = new ArrayList<>();
            SegmentIndex read = new SegmentIndex(there);
            for (SegmentIndex.Lines lines = read.read(IndexPosition.START);
                    !lines.entries().isEmpty();
                    lines = read.read(lines.next())) {
                index.addAll(lines.entries());
            }
            assertThat(index).isEqualTo(recording.entries);
            List<Segment> segments = recording.segments();
            Segment last = segments.get(segments.size() - 1);
            Path copied;
            try (StreamFolder.LocalCopy copy = there.local(last.path());
                    VideoFile video = VideoFile.open(copy.path().toString())) {
                copied = copy.path();
                assertThat(video.keyFrames().count()).isEqualTo(last.keyPictures());
            }
            assertThat(copied).doesNotExist();
            long kept = 0;
            for (Segment segment : segments) {
                kept += there.size(segment.path());
            }
            assertThat(kept).isBetween(1L, 20_000L);
        }
    }

    private static String segmentPath(List<IndexEntry> entries) {
        String path = entries.stream()
                .filter(Segment.class::isInstance)
                .map(entry -> ((Segment) entry).path())
                .findFirst()
                .orElseThrow();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static List<Integer> numbers(RecordOptions options, List<Segment> segments) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (Segment segment : segments) {
            try (PictureReader reader =
                    PictureReader.open(Recorded.file(options, segment), Videos.SMALL, pts -> true, 0)) {
                for (DecodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                    numbers.add(FrameNumber.read(frame.rgb(), frame.width(), frame.height()));
                }
            }
        }
        return numbers;
    }
}
