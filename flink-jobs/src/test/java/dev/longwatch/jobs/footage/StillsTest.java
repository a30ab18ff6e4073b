// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.footage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.longwatch.jobs.decode.FrameNumber;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.record.Recordings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every picture bears its number. */
class StillsTest {

    /** Just before an hour ends: the next segment is on another page of the index. */
    private static final long T = 1_793_494_770_000L;

    /** 40 s. */
    private static final Path FILE = Path.of("target/test-classes/videos/b-frames.mp4");

    @TempDir
    private Path root;

    @Test
    void stillsOfAFileAreTakenAtTheirInstantsInOnePass() throws IOException {
        Footage footage = Footage.of("b-frames.mp4", Videos.uri("b-frames.mp4"));

        Map<Long, byte[]> stills =
                Stills.of(footage, Videos.SMALL, new TreeSet<>(List.of(500L, 501L, 12_000L, 3_600_000L)));

        assertThat(stills).containsOnlyKeys(500L, 501L, 12_000L);
        assertThat(number(stills.get(500L))).isEqualTo(13);
        assertThat(number(stills.get(12_000L))).isEqualTo(300);
    }

    @Test
    void stillsOfARecordingComeFromItsSegments() throws IOException {
        Recordings recording = new Recordings(root, "yard");
        recording.segment(FILE, T, 40_000);
        recording.segment(FILE, T + 40_000, 40_000);
        recording.gap(T + 80_000, T + 100_000);
        recording.segment(FILE, T + 100_000, 40_000);
        recording.segment(FILE, T + 140_000, 40_000);
        recording.loseLast(T + 140_000);

        Map<Long, byte[]> stills = Stills.of(
                Footage.of("yard", "recording:" + root),
                Videos.SMALL,
                new TreeSet<>(List.of(
                        T + 39_999, T + 40_500, T + 85_000, T + 98_000, T + 112_000, T + 150_000, T + 900_000)));

        assertThat(stills).containsOnlyKeys(T + 39_999, T + 40_500, T + 98_000, T + 112_000);
        assertThat(number(stills.get(T + 39_999)))
                .as("the first of the next segment")
                .isZero();
        assertThat(number(stills.get(T + 40_500))).isEqualTo(13);
        assertThat(number(stills.get(T + 98_000)))
                .as("just before the gap ends")
                .isZero();
        assertThat(number(stills.get(T + 112_000))).isEqualTo(300);
    }

    @Test
    void onlyTheSegmentsOfAStretchAreNamed() throws IOException {
        Recordings recording = new Recordings(root, "yard");
        for (int i = 0; i < 5; i++) {
            recording.segment(FILE, T + i * 40_000, 40_000);
        }
        Footage footage = Footage.of("yard", "recording:" + root);

        assertThat(footage.between(T + 40_000, T + 80_000)).singleElement().satisfies(piece -> {
            assertThat(piece.zeroMicros()).isEqualTo((T + 40_000) * 1_000);
            assertThat(piece.endMillis()).isEqualTo(T + 80_000);
        });
        assertThat(footage.between(T + 79_999, T + 80_001)).hasSize(2);
        assertThat(footage.between(T + 900_000, T + 910_000)).isEmpty();
    }

    @Test
    void anAddressIsNoPlaceOfPicturesAndIsNotRepeated() {
        assertThatIOException()
                .isThrownBy(() -> Footage.of("gate", "rtsp://admin:verySecret@camera/1"))
                .withMessage("pictures of gate are shown from files and recordings only");
    }

    private static int number(byte[] jpeg) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        byte[] rgb = new byte[picture.getWidth() * picture.getHeight() * 3];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = picture.getRGB(i / 3 % picture.getWidth(), i / 3 / picture.getWidth());
            rgb[i] = (byte) (pixel >> (16 - 8 * (i % 3)));
        }
        return FrameNumber.read(rgb, picture.getWidth(), picture.getHeight());
    }
}
