// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import dev.longwatch.jobs.decode.Videos;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the watch makes of key pictures, a minute of them in a moment. */
@Timeout(60)
class PictureWatchTest {

    private static final long SECOND = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void aPictureThatMovesIsNeitherFrozenNorBlack() throws Exception {
        try (PictureWatch watch = watch()) {
            feed(watch, Videos.uri("b-frames.mp4"), false);

            assertThat(watch.hasSeen()).isTrue();
            assertThat(watch.isFrozen()).isFalse();
            assertThat(watch.isBlack()).isFalse();
        }
    }

    @Test
    void aPictureThatStaysTheSameIsFrozenAfterHalfAMinute() throws Exception {
        try (PictureWatch watch = watch()) {
            feed(watch, encoded("testsrc2=size=320x180:rate=5,trim=end_frame=1,loop=loop=-1:size=1:start=0"), false);

            assertThat(watch.isFrozen()).isTrue();
            assertThat(watch.isBlack()).isFalse();
        }
    }

    @Test
    void noiseOfASensorIsLife() throws Exception {
        try (PictureWatch watch = watch()) {
            feed(watch, encoded("color=gray:size=320x180:rate=5,noise=alls=12:allf=t"), false);

            assertThat(watch.isFrozen()).isFalse();
        }
    }

    @Test
    void aCoveredLensIsBlack() throws Exception {
        try (PictureWatch watch = watch()) {
            feed(watch, encoded("color=black:size=320x180:rate=5"), false);

            assertThat(watch.isBlack()).isTrue();
        }
    }

    @Test
    void dataOfWhichNoPictureCanBeMadeAreNoticed() throws Exception {
        try (PictureWatch watch = watch()) {
            long end = feed(watch, Videos.uri("b-frames.mp4"), true);

            assertThat(watch.hasSeen()).isFalse();
            assertThat(watch.isUndecodable(end)).isTrue();
        }
    }

    private static PictureWatch watch() {
        return new PictureWatch(Duration.ofSeconds(30), Duration.ofSeconds(8));
    }

    /** @return the time of the last key picture */
    private static long feed(PictureWatch watch, String file, boolean damaged) throws Exception {
        AVPacket packet = av_packet_alloc();
        long last = 0;
        try (LiveInput input = new LiveInput(StreamAddress.of(file), Duration.ofSeconds(20))) {
            input.open();
            watch.restart(input.pictures().codecpar());
            while (true) {
                try {
                    input.read(packet);
                } catch (StreamException e) {
                    assertThat(e.condition()).isEqualTo(Condition.ENDED);
                    return last;
                }
                if ((packet.flags() & AV_PKT_FLAG_KEY) != 0) {
                    last = 1_000 * SECOND + input.time().scaled(packet.pts());
                    if (damaged) {
                        packet.data()
                                .position(5)
                                .put(new byte[packet.size() - 5])
                                .position(0);
                    }
                    watch.see(packet, last);
                }
                av_packet_unref(packet);
            }
        } finally {
            av_packet_free(packet);
        }
    }

    /** Forty seconds with a key picture every two. */
    private String encoded(String source) throws Exception {
        return encoded(source, 40, folder);
    }

    /** A video of five pictures a second with a key picture every two seconds. */
    static String encoded(String source, int seconds, Path folder) throws Exception {
        Path file = folder.resolve("made.mp4");
        List<String> command = List.of(
                Loader.load(ffmpeg.class),
                "-loglevel",
                "error",
                "-nostdin",
                "-y",
                "-f",
                "lavfi",
                "-i",
                source,
                "-t",
                Integer.toString(seconds),
                "-c:v",
                "libopenh264",
                "-b:v",
                "400k",
                "-g",
                "10",
                "-pix_fmt",
                "yuv420p",
                file.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        return file.toString();
    }
}
