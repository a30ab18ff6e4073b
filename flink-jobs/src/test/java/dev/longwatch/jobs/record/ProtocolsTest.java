// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every way a stream can come, from real servers on the loopback interface. */
@Timeout(120)
class ProtocolsTest {

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void mpegTransportStreamsOverTcp() throws Exception {
        int port = LiveServer.freePort();
        String url = "tcp://127.0.0.1:" + port;
        try (LiveServer server = LiveServer.sending("b-frames.ts", "-f", "mpegts", url + "?listen=1")) {
            assertRecorded(url);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void mpegTransportStreamsOverUdpJoinedInTheMiddle() throws Exception {
        int port = LiveServer.freePort();
        String url = "udp://127.0.0.1:" + port;
        try (LiveServer server = LiveServer.sending("b-frames.ts", "-f", "mpegts", url + "?pkt_size=1316")) {
            assertRecorded(url);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void srt() throws Exception {
        int port = LiveServer.freePort();
        String url = "srt://127.0.0.1:" + port + "?passphrase=correct-horse";
        try (LiveServer server = LiveServer.sending("b-frames.ts", "-f", "mpegts", url + "&mode=listener")) {
            assertRecorded(url);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rtmp() throws Exception {
        int port = LiveServer.freePort();
        String url = "rtmp://127.0.0.1:" + port + "/live/key";
        try (LiveServer server = LiveServer.listening("no-b-frames.mp4", "-f", "flv", "-listen", "1", url)) {
            assertRecorded(url);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void hls() throws Exception {
        Path served = Files.createDirectories(folder.resolve("served"));
        try (HlsServer http = new HlsServer(served);
                LiveServer server = LiveServer.sending(
                        "b-frames.ts",
                        "-f",
                        "hls",
                        "-hls_time",
                        "2",
                        "-hls_list_size",
                        "5",
                        "-hls_flags",
                        "delete_segments+temp_file",
                        served.resolve("live.m3u8").toString())) {
            assertRecorded(http.url("live.m3u8"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rtspOverTcpWithTheSendersClock() throws Exception {
        int port = LiveServer.freePort();
        try (LiveServer server = LiveServer.rtsp(port, "no-b-frames.mp4")) {
            List<Segment> segments = assertRecorded("rtsp://127.0.0.1:" + port + "/live");

            assertThat(segments).extracting(Segment::clock).contains(ClockSource.SENDER);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rtspOverUdp() throws Exception {
        int port = LiveServer.freePort();
        try (LiveServer server = LiveServer.rtsp(port, "no-b-frames.mp4")) {
            assertRecorded("rtspu://127.0.0.1:" + port + "/live");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rtspWithAPassword() throws Exception {
        int port = LiveServer.freePort();
        try (LiveServer server = LiveServer.rtsp(port, "no-b-frames.mp4", "guard", "p@ss:w/rd")) {
            assertRecorded("rtsp://guard:p%40ss%3Aw%2Frd@127.0.0.1:" + port + "/live");
        }
    }

    private List<Segment> assertRecorded(String url) throws Exception {
        RecordOptions options = RunningRecording.options(folder.resolve("recordings"));
        try (RunningRecording recording =
                new RunningRecording("camera", url, options.withSilence(Duration.ofSeconds(20)))) {
            recording.awaitSegments(3);
            List<Segment> segments = recording.segments();
            Recorded.assertPlays(options, segments);
            assertThat(recording.last()).isEqualTo(Condition.RECORDING);
            return segments;
        }
    }
}
