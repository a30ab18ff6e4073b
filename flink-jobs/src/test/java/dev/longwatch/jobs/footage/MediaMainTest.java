// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.footage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.footage.MediaMain.Made;
import dev.longwatch.jobs.footage.MediaMain.Refused;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaMainTest {

    @TempDir
    private Path folder;

    @Test
    void aPictureIsWrittenAsWideAsItMayBe() throws IOException {
        Path out = folder.resolve("a.jpg");

        Object answer = MediaMain.answer(request("PICTURE", 12_000, 0, out).toString());

        assertThat(answer).isEqualTo(new Made(12_000, 12_000, ""));
        BufferedImage picture = ImageIO.read(out.toFile());
        assertThat(picture.getWidth()).isEqualTo(100);
    }

    @Test
    void pastTheLastPictureTheOneBeforeIsTakenAndFarBeyondNone() {
        Path out = folder.resolve("a.jpg");
        // 40 s long
        assertThat(MediaMain.answer(request("PICTURE", 40_100, 0, out).toString()))
                .isEqualTo(new Made(38_100, 38_100, ""));
        assertThat(MediaMain.answer(
                        request("PICTURE", 90_000, 0, folder.resolve("b.jpg")).toString()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.missing()).isTrue());
        assertThat(folder.resolve("b.jpg")).doesNotExist();
    }

    @Test
    void aClipBeginsWithTheKeyPictureBefore() {
        Path out = folder.resolve("a.mp4");

        Object answer = MediaMain.answer(request("CLIP", 10_100, 12_000, out).toString());

        assertThat(answer).isInstanceOfSatisfying(Made.class, made -> {
            assertThat(made.startMillis()).isLessThanOrEqualTo(10_100);
            assertThat(made.endMillis()).isBetween(11_900L, 13_000L);
        });
        assertThat(Files.exists(out)).isTrue();
    }

    @Test
    void whatIsWrongIsSaidAndNothingThrown() {
        assertThat(MediaMain.answer("{}")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.missing()).isFalse();
            assertThat(refused.message()).contains("request");
        });
        ObjectNode away = request("PICTURE", 0, 0, folder.resolve("a.jpg"))
                .put("uri", folder.resolve("away.mp4").toString());
        assertThat(MediaMain.answer(away.toString()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.message()).contains("away.mp4"));
    }

    private static ObjectNode request(String kind, long from, long to, Path out) {
        return new ObjectMapper()
                .createObjectNode()
                .put("kind", kind)
                .put("stream", "b-frames.mp4")
                .put("uri", Videos.uri("b-frames.mp4"))
                .put("fromMillis", from)
                .put("toMillis", to)
                .put("width", 100)
                .put("out", out.toString());
    }
}
