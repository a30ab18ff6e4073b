// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.jobs.decode.Videos;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What cannot be recorded, the one condition it is in, and the sentence that is said. */
@Timeout(120)
class BadStreamTest {

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void nobodyListens() throws Exception {
        int port = LiveServer.freePort();
        for (String scheme : new String[] {"rtsp", "rtmp", "http", "tcp"}) {
            assertBad(scheme + "://guard:hunter2@127.0.0.1:" + port + "/live", Condition.REFUSED, "nothing listens");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void nobodyCallsBack() throws Exception {
        assertBad(
                "srt://127.0.0.1:" + LiveServer.freePort() + "?passphrase=hunter2hunter2",
                Condition.UNREACHABLE,
                "nothing answers");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void noSuchHost() throws Exception {
        assertBad("rtsp://guard:hunter2@camera.invalid/live", Condition.UNREACHABLE, "no host is known");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCameraThatAcceptsAndSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String place = "guard:hunter2@127.0.0.1:" + silent.getLocalPort() + "/live";
            for (String scheme : new String[] {"rtsp", "rtmp", "http", "tcp"}) {
                assertBad(scheme + "://" + place, Condition.SILENT, "reachable but sent no video within 2 s");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aMachineThatIsOff() throws Exception {
        // when its queue is full, the system drops who knocks, as a machine does that is not there
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            assertBad("rtsp://guard:hunter2@127.0.0.1:" + full.getLocalPort() + "/", Condition.UNREACHABLE, "answers");
            for (Socket each : waiting) {
                each.close();
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPortOnWhichNothingArrives() throws Exception {
        assertBad("udp://127.0.0.1:" + LiveServer.freePort(), Condition.SILENT, "sent no video within 2 s");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWrongPassword() throws Exception {
        try (HlsServer http = new HlsServer(folder)) {
            String url = http.url("locked/live.m3u8").replace("http://", "http://guard:hunter2@");
            assertBad(url, Condition.UNAUTHORIZED, "user or password are wrong or missing");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWrongPasswordOfACamera() throws Exception {
        int port = LiveServer.freePort();
        try (LiveServer camera = LiveServer.rtsp(port, "no-b-frames.mp4", "guard", "secret")) {
            assertBad("rtsp://guard:hunter2@127.0.0.1:" + port + "/live", Condition.UNAUTHORIZED, "wrong or missing");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStreamTheServerDoesNotKnow() throws Exception {
        try (HlsServer http = new HlsServer(folder)) {
            assertBad(http.url("gone.m3u8?token=hunter2"), Condition.NOT_FOUND, "is not known to its server");
        }
        assertBad(folder.resolve("gone.mp4").toString(), Condition.NOT_FOUND, "does not exist");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPageThatIsNoVideo() throws Exception {
        Files.writeString(folder.resolve("page.html"), "<html>" + "hello ".repeat(2_000) + "</html>");
        try (HlsServer http = new HlsServer(folder)) {
            assertBad(http.url("page.html"), Condition.NOT_A_VIDEO, "is not a video");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aServerThatTalksAboutSomethingElse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread talk = new Thread(() -> greet(other));
            talk.start();
            assertBad("tcp://127.0.0.1:" + other.getLocalPort(), Condition.NOT_A_VIDEO, "is not a video");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPlaylistThatPointsElsewhereReadsNoFile() throws Exception {
        Files.writeString(
                folder.resolve("evil.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:20\n#EXTINF:17,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
        try (HlsServer http = new HlsServer(folder)) {
            assertBad(http.url("evil.m3u8"), null, "evil.m3u8");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anAddressThatIsNeverOpenedIsToldOnceAndNotTriedAgain() throws Exception {
        try (RunningRecording recording = new RunningRecording(
                "bad", "gopher://guard:hunter2@127.0.0.1/", RunningRecording.options(folder.resolve("recordings")))) {
            recording.awaitEnd();

            assertThat(recording.isEnded()).isTrue();
            assertThat(recording.states).singleElement().satisfies(state -> {
                assertThat(state.condition()).isEqualTo(Condition.NOT_ALLOWED);
                assertThat(state.sentence()).contains("are never opened").doesNotContain("hunter2");
            });
            assertThat(folder.resolve("recordings")).doesNotExist();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aDiskThatCannotBeWrittenIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("no-folder"), "a file where the folder should be");
        try (RunningRecording recording =
                new RunningRecording("hall", Videos.uri("smaller.ts"), RunningRecording.options(file))) {
            recording.awaitEnd();

            assertThat(recording.states)
                    .filteredOn(state -> state.condition() == Condition.NOT_STORED)
                    .isNotEmpty()
                    .allSatisfy(state -> assertThat(state.sentence()).startsWith("the recording cannot be written"));
            assertThat(recording.entries).isEmpty();
        }
    }

    /** @param condition null where servers do not tell */
    private void assertBad(String url, @Nullable Condition condition, String words) throws Exception {
        RecordOptions options =
                RunningRecording.options(folder.resolve("recordings")).withSilence(Duration.ofSeconds(2));
        try (RunningRecording recording = new RunningRecording("bad", url, options)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> recording.states.size() > 1);

            StreamState state = recording.states.get(1);
            if (condition != null) {
                assertThat(state.condition()).as("%s: %s", url, state).isEqualTo(condition);
            }
            assertThat(state.sentence()).contains(words);
            assertThat(recording.segments()).isEmpty();
            assertThat(recording.conditions()).doesNotContain(Condition.RECORDING);
            assertThat(recording.states.toString()).doesNotContain("hunter2").doesNotContain("guard");
        }
    }

    private static void greet(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write("220 mail.example.org ESMTP ready, how may I help you?\r\n"
                                .repeat(500)
                                .getBytes(UTF_8));
            } catch (IOException e) {
                return;
            }
        }
    }
}
