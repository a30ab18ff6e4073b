// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.Refresh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.cli.Stranger.Said;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.Lease;
import dev.longwatch.indexer.local.LocalElasticsearch;
import dev.longwatch.indexer.local.ServerSettings;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.EvidenceDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.AlertDesk;
import dev.longwatch.indexer.search.EventSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type about alerts, against the real Elasticsearch of the test run. */
class AlertsCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final IndexNames NAMES = IndexNames.STANDARD;

    /** Nobody else's, and so are the ids. */
    private final String stream = "yard-" + UUID.randomUUID();

    private final String id = UUID.randomUUID().toString().replace("-", "");

    @TempDir
    private Path folder;

    private Stranger stranger;
    private Lease lease;
    private Elasticsearch elasticsearch;

    @BeforeEach
    void raise() throws IOException {
        stranger = new Stranger(folder);
        lease = LocalElasticsearch.lease(
                ServerSettings.of(
                        Stranger.DATA.resolve("elasticsearch"), new Installation(Stranger.ROOT).elasticsearchZip()),
                words -> {});
        elasticsearch = Elasticsearch.open(lease.address());
        new Schema(elasticsearch, NAMES, 0).install();
        keep(alert(id + "aa", VideoEvent.State.OPEN, Severity.CRITICAL, 7_200_000));
        keep(alert(id + "ab", VideoEvent.State.CLOSED, Severity.INFO, 60_000));
    }

    @AfterEach
    void forget() {
        new EventSearch(elasticsearch, NAMES).delete(stream);
        elasticsearch.close();
        lease.close();
    }

    @Test
    void theNewestComeFirstAndEveryPartOfTheFilterNarrows() throws Exception {
        Said all = stranger.types("alerts", "--stream", stream);
        Said open = stranger.types("alerts", "list", "--stream", stream, "--open", "--severity", "critical");
        Said recent = stranger.types("alerts", "--stream", stream, "--since", "1h", "--json");
        Said first = stranger.types("alerts", "--stream", stream, "--limit", "1");

        assertThat(all.status()).as(all.toString()).isZero();
        assertThat(all.out()).hasSize(2);
        assertThat(all.out().get(0))
                .matches(id.substring(0, 8) + "  \\d{4}-.*  info  yard-.*  a car  0.75  \\(held: .*\\)");
        assertThat(open.out()).singleElement().asString().endsWith("(still open)  (held: the rule names no channel)");
        JsonNode alert = JSON.readTree(recent.out().get(0));
        assertThat(recent.out()).hasSize(1);
        assertThat(alert.path("id").asText()).isEqualTo(id + "ab");
        assertThat(alert.toString()).doesNotContain("verySecret");
        assertThat(first.err()).singleElement().asString().startsWith("1 of 2 alerts; --after ");
        String cursor = first.err().get(0).split("--after ")[1].split(" ")[0];
        assertThat(stranger.types("alerts", "--stream", stream, "--after", cursor)
                        .out())
                .hasSize(1);
        assertThat(stranger.types("alerts", "--stream", "nowhere").err()).containsExactly("no alerts");
    }

    @Test
    void longwatchYamlSaysWhereEverythingIs() throws Exception {
        Path here = folder.resolve("here.yaml");
        Path elsewhere = folder.resolve("elsewhere.yaml");
        String url = "elasticsearch:\n  url: " + lease.address().url() + "\n";
        Files.writeString(here, url);
        Files.writeString(elsewhere, url + "  prefix: elsewhere\n");

        assertThat(stranger.types("alerts", "--stream", stream, "-c", here.toString())
                        .out())
                .hasSize(2);
        assertThat(stranger.types("alerts", "--stream", stream, "-c", elsewhere.toString())
                        .err())
                .containsExactly("no alerts");
        assertThat(stranger.types("alerts", "-c", "none.yaml").err())
                .containsExactly("longwatch: none.yaml: there is no such file");
    }

    @Test
    void whatPeopleDoIsKeptAndShown() throws Exception {
        Evidence evidence = Evidence.none(alert(id + "ab", VideoEvent.State.CLOSED, Severity.INFO, 60_000))
                .withThumbnail()
                .withClip(2_000, 9_000);
        elasticsearch.client().index(index -> index.index(NAMES.ofEvidence(evidence))
                .id(evidence.alert())
                .document(EvidenceDocument.of(evidence))
                .refresh(Refresh.True));
        String ab = id + "ab";

        assertThat(stranger.types("alerts", "ack", ab, "--by", "ada").status()).isZero();
        assertThat(stranger.types("alerts", "assign", ab, "--to", "grace").status())
                .isZero();
        assertThat(stranger.types("alerts", "snooze", ab, "--for", "30m").status())
                .isZero();
        assertThat(stranger.types("alerts", "verdict", ab, "false", "--reason", "a shadow")
                        .status())
                .isZero();
        Said shown = stranger.types("alerts", "show", ab);

        assertThat(shown.out())
                .contains(
                        "alert:       " + ab,
                        "thumbnail:   " + evidence.thumbnail(),
                        "clip:        " + evidence.clip(),
                        "clip shows:  00:00:02.0 to 00:00:09.0",
                        "done:        acknowledged by ada",
                        "done:        assigned to grace",
                        "done:        false alarm: a shadow")
                .anyMatch(line -> line.startsWith("done:        snoozed until "));
        assertThat(new AlertDesk(elasticsearch, NAMES).snoozes(System.currentTimeMillis()))
                .anyMatch(snooze -> snooze.stream().equals(stream));
        assertThat(stranger.types("alerts", "--stream", stream, "--unacknowledged", "--json")
                        .out())
                .singleElement()
                .asString()
                .contains(id + "aa");
        assertThat(stranger.types("alerts", "--stream", stream, "--verdict", "false")
                        .out())
                .singleElement()
                .asString()
                .endsWith("false alarm: a shadow");
    }

    @Test
    void anIdThatIsNotOneAlertsIsRefusedWithCandidates() throws Exception {
        Said ambiguous = stranger.types("alerts", "show", id);
        Said unknown = stranger.types("alerts", "ack", "zz");

        assertThat(ambiguous.status()).as(ambiguous.toString()).isEqualTo(2);
        assertThat(ambiguous.err())
                .singleElement()
                .asString()
                .startsWith("longwatch: several alerts have an id that begins with '" + id + "': ")
                .contains(id + "aa (a car on " + stream + ")", id + "ab (a car on " + stream + ")");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err())
                .singleElement()
                .asString()
                .startsWith("longwatch: no alert has an id that begins with 'zz'; the newest are ");
    }

    @Test
    void nonsenseIsRefusedBeforeAnythingIsAsked() throws Exception {
        assertThat(stranger.types("alerts", "snooze", id).err().get(0))
                .contains("--for=D")
                .contains("--until=T");
        assertThat(stranger.types("alerts", "snooze", id, "--for", "soon").err())
                .containsExactly(
                        "longwatch: --for: expected a length of time such as 10s, 5 min, 2h, 30d or PT10S, found 'soon'");
        assertThat(stranger.types("alerts", "snooze", id, "--until", "2020-01-01")
                        .err())
                .singleElement()
                .asString()
                .endsWith("has passed already");
        assertThat(stranger.types("alerts", "verdict", id, "maybe").err())
                .containsExactly("longwatch: expected a verdict of true, false or open, found 'maybe'");
        assertThat(stranger.types("alerts", "--since", "noon").status()).isEqualTo(2);
    }

    private void keep(Alert alert) throws IOException {
        elasticsearch.client().index(index -> index.index(NAMES.ofAlert(alert))
                .id(alert.id())
                .document(AlertDocument.of(alert))
                .refresh(Refresh.True));
    }

    private Alert alert(String alertId, VideoEvent.State state, Severity severity, long ageMillis) {
        VideoEvent event = new VideoEvent(
                alertId,
                1,
                stream,
                "rtsp://me:verySecret@camera/1",
                "a car",
                "a car at the gate",
                new TimeSpan(4_000, 9_000),
                System.currentTimeMillis() - ageMillis,
                0.75,
                state,
                "nano-0",
                2,
                "2 a second");
        return Alert.of(
                event,
                new AlertRule.Alerting(true, severity, 0, Schedule.ALWAYS, List.of()),
                Alert.Hold.NOBODY,
                "the rule names no channel",
                System.currentTimeMillis());
    }
}
