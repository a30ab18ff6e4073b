// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterTest {

    private static final Channel WEBHOOK = Channel.webhook("hook", "http://localhost/", "");
    private static final Channel SLACK = Channel.slack("chat", "http://localhost/");
    private static final Channel MAIL = Channel.mail("duty", "smtp://localhost", "", "", "a@b.c", List.of("d@e.f"));

    @Test
    void aWebhookGetsTheAlertsFields() {
        assertThat(Letter.to(WEBHOOK, Letters.notice("id1", false), EvidenceFolder.NONE, 7)
                        .body())
                .isEqualTo(
                        "{\"type\":\"alert.opened\",\"id\":\"id1\",\"version\":1,\"stream\":\"yard\",\"rule\":\"car\","
                                + "\"severity\":\"warning\",\"text\":\"a car\",\"start_ms\":4000,\"end_ms\":9500,"
                                + "\"started_at\":\"2026-11-24T12:00:04Z\",\"ended_at\":\"2026-11-24T12:00:09.500Z\","
                                + "\"recorded_at\":\"2026-11-24T12:00:00Z\",\"raised_at\":\"2026-11-24T12:00:12Z\","
                                + "\"confidence\":0.875,\"state\":\"open\",\"labels\":[\"gate\",\"night\"]}");
    }

    @Test
    void whatThereIsToSeeIsNamedBeforeItIsMade() {
        assertThat(Letter.to(WEBHOOK, Letters.notice("0d5c", false), new EvidenceFolder("/media", ""), 7)
                        .body())
                .endsWith("\"labels\":[\"gate\",\"night\"],\"evidence\":{\"thumbnail\":\"evidence/0d/0d5c.jpg\","
                        + "\"clip\":\"evidence/0d/0d5c.mp4\"}}");
        assertThat(Letter.to(
                                WEBHOOK,
                                Letters.notice("0d5c", false),
                                new EvidenceFolder("/media", "https://e.org/m/"),
                                7)
                        .body())
                .contains("\"thumbnail_url\":\"https://e.org/m/evidence/0d/0d5c.jpg\"")
                .contains("\"clip_url\":\"https://e.org/m/evidence/0d/0d5c.mp4\"");
    }

    @Test
    void aMailNamesTheLabels() {
        assertThat(Letter.to(MAIL, Letters.notice("id1", false), EvidenceFolder.NONE, 7)
                        .body())
                .contains("\nlabels:     gate, night\n");
    }

    @Test
    void aChatGetsOneLineInWhichNothingIsAMention() {
        assertThat(Letter.to(SLACK, Letters.notice("id1", "<!channel> & co", true), EvidenceFolder.NONE, 7)
                        .body())
                .isEqualTo("{\"text\":\"*warning, ended* car on yard, 2026-11-24T12:00:04Z to 2026-11-24T12:00:09Z: "
                        + "&lt;!channel&gt; &amp; co (88 %)\"}");
    }

    @Test
    void theKeyIsAFunctionOfAlertOccasionAndChannel() {
        Delivery first = Letter.to(MAIL, Letters.notice("id1", false), EvidenceFolder.NONE, 7);
        Delivery again = Letter.to(MAIL, Letters.notice("id1", "another answer", false), EvidenceFolder.NONE, 8);
        Delivery last = Letter.to(MAIL, Letters.notice("id1", true), EvidenceFolder.NONE, 9);

        assertThat(first.key()).isEqualTo("id1-first-duty").isEqualTo(again.key());
        assertThat(last.key()).isEqualTo("id1-last-duty");
    }

    @Test
    void theAddressOfTheVideoIsNotTold() {
        for (Channel channel : List.of(WEBHOOK, SLACK, MAIL)) {
            assertThat(Letter.to(channel, Letters.notice("id1", false), EvidenceFolder.NONE, 7)
                            .body())
                    .doesNotContain("verySecret");
        }
    }
}
