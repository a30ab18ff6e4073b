// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.sample.FixedRate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every picture bears its number, so these tests see which ones were chosen, and when they claim to be on screen. */
class PictureReaderTest {

    @ParameterizedTest(name = "{0} at {2} a second")
    @CsvFileSource(resources = "/videos/good.csv", numLinesToSkip = 1)
    void theFirstPictureOfEachIntervalIsChosen(String name, int pictures, double rate) throws VideoException {
        List<Integer> expected = firstOfEachInterval(rate, pictures, number -> true);

        assertThat(sampled(name, rate, 0)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} at {2} a second")
    @CsvFileSource(resources = "/videos/good.csv", numLinesToSkip = 1)
    void aPassThatBeginsAnywhereChoosesTheSamePictures(String name, int pictures, double rate) throws VideoException {
        for (long fromMicros = 700_000; fromMicros < pictures * FrameNumber.MICROS; fromMicros += 2_230_000) {
            long from = fromMicros;
            List<Integer> expected = firstOfEachInterval(rate, pictures, number -> true).stream()
                    .filter(number -> number * FrameNumber.MICROS >= from)
                    .toList();

            assertThat(sampled(name, rate, from)).as("from %d us", from).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 5, 25, 60})
    void picturesThatWereNeverStoredAreNeitherInventedNorDoubled(double rate) throws VideoException {
        IntPredicate stored =
                number -> !(number % 100 >= 40 && number % 100 <= 46) && !(number >= 200 && number <= 324);

        assertThat(sampled("variable-rate.mp4", rate, 0)).isEqualTo(firstOfEachInterval(rate, 500, stored));
    }

    @Test
    void lyingPicturesAreStoodUpright() throws VideoException {
        try (PictureReader reader =
                PictureReader.open(Videos.uri("rotated.mp4"), (w, h) -> size(w, h), pts -> true, 0)) {
            DecodedFrame frame = reader.next();

            assertThat(frame).isNotNull();
            assertThat(frame.width()).isEqualTo(320);
            assertThat(frame.height()).isEqualTo(180);
            assertThat(reader.next())
                    .extracting(next -> FrameNumber.read(next.rgb(), 320, 180))
                    .isEqualTo(1);
        }
    }

    @Test
    void coloursComeOutAsTheyWerePainted() throws VideoException {
        try (PictureReader reader =
                PictureReader.open(Videos.uri("b-frames.mp4"), (w, h) -> size(w, h), pts -> true, 0)) {
            byte[] rgb = reader.next().rgb();
            int wall = (20 * 320 + 20) * 3;

            assertThat(new int[] {rgb[wall] & 0xff, rgb[wall + 1] & 0xff, rgb[wall + 2] & 0xff})
                    .satisfies(found -> {
                        assertThat(found[0]).isBetween(0x70 - 4, 0x70 + 4);
                        assertThat(found[1]).isBetween(0x78 - 4, 0x78 + 4);
                        assertThat(found[2]).isBetween(0x80 - 4, 0x80 + 4);
                    });
        }
    }

    @Test
    void theEndOfTheLastPictureIsKnownAtTheEnd() throws VideoException {
        try (PictureReader reader = PictureReader.open(Videos.uri("b-frames.mp4"), Videos.SMALL, pts -> false, 0)) {
            assertThat(reader.next()).isNull();
            assertThat(reader.endMicros()).isEqualTo(40_000_000);
        }
    }

    @Test
    void aFileThatWasCutOffEndsWhereItsPacketsEnd() throws VideoException {
        FixedRate rate = new FixedRate(2, 0);
        List<Integer> whole = new ArrayList<>();
        try (PictureReader reader = PictureReader.open(Videos.uri("truncated.mp4"), Videos.SMALL, rate, 0)) {
            for (DecodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                if (!frame.isLost()) {
                    whole.add(FrameNumber.read(frame.rgb(), frame.width(), frame.height()));
                }
            }
            assertThat(reader.endMicros()).isBetween(10_000_000L, 20_000_000L);
            int last = (int) (reader.endMicros() / FrameNumber.MICROS);
            assertThat(whole).isEqualTo(firstOfEachInterval(2, last, number -> true));
        }
    }

    @Test
    void damagedPicturesAreToldAndNotShown() throws VideoException {
        FixedRate rate = new FixedRate(5, 0);
        int lost = 0;
        int garbled = 0;
        List<Integer> shown = new ArrayList<>();
        List<Long> instants = new ArrayList<>();
        try (PictureReader reader = PictureReader.open(Videos.uri("corrupt.ts"), Videos.SMALL, rate, 0)) {
            for (DecodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                instants.add(frame.ptsMicros());
                try {
                    if (frame.isLost()) {
                        lost++;
                    } else {
                        shown.add(FrameNumber.read(frame.rgb(), frame.width(), frame.height()));
                    }
                } catch (AssertionError e) {
                    garbled++;
                }
            }
        }
        // 427 pictures at five a second; a flipped bit may also decode without an error, and garble what refers to it
        assertThat(shown.size() + lost + garbled).isEqualTo(86);
        assertThat(shown).hasSizeGreaterThan(55);
        assertThat(lost).as("lost pictures").isPositive();
        // the first third and the last are whole
        assertThat(shown).containsSubsequence(0, 5, 10, 15, 20, 25);
        assertThat(shown).contains(400, 405, 410, 415, 420, 425);
        assertThat(instants).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aWallOfReadersMayBeOpenAtOnce() throws Exception {
        List<PictureReader> readers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            readers.add(PictureReader.open(Videos.uri("b-frames.mp4"), Videos.SMALL, pts -> true, i * 1_000_000L));
        }
        for (PictureReader reader : readers) {
            assertThat(reader.next()).isNotNull();
            reader.close();
        }
    }

    private static PictureFit.PictureSize size(int width, int height) {
        return new PictureFit.PictureSize(width, height);
    }

    /** The rule in other words: a slow reference to compare with. */
    private static List<Integer> firstOfEachInterval(double rate, int pictures, IntPredicate stored) {
        List<Integer> chosen = new ArrayList<>();
        long lastInterval = -1;
        for (int number : IntStream.range(0, pictures).filter(stored).toArray()) {
            long interval = (long) Math.floor(number * rate / 25 + 1e-9);
            if (interval > lastInterval) {
                chosen.add(number);
                lastInterval = interval;
            }
        }
        return chosen;
    }

    private static List<Integer> sampled(String name, double framesPerSecond, long fromMicros) throws VideoException {
        FixedRate rate = new FixedRate(framesPerSecond, fromMicros);
        List<Integer> numbers = new ArrayList<>();
        try (PictureReader reader = PictureReader.open(Videos.uri(name), Videos.SMALL, rate, rate.leadInMicros())) {
            for (DecodedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                assertThat(frame.isLost()).as("lost at " + frame.ptsMicros()).isFalse();
                int number = FrameNumber.read(frame.rgb(), frame.width(), frame.height());
                assertThat(frame.ptsMicros()).as("time of picture " + number).isEqualTo(number * FrameNumber.MICROS);
                numbers.add(number);
            }
            assertThat(reader.problem()).isEmpty();
        }
        return numbers;
    }
}
