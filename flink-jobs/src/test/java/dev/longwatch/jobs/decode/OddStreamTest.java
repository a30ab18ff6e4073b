// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.sample.FixedRate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cameras do: b-frames.ts, whose pictures are numbered 0 to 426, is tampered with. */
class OddStreamTest {

    private static final int TS_PACKET = 188;

    @TempDir
    private Path folder;

    private final List<Integer> numbers = new ArrayList<>();
    private String problem = "";

    @Test
    void aPictureThatClaimsToBeAnHourLaterDoesNotHideTheRest() throws IOException {
        byte[] stream = stream("b-frames.ts");
        delay(stream, 100, 3_600 * 90_000L);

        read(stream, 25);

        assertThat(numbers).hasSizeBetween(424, 426).doesNotHaveDuplicates();
        assertThat(numbers).contains(0, 50, 200, 300, 426).isSorted();
    }

    @Test
    void aRealPauseIsBelieved() throws IOException {
        byte[] stream = stream("b-frames.ts");
        for (int picture = 200; picture < 427; picture++) {
            delay(stream, picture, 3_600 * 90_000L);
        }

        read(stream, 2);

        assertThat(numbers).startsWith(0, 13, 25, 38).hasSizeBetween(34, 36);
        assertThat(numbers.get(numbers.size() - 1)).isGreaterThan(410);
    }

    @Test
    void aClockThatIsSetBackIsTold() throws IOException {
        read(joined(stream("b-frames.ts"), stream("b-frames.ts")), 2);

        assertThat(numbers).startsWith(0, 13, 25).doesNotHaveDuplicates().isSorted();
        assertThat(problem).contains("clock was set on the way").contains("pictures after that were not watched");
    }

    @Test
    void aClockThatIsSetAheadByDaysIsTold() throws IOException {
        byte[] stream = stream("b-frames.ts");
        for (int picture = 200; picture < 427; picture++) {
            delay(stream, picture, 25 * 3_600 * 90_000L);
        }

        read(stream, 2);

        assertThat(numbers).startsWith(0, 13, 25, 38).hasSize(16);
        assertThat(problem).contains("clock was set on the way: 227 pictures after that were not watched");
    }

    @Test
    void picturesMayChangeTheirSizeOnTheWay() throws IOException {
        read(joined(stream("b-frames.ts"), stream("smaller.ts")), 2);

        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.concat(
                                IntStream.range(0, 35).map(k -> (k * 25 + 1) / 2),
                                IntStream.range(36, 42).map(k -> (k * 25 + 1) / 2))
                        .boxed()
                        .toList());
    }

    /** Reads and checks that all pictures have one size and come in the order of time. */
    private void read(byte[] stream, double framesPerSecond) throws IOException {
        Path file = folder.resolve("odd.ts");
        Files.write(file, stream);
        long last = -1;
        try (PictureReader reader =
                PictureReader.open(file.toString(), Videos.SMALL, new FixedRate(framesPerSecond, 0), 0)) {
            for (DecodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                assertThat(frame.ptsMicros()).isGreaterThan(last);
                last = frame.ptsMicros();
                if (!frame.isLost()) {
                    assertThat(frame.width()).isEqualTo(160);
                    numbers.add(FrameNumber.read(frame.rgb(), frame.width(), frame.height()));
                }
            }
            problem = reader.problem();
        }
    }

    private static byte[] stream(String name) throws IOException {
        return Files.readAllBytes(Path.of(Videos.uri(name)));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    /** Adds ticks of 90 kHz to both times of a picture, counted as stored. */
    private static void delay(byte[] stream, int picture, long ticks) {
        int seen = -1;
        for (int at = 0; at + TS_PACKET <= stream.length; at += TS_PACKET) {
            boolean startsPicture = (stream[at + 1] & 0x40) != 0 && (stream[at + 1] & 0x1f) == 1 && stream[at + 2] == 0;
            if (startsPicture && ++seen == picture) {
                boolean adaptation = (stream[at + 3] & 0x20) != 0;
                int pes = at + 4 + (adaptation ? 1 + (stream[at + 4] & 0xff) : 0);
                int flags = stream[pes + 7] & 0xc0;
                assertThat(flags).as("the packet tells its time").isNotZero();
                addTicks(stream, pes + 9, ticks);
                if (flags == 0xc0) {
                    addTicks(stream, pes + 14, ticks);
                }
                return;
            }
        }
        throw new AssertionError("no picture " + picture + ", found " + (seen + 1));
    }

    /** ISO 13818-1, 2.4.3.7: 33 bits in five bytes, with marker bits between. */
    private static void addTicks(byte[] stream, int at, long ticks) {
        long time = (stream[at] >> 1 & 7L) << 30
                | (stream[at + 1] & 0xffL) << 22
                | (stream[at + 2] >> 1 & 0x7fL) << 15
                | (stream[at + 3] & 0xffL) << 7
                | (stream[at + 4] >> 1 & 0x7fL);
        long later = time + ticks;
        stream[at] = (byte) (stream[at] & 0xf1 | later >> 29 & 0x0e);
        stream[at + 1] = (byte) (later >> 22);
        stream[at + 2] = (byte) (later >> 14 & 0xfe | 1);
        stream[at + 3] = (byte) (later >> 7);
        stream[at + 4] = (byte) (later << 1 & 0xfe | 1);
    }
}
