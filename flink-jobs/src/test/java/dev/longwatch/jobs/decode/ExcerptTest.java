// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every picture bears its number, so these tests see which ones an excerpt holds, and when it shows them. */
class ExcerptTest {

    private static final int SECOND = 1_000_000;

    @TempDir
    private Path folder;

    private record Seen(int number, long ptsMicros) {}

    @ParameterizedTest(name = "{0}: from picture {1}")
    @CsvSource({
        "b-frames.mp4, 150",
        "no-b-frames.mp4, 150",
        "b-frames.mkv, 150",
        "b-frames.ts, 150",
        "fragmented.mp4, 150",
        "hevc.mp4, 150",
        "vp9.webm, 150",
        "av1.mkv, 150",
        "rotated.mp4, 150",
        "no-length.mkv, 150",
        "one-key.mp4, 0",
        "open-gop.mp4, 150"
    })
    void itBeginsWithTheLastKeyPictureBeforeAndLastsToTheEnd(String name, int first) throws IOException {
        Path out = folder.resolve("out.mp4");
        // picture 155 to 212
        Excerpt.Written written = Excerpt.write(out, whole(name), 6_200_000, 8_500_000);

        List<Seen> seen = read(out);
        assertThat(written.problem()).isEmpty();
        assertThat(written.startMicros()).isCloseTo(first * FrameNumber.MICROS, within(1_000L));
        assertThat(seen.get(0).number()).as("the first picture").isEqualTo(first);
        assertThat(numbers(seen))
                .as("nothing is missing")
                .startsWith(IntStream.rangeClosed(first, 212).boxed().toArray(Integer[]::new));
        assertThat(seen).as("nobody wants what follows").hasSizeLessThan(213 - first + 6);
        for (Seen each : seen) {
            assertThat(each.ptsMicros())
                    .as("picture %d", each.number())
                    .isCloseTo((each.number() - first) * FrameNumber.MICROS, within(1_000L));
        }
        assertThat(written.endMicros()).isBetween(8_500_000L, 8_500_000L + 6 * FrameNumber.MICROS);
    }

    @Test
    void itPlaysWhileItIsLoadedAndIsTheSameTwice() throws IOException {
        Path once = folder.resolve("once.mp4");
        Path twice = folder.resolve("twice.mp4");

        Excerpt.write(once, whole("b-frames.ts"), 2 * SECOND, 9 * SECOND);
        Excerpt.write(twice, whole("b-frames.ts"), 2 * SECOND, 9 * SECOND);

        String bytes = Files.readString(once, StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf("moov")).as("the index stands in front").isLessThan(bytes.indexOf("mdat"));
        assertThat(twice).hasSameBinaryContentAs(once);
    }

    @Test
    void lyingPicturesStillStandUpright() throws IOException {
        Path out = folder.resolve("out.mp4");
        Excerpt.write(out, whole("rotated.mp4"), 0, SECOND);

        try (VideoFile file = VideoFile.open(out.toString())) {
            assertThat(file.probe().width()).isEqualTo(320);
            assertThat(file.probe().height()).isEqualTo(180);
        }
    }

    @Test
    void filesFollowEachOtherAndAGapIsAJump() throws IOException {
        Path out = folder.resolve("out.mp4");
        String uri = Videos.uri("no-b-frames.mp4");
        long t = 1_793_491_196_000_000L;
        // 20 s each: the second follows the first, the third comes 5 s later
        List<Excerpt.Part> parts = List.of(
                new Excerpt.Part(uri, t),
                new Excerpt.Part(uri, t + 20 * SECOND),
                new Excerpt.Part(uri, t + 45 * SECOND));

        Excerpt.Written written = Excerpt.write(out, parts, t + 17 * SECOND, t + 46 * SECOND);

        List<Seen> seen = read(out);
        assertThat(written.problem()).isEmpty();
        assertThat(written.startMicros() - t).isEqualTo(16 * SECOND);
        assertThat(numbers(seen).subList(0, 601))
                .isEqualTo(IntStream.concat(
                                IntStream.range(400, 500), IntStream.concat(IntStream.range(0, 500), IntStream.of(0)))
                        .boxed()
                        .toList());
        assertThat(seen.get(599).ptsMicros()).isCloseTo(23_960_000, within(1_000L));
        assertThat(seen.get(600).ptsMicros()).as("the gap took its time").isCloseTo(29 * SECOND, within(1_000L));
        assertThat(written.endMicros() - t).isBetween(46L * SECOND, 46L * SECOND + 2 * FrameNumber.MICROS);
    }

    @Test
    void whereOneFileIsGoneTheOthersAreShown() throws IOException {
        Path out = folder.resolve("out.mp4");
        String uri = Videos.uri("no-b-frames.mp4");

        Excerpt.Written written = Excerpt.write(
                out,
                List.of(new Excerpt.Part("/gone.mp4", 0), new Excerpt.Part(uri, 20 * SECOND)),
                17 * SECOND,
                21 * SECOND);

        assertThat(written.startMicros()).isEqualTo(20 * SECOND);
        assertThat(written.problem()).isEqualTo("/gone.mp4 does not exist");
        assertThat(read(out).get(0).number()).isZero();
    }

    @Test
    void itEndsWhereThePicturesAreCodedInAnotherWay() throws IOException {
        Path out = folder.resolve("out.mp4");

        Excerpt.Written written = Excerpt.write(
                out,
                List.of(
                        new Excerpt.Part(Videos.uri("no-b-frames.mp4"), 0),
                        new Excerpt.Part(Videos.uri("hevc.mp4"), 20 * SECOND)),
                17 * SECOND,
                25 * SECOND);

        assertThat(written.endMicros()).isEqualTo(20 * SECOND);
        assertThat(written.problem()).isEqualTo("pictures that are coded in another way follow and are left out");
        assertThat(read(out)).hasSize(100);
    }

    @Test
    void whatCannotBeCopiedIsSaid() {
        Path out = folder.resolve("out.mp4");

        assertThatIOException()
                .isThrownBy(() -> Excerpt.write(out, whole("gone.mp4"), 0, SECOND))
                .withMessageEndingWith("gone.mp4 does not exist");
        assertThatIOException()
                .isThrownBy(() -> Excerpt.write(out, List.of(), 0, SECOND))
                .withMessage("there are no pictures of it any more");
        assertThatIOException()
                .isThrownBy(() -> Excerpt.write(folder.resolve("none/out.mp4"), whole("b-frames.mp4"), 0, SECOND))
                .withMessageContaining("cannot be written");
        assertThatIOException()
                .as("AVI with reordered pictures")
                .isThrownBy(() -> Excerpt.write(out, whole("mpeg4.avi"), 0, SECOND))
                .withMessageContaining("bear no times");
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();

        assertThatIOException()
                .isThrownBy(() -> Excerpt.write(folder.resolve("out.mp4"), whole("b-frames.mp4"), 0, SECOND))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static List<Excerpt.Part> whole(String name) {
        return List.of(new Excerpt.Part(name.equals("gone.mp4") ? "/gone.mp4" : Videos.uri(name), 0));
    }

    private static List<Integer> numbers(List<Seen> seen) {
        return seen.stream().map(Seen::number).toList();
    }

    private static List<Seen> read(Path file) throws IOException {
        List<Seen> seen = new ArrayList<>();
        try (PictureReader reader = PictureReader.open(file.toString(), Videos.SMALL, pts -> true, 0)) {
            for (DecodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                assertThat(frame.isLost())
                        .as("picture at %d", frame.ptsMicros())
                        .isFalse();
                seen.add(new Seen(FrameNumber.read(frame.rgb(), frame.width(), frame.height()), frame.ptsMicros()));
            }
            assertThat(reader.problem()).isEmpty();
        }
        return seen;
    }
}
