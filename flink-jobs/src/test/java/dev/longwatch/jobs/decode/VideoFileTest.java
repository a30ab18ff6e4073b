// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longwatch.jobs.decode.VideoException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people hand in, and the sentence they get. */
@Timeout(value = 2, unit = TimeUnit.SECONDS)
class VideoFileTest {

    @BeforeAll
    @Timeout(60)
    static void unpackTheLibrary() throws VideoException {
        VideoFile.open(Videos.uri("vp9.webm")).close();
    }

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    empty.mp4         | EMPTY        | is empty: 0 bytes
                    text.mp4          | NOT_A_VIDEO  | is not a video in a known format
                    audio-only.m4a    | NO_PICTURES  | expected a video stream, found sound or text only
                    no-index.mp4      | TRUNCATED    | is cut off or damaged: an MP4 whose index is missing
                    bomb.mp4          | TOO_LARGE    | has pictures of 15000x15000: expected at most 33554432 pixels
                    unknown-codec.mp4 | UNSUPPORTED  | has pictures in a codec that cannot be decoded
                    """)
    void whatCannotBeReadIsRefusedInWords(String name, Kind kind, String words) {
        assertRefused(Videos.uri(name), kind, words);
    }

    @Test
    void aFileThatIsNotThereIsMissing() {
        assertRefused(folder.resolve("gone.mp4").toString(), Kind.MISSING, "gone.mp4 does not exist");
    }

    @Test
    void aFolderIsNoVideo() {
        assertRefused(folder.toString(), Kind.NOT_A_FILE, "expected a file, found a folder");
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.mp4");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

        assertRefused(pipe.toString(), Kind.NOT_A_FILE, "found a pipe or device");
    }

    @Test
    void aFileThatDoesNotAnswerInTimeIsGivenUp() {
        assertThatExceptionOfType(VideoException.class)
                .isThrownBy(() -> VideoFile.open(Videos.uri("b-frames.ts"), Duration.ofNanos(1))
                        .close())
                .withMessageEndingWith("did not answer within 0 s")
                .extracting(VideoException::kind)
                .isEqualTo(Kind.STALLED);
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        assertRefused("http://example.org/a.mp4", Kind.NOT_A_FILE, "expected a file, found an address of http");
    }

    @Test
    void aFileNobodyMayReadIsToldWithTheUser() throws IOException {
        Path secret = Files.copy(Path.of(Videos.uri("vp9.webm")), folder.resolve("secret.webm"));
        assumeTrue(secret.toFile().setReadable(false));
        assumeFalse(Files.isReadable(secret), "root reads everything");

        assertRefused(secret.toString(), Kind.NOT_READABLE, "may not be read by user");
    }

    @Test
    void aPlaylistInTheGuiseOfAVideoReadsNoOtherFile() throws IOException {
        Path playlist = folder.resolve("playlist.mp4");
        Files.writeString(
                playlist,
                "#EXTM3U\n#EXT-X-TARGETDURATION:20\n#EXTINF:17,\nfile://" + Videos.uri("b-frames.ts") + "\n",
                UTF_8);

        assertRefused(playlist.toString(), Kind.NOT_A_VIDEO, "is not a video in a known format");
    }

    @Test
    void theNameMayHoldAnythingAFileSystemAllows() throws IOException {
        Path odd = Files.copy(Path.of(Videos.uri("vp9.webm")), folder.resolve("concat:a|b %20 #1?.webm"));

        assertThat(probe(odd.toString()).codec()).isEqualTo("vp9");
        assertThat(probe(odd.toUri().toString()).codec()).isEqualTo("vp9");
    }

    @ParameterizedTest
    @CsvSource({
        "b-frames.mp4,   'mov,mp4,m4a,3gp,3g2,mj2', h264,  40000000",
        "fragmented.mp4, 'mov,mp4,m4a,3gp,3g2,mj2', h264,  20080000",
        "hevc.mp4,       'mov,mp4,m4a,3gp,3g2,mj2', hevc,  20000000",
        "b-frames.mkv,   'matroska,webm',           h264,  20080000",
        "vp9.webm,       'matroska,webm',           vp9,   20000000",
        "av1.mkv,        'matroska,webm',           av1,   20000000",
        "b-frames.ts,    mpegts,                    h264,  17080000",
        "mpeg4.avi,      avi,                       mpeg4, 14000000",
        "rotated.mp4,    'mov,mp4,m4a,3gp,3g2,mj2', h264,  20000000"
    })
    void aVideoTellsWhatItIs(String name, String format, String codec, long durationMicros) throws VideoException {
        VideoProbe probe = probe(Videos.uri(name));

        assertThat(probe.format()).isEqualTo(format);
        assertThat(probe.codec()).isEqualTo(codec);
        assertThat(probe.width()).isEqualTo(320);
        assertThat(probe.height()).isEqualTo(180);
        assertThat(probe.framesPerSecond()).isEqualTo(25);
        assertThat(probe.durationMicros()).isCloseTo(durationMicros, within(50_000L));
    }

    @Test
    void whenItWasRecordedIsWhatTheFileSays() throws VideoException {
        assertThat(probe(Videos.uri("b-frames.mp4")).recordedAtMillis())
                .isEqualTo(Instant.parse("2026-03-01T09:30:00Z").toEpochMilli());
    }

    @Test
    void aFileThatSaysNothingWasRecordedWhenItWasWritten() throws IOException {
        Path copy = Files.copy(Path.of(Videos.uri("vp9.webm")), folder.resolve("copy.webm"));
        Files.setLastModifiedTime(copy, FileTime.fromMillis(1_234_567_890_000L));

        assertThat(probe(copy.toString()).recordedAtMillis()).isEqualTo(1_234_567_890_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "b-frames.mp4, 20",
        "no-b-frames.mp4, 10",
        "one-key.mp4, 1",
        "b-frames.mkv, 11",
        "b-frames.ts, 9",
        "mpeg4.avi, 8"
    })
    void keyPicturesAreFoundFromTheIndexOrByReading(String name, int keys) throws VideoException {
        try (VideoFile file = VideoFile.open(Videos.uri(name))) {
            KeyFrames found = file.keyFrames();

            assertThat(found.count()).isEqualTo(keys);
            assertThat(found.lastNotAfter(1_900_000)).isZero();
            if (keys > 1) {
                assertThat(found.lastNotAfter(5_000_000)).isCloseTo(4_000_000L, within(150_000L));
            }
        }
    }

    private static VideoProbe probe(String uri) throws VideoException {
        try (VideoFile file = VideoFile.open(uri)) {
            return file.probe();
        }
    }

    private static void assertRefused(String uri, Kind kind, String words) {
        assertThatExceptionOfType(VideoException.class)
                .isThrownBy(() -> VideoFile.open(uri).close())
                .withMessageStartingWith(uri)
                .withMessageContaining(words)
                .extracting(VideoException::kind)
                .isEqualTo(kind);
    }
}
