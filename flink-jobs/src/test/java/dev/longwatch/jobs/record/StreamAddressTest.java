// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.jobs.record.StreamAddress.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What FFmpeg is handed and what people are shown. */
class StreamAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rtsp://cam:554/live?x=1          | RTSP  | rtsp://cam:554/live?x=1           | rtsp://cam:554/live
                    RTSPU://cam/live                 | RTSP  | rtsp://cam/live                   | rtsp://cam/live
                    rtsps://u:p@[fe80::1]:322/a      | RTSPS | rtsps://u:p@[fe80::1]:322/a       | rtsps://[fe80::1]:322/a
                    rtsp://a:p@ss:w#d%41@cam/x       | RTSP  | rtsp://a:p%40ss:w%23d%41@cam/x    | rtsp://cam/x
                    rtsp://cam/user=a&password=b&n=1 | RTSP  | rtsp://cam/user=a&password=b&n=1  | rtsp://cam/user=***&password=***&n=1
                    rtmp://host/live/secret          | RTMP  | rtmp://host/live/secret           | rtmp://host/live/***
                    https://h/a.m3u8?token=t         | HTTPS | https://h/a.m3u8?token=t          | https://h/a.m3u8
                    udp://@239.1.1.1:5000            | UDP   | udp://239.1.1.1:5000              | udp://239.1.1.1:5000
                    udp://:5000                      | UDP   | udp://0.0.0.0:5000                | udp://0.0.0.0:5000
                    srt://h:9000?streamid=a&latency=200 | SRT | srt://h:9000                     | srt://h:9000
                    tcp://h:9000                     | TCP   | tcp://h:9000                      | tcp://h:9000
                    /a/concat:b.mp4                  | FILE  | file:/a/concat:b.mp4              | /a/concat:b.mp4
                    file:///a/b%20c.mp4              | FILE  | file:/a/b c.mp4                   | /a/b c.mp4
                    file:///a/b.mp4                  | FILE  | file:/a/b.mp4                     | /a/b.mp4
                    """)
    void isTakenApartAndPutTogetherAgain(String url, Protocol protocol, String input, String shown)
            throws StreamException {
        StreamAddress address = StreamAddress.of(url);

        assertThat(address.protocol()).isEqualTo(protocol);
        assertThat(address.input()).isEqualTo(input);
        assertThat(address).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gopher://h/x",
                "concat://a|b",
                "ftp://u:hunter2@h/x",
                "subfile,,start,0,end,0,,://h/x",
                "http://a\\@hunter2/x",
                "http://a b/",
                "rtsp://cam/live\nhunter2",
                "rtsp:///live",
                "rtsp://ca$m/",
                "udp://239.1.1.1",
                "udp://239.1.1.1:5000?localaddr=hunter2",
                "tcp://h:70000",
                "srt://h:9000?mode=listener&passphrase=hunter2",
                "srt://h:9000?rendezvous=hunter2",
                "srt://h:9000?latency=hunter2",
                "file:",
                "file://host/hunter2.mp4"
            })
    void whatIsNeverOpenedIsRefusedWithoutTellingSecrets(String url) {
        assertThatExceptionOfType(StreamException.class)
                .isThrownBy(() -> StreamAddress.of(url))
                .satisfies(e -> assertThat(e.condition()).isEqualTo(Condition.NOT_ALLOWED))
                .satisfies(e -> assertThat(e.sentence()).doesNotContain("hunter2"));
    }

    @Test
    void aProtocolOpensNoOther() throws StreamException {
        assertThat(StreamAddress.of("http://h/a.m3u8").options().get("protocol_whitelist"))
                .isEqualTo("crypto,http,tcp");
        assertThat(StreamAddress.of("rtsp://h/a").options())
                .containsEntry("rtsp_transport", "tcp")
                .doesNotContainKey("tls_verify");
        assertThat(StreamAddress.of("rtspu://h/a").options()).containsEntry("rtsp_transport", "udp");
        assertThat(StreamAddress.of("https://h/a").options()).containsEntry("tls_verify", "1");
        assertThat(StreamAddress.of("srt://h:1?passphrase=p&latency=200").options())
                .containsEntry("passphrase", "p")
                .containsEntry("latency", "200000");
    }

    @Test
    void aRequestShowsNoAddress() {
        assertThat(new StreamRequest("gate", "rtsp://u:hunter2@h/a")).hasToString("gate");
    }
}
