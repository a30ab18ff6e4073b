// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Streams over TLS: whom the recorder believes, and what it says of those it does not. */
@Timeout(180)
class SecureStreamTest {

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCamerasOwnCertificateIsBelievedWhenItIsNamedAndNotOtherwise() throws Exception {
        int port = LiveServer.freePort();
        TestCertificate own = new TestCertificate(folder.resolve("own"), "ip:127.0.0.1");
        TestCertificate other = new TestCertificate(folder.resolve("other"), "ip:127.0.0.1");
        String url = "rtsps://127.0.0.1:" + port + "/live";
        try (LiveServer camera = LiveServer.secureRtsp(port, "no-b-frames.mp4", own.pemWithKey())) {
            assertNotTrusted(url, "not signed by anybody");
            assertNotTrusted(url + "#ca=" + other.pem(), "not signed by anybody");
            assertRecorded(url + "#ca=" + own.pem());
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rtmpOverTls() throws Exception {
        int port = LiveServer.freePort();
        TestCertificate own = new TestCertificate(folder.resolve("own"), "dns:localhost");
        try (LiveServer server = LiveServer.listening(
                        "no-b-frames.mp4", "-f", "flv", "-listen", "1", "rtmp://127.0.0.1:" + port + "/live/key");
                TestCertificate.Gate gate = own.gate(port)) {
            assertRecorded("rtmps://localhost:" + gate.port() + "/live/key#ca=" + own.pem());
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCertificateThatIsForAnotherNameIsNotBelieved() throws Exception {
        TestCertificate own = new TestCertificate(folder.resolve("own"), "dns:camera.example");
        try (HlsServer http = new HlsServer(folder);
                TestCertificate.Gate gate = own.gate(http.port())) {
            for (String scheme : new String[] {"rtsps", "rtmps", "https"}) {
                assertNotTrusted(
                        scheme + "://localhost:" + gate.port() + "/live/key#ca=" + own.pem(),
                        "No subject alternative DNS name matching localhost found");
            }
        }
    }

    @Test
    void whatIsNoCertificateIsRefusedBeforeAnythingIsOpened() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
        for (String behind : new String[] {"ca=" + text, "ca=/none.pem", "ca=relative.pem", "verify=0", ""}) {
            assertThatExceptionOfType(StreamException.class)
                    .isThrownBy(() -> StreamAddress.of("rtsps://camera/live?channel=1#" + behind))
                    .satisfies(e -> assertThat(e.condition()).isEqualTo(Condition.NOT_ALLOWED));
        }
        TestCertificate own = new TestCertificate(folder.resolve("own"), "dns:camera");
        StreamAddress address = StreamAddress.of("rtsps://camera/live?channel=1#ca=" + own.pem());
        assertThat(address.input()).isEqualTo("rtsps://camera/live?channel=1");
        assertThat(address).hasToString("rtsps://camera/live");
        assertThat(address.options())
                .containsEntry("tls_verify", "1")
                .containsEntry("ca_file", own.pem().toString());
    }

    private void assertRecorded(String url) throws Exception {
        RecordOptions options = RunningRecording.options(folder.resolve("recordings"));
        try (RunningRecording recording =
                new RunningRecording("camera", url, options.withSilence(Duration.ofSeconds(20)))) {
            recording.awaitSegments(2);
            Recorded.assertPlays(options, recording.segments());
        }
    }

    private void assertNotTrusted(String url, String why) throws Exception {
        try (RunningRecording recording =
                new RunningRecording("camera", url, RunningRecording.options(folder.resolve("refused")))) {
            recording.awaitCondition(Condition.NOT_TRUSTED);
            assertThat(recording.states.get(recording.states.size() - 1).sentence())
                    .contains("shows a certificate that is not believed: ")
                    .contains(why);
            assertThat(recording.segments()).isEmpty();
        }
    }
}
