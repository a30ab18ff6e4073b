// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

    @Test
    void noSecretIsShown() {
        Channel slack = Channel.slack("ops", "https://hooks.example.com/services/T0/B0/verySecret");
        Channel mail =
                Channel.mail("duty", "smtp://mail.example.com:587", "me", "verySecret", "a@b.c", List.of("d@e.f"));
        Channel webhook = Channel.webhook("hook", "https://example.com/in?token=verySecret", "verySecret");

        assertThat(List.of(slack, mail, webhook).toString())
                .doesNotContain("verySecret")
                .contains("ops (slack at hooks.example.com)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "gopher://example.com/x",
                "jar:http://example.com/a!/b",
                "http:/nohost",
                "//example.com/x",
                "http://user:secretword@example.com/",
                "not an address"
            })
    void aWebhookIsCalledByHttpOnly(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channel.webhook("hook", url, ""))
                .withMessageContaining("channel 'hook'")
                .withMessageNotContaining("secretword");
    }

    @Test
    void aTopicIsOneTopic() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channel.mqtt("bus", "mqtt://localhost", "", "", "longwatch/#"))
                .withMessageContaining("without wildcards");
    }
}
