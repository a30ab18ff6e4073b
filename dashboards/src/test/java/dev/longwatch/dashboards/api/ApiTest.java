// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.Kept.NOON;
import static dev.longwatch.dashboards.api.Kept.alert;
import static dev.longwatch.dashboards.api.Kept.event;
import static dev.longwatch.indexer.event.MarkedEvents.labelled;
import static dev.longwatch.indexer.event.MarkedEvents.outlined;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.RuleProbability;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    @TempDir
    static Path data;

    private static Elasticsearch elasticsearch;
    private static IndexNames names;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        elasticsearch = Elasticsearch.open(SERVER.address());
        names = new IndexNames(SERVER.prefix() + "-api");
        Stored stored = Stored.in(elasticsearch, names)
                .events(
                        event("car", "gate", "rtsp://viewer:secret@10.0.0.7/main?key=secret", "a red car stops", 1_000),
                        event("dog", "a yard/dog 1.mp4", "/videos/dog 1.mp4", "a dog runs", 2_000),
                        event("cat", "mur", "/videos/mur.mp4", "猫 près du mur 🐈", 3_000),
                        event("gone", "old", "/videos/old.mp4", "a bird", 3_000))
                .alerts(alert(event("car", "gate", "", "a red car stops", 1_000)))
                .coverage(
                        new CoverageSpan("gate", NOON, NOON + 60_000, CoverageSpan.State.ANALYSED, "", 2),
                        new CoverageSpan("gate", NOON + 60_000, NOON + 70_000, CoverageSpan.State.GAP, "no route", 0));
        stored.events(event("horse", "yard", "recording:/r", "a horse", 2_000))
                .alerts(alert(event("horse", "yard", "recording:/r", "a horse", 2_000)))
                .coverage(
                        new CoverageSpan(
                                "yard",
                                NOON,
                                NOON + 10_000,
                                CoverageSpan.State.ANALYSED,
                                "",
                                2,
                                0,
                                List.of(new RuleProbability("a horse", 0.75), new RuleProbability("a cow", 0.125))),
                        new CoverageSpan("yard", NOON + 10_000, NOON + 19_000, CoverageSpan.State.RECORDED, "", 0),
                        new CoverageSpan(
                                "yard",
                                NOON + 19_000,
                                NOON + 20_000,
                                CoverageSpan.State.DELETED,
                                "somebody asked for it",
                                0),
                        new CoverageSpan(
                                "yard", NOON + 20_000, NOON + 21_000, CoverageSpan.State.SKIPPED, "no time", 0));
        for (int i = 0; i < 7; i++) {
            stored.events(event("bus" + i, "bus", "/videos/bus.mp4", "a bus", i * 1_000L));
        }
        stored.store();
        api = TestApi.start(elasticsearch, names, data);
    }

    @AfterAll
    static void stop() {
        api.close();
        elasticsearch.close();
    }

    @Test
    void itLivesAndIsReadyForEverybody() {
        assertThat(api.send(api.anonymous("/healthz")).status()).isEqualTo(200);
        assertThat(api.send(api.anonymous("/readyz")).status()).isEqualTo(200);
        assertThat(api.send(api.anonymous("/openapi.json"))
                        .json()
                        .path("openapi")
                        .asText())
                .isEqualTo("3.1.0");
        assertThat(api.get("/metrics").text())
                .contains(
                        "longwatch_api_requests_seconds_count{method=\"GET\",outcome=\"answered\",route=\"/healthz\"}")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void videosAreNamedWithoutTheirSecrets() {
        Answer answer = api.get("/api/v1/videos");
        assertThat(answer.json().path("videos").findValuesAsText("name")).contains("a yard/dog 1.mp4", "bus", "gate");
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("viewer");

        JsonNode gate = api.get("/api/v1/videos/gate").json();
        assertThat(gate.path("uri").asText()).isEqualTo("rtsp://10.0.0.7/main");
        assertThat(gate.path("events").asInt()).isEqualTo(1);
        assertThat(gate.path("from").path("iso").asText()).isEqualTo("2026-11-30T12:00:00Z");
        assertThat(gate.path("to").path("seconds").decimalValue()).isEqualByComparingTo("1796040070");
        assertThat(api.get("/api/v1/videos/a%20yard%2Fdog%201.mp4")
                        .json()
                        .path("events")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.get("/api/v1/videos/nobody").status()).isEqualTo(404);
    }

    @Test
    void aVideoSaysByWhichClockItGoesAndHowMuchWasLookedAt() {
        JsonNode gate = api.get("/api/v1/videos/gate").json();
        assertThat(gate.path("coverage").asDouble()).isEqualTo(60.0 / 70);
        JsonNode dog = api.get("/api/v1/videos/a%20yard%2Fdog%201.mp4").json();
        assertThat(dog.path("live").asBoolean()).isFalse();
        assertThat(dog.has("coverage")).isFalse();
        JsonNode yard = api.get("/api/v1/videos/yard").json();
        assertThat(yard.path("live").asBoolean()).isTrue();
        assertThat(yard.path("coverage").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aTimelineHasEventsWithTheirAlertsAndWhatNobodyLookedAt() {
        JsonNode yard = api.get("/api/v1/videos/yard/timeline").json();
        assertThat(yard.path("rules").get(0).asText()).isEqualTo("a horse");
        assertThat(yard.at("/events/0/id").asText()).isEqualTo("horse");
        assertThat(yard.at("/events/0/alert").asBoolean()).isTrue();
        assertThat(yard.at("/events/0/severity").asText()).isEqualTo("info");
        assertThat(yard.at("/events/0/start/iso").asText()).isEqualTo("2026-11-30T12:00:02Z");
        assertThat(yard.path("coverage").findValuesAsText("kind"))
                .containsExactly("analysed", "waiting", "deleted", "skipped");
        assertThat(yard.at("/coverage/0/to/seconds").decimalValue()).isEqualByComparingTo("1796040010");
        assertThat(yard.path("coverage").findValuesAsText("reason")).contains("somebody asked for it");
        assertThat(yard.at("/rates/0/frames_per_second").asDouble()).isEqualTo(2);
        assertThat(yard.at("/rates/0/sampling").asText()).isEqualTo("2 a second");
        assertThat(yard.has("buckets")).isFalse();
        JsonNode probabilities = yard.path("probabilities");
        assertThat(probabilities.path("step_seconds").asDouble()).isEqualTo(0.5);
        assertThat(probabilities.path("rules").findValuesAsText("rule")).containsExactly("a cow", "a horse");
        assertThat(probabilities.at("/rules/1/values/0").asDouble()).isEqualTo(0.75);
        assertThat(probabilities.at("/rules/1/values/20").isNull()).isTrue();

        JsonNode part = api.get("/api/v1/videos/yard/timeline?from=2026-11-30T12:00:12Z&to=1796040018")
                .json();
        assertThat(part.path("events")).isEmpty();
        assertThat(part.path("coverage").findValuesAsText("kind")).containsExactly("waiting");
        JsonNode bus =
                api.get("/api/v1/videos/bus/timeline?from=2.5&to=00:00:04").json();
        assertThat(bus.path("events").findValuesAsText("id")).containsExactly("bus2", "bus3", "bus4");
        assertThat(api.get("/api/v1/videos/nobody/timeline").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/videos/yard/timeline?to=5").fields()).containsExactly("to");
        assertThat(api.get("/api/v1/videos/yard/timeline?from=0").fields()).containsExactly("from");
    }

    @Test
    void manyEventsAreCounted() throws IOException {
        Stored many = Stored.in(elasticsearch, names);
        for (int i = 0; i < 2_001; i++) {
            many.events(event("fly" + i, "flies", "recording:/r", "a fly", i * 10L));
        }
        many.store();
        JsonNode flies = api.get("/api/v1/videos/flies/timeline").json();
        assertThat(flies.path("events")).isEmpty();
        int sum = 0;
        for (JsonNode bucket : flies.path("buckets")) {
            sum += bucket.at("/events/a fly").asInt();
        }
        assertThat(sum).isEqualTo(2_001);
        assertThat(flies.path("rules").get(0).asText()).isEqualTo("a fly");
    }

    @Test
    void theStatusIsToldWithAndWithoutElasticsearch() {
        JsonNode status = api.get("/api/v1/status").json();
        assertThat(status.path("elasticsearch").asText()).isIn("green", "yellow");
        assertThat(status.path("streams").asInt()).isZero();
        assertThat(status.path("model").asText()).isEqualTo("embedded");
        assertThat(status.path("governed").asBoolean()).isFalse();
        try (Elasticsearch nowhere = Elasticsearch.unprobed(ElasticsearchAddress.of("http://127.0.0.1:1"));
                TestApi away = TestApi.start(nowhere, names, data)) {
            assertThat(away.get("/api/v1/status").json().path("elasticsearch").asText())
                    .isEqualTo("away");
        }
    }

    @Test
    void aVideoIsForgottenWithAllItsEvents() {
        Answer answer = api.delete("/api/v1/videos/old");
        assertThat(answer.json().at("/deleted/events").asInt()).isEqualTo(1);
        assertThat(answer.json().path("sentence").asText()).startsWith("Deleted 1 event of old, from ");
        assertThat(api.get("/api/v1/events/gone").status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/videos/old").status()).isEqualTo(404);
    }

    @Test
    void eventsAreReadPageByPage() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 4; page++) {
            JsonNode answer = api.get("/api/v1/events?stream=bus&limit=2&order=oldest" + cursor)
                    .json();
            seen.addAll(answer.path("events").findValuesAsText("id"));
            cursor = "&cursor=" + answer.path("next").asText();
            assertThat(answer.has("next")).isEqualTo(page < 3);
        }
        assertThat(seen).containsExactly("bus0", "bus1", "bus2", "bus3", "bus4", "bus5", "bus6");
    }

    @Test
    void wordsOfEveryLanguageComeBackAsTheyWere() {
        assertThat(api.get("/api/v1/events/cat").json().path("text").asText()).isEqualTo("猫 près du mur 🐈");
        assertThat(api.get("/api/v1/search?text=%E7%8C%AB")
                        .json()
                        .path("moments")
                        .findValuesAsText("id"))
                .containsExactly("cat");
        assertThat(api.get("/api/v1/events?stream=%C3%B1%E7%8C%AB")
                        .json()
                        .path("detail")
                        .asText())
                .contains("'ñ猫'");
    }

    @Test
    void anEventSaysWhenInBothWays() {
        JsonNode event = api.get("/api/v1/events/dog").json();
        assertThat(event.path("start").path("seconds").decimalValue()).isEqualByComparingTo("2");
        assertThat(event.path("start").path("iso").asText()).isEqualTo("2026-11-30T12:00:02Z");
        assertThat(api.get("/api/v1/events/none").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "from=2&to=4,                                              bus1 bus2 bus3 bus4",
        "from=00:00:05.5,                                          bus5 bus6",
        "to=2026-11-30T13:00:00.5%2B01:00,                         bus0",
        "from=2026-11-30T12:00:06.5Z&to=2026-12-01,                bus6",
        "from=2026-12-01,                                          ''",
        "min_confidence=0.76,                                      ''",
        "rule=a%20bus&to=0,                                        bus0",
    })
    void eventsAreFiltered(String query, String expected) {
        List<String> found = api.get("/api/v1/events?stream=bus&order=oldest&" + query)
                .json()
                .path("events")
                .findValuesAsText("id");
        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    @Test
    void searchFindsMomentsByQueryAndByBody() {
        JsonNode byQuery =
                api.get("/api/v1/search?text=cars%20stopping&stream=gate").json();
        JsonNode byBody = api.post(
                        "/api/v1/search",
                        "{\"text\": \"cars stopping\", \"stream\": [\"gate\", \"bus\"], \"from\": 0, \"to\": 99.5,"
                                + " \"min_confidence\": 0.5, \"limit\": 5}")
                .json();
        assertThat(byQuery.path("moments").findValuesAsText("id")).containsExactly("car");
        assertThat(byBody.path("moments").findValuesAsText("id")).containsExactly("car");
        assertThat(byBody.path("moments")
                        .get(0)
                        .path("marks")
                        .get(0)
                        .path("start")
                        .asInt())
                .isEqualTo(6);
        assertThat(api.get("/api/v1/search?text=submarine").json().path("total").asInt())
                .isZero();
    }

    @Test
    void searchIsReadPageByPage() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 4; page++) {
            JsonNode answer =
                    api.get("/api/v1/search?text=a%20bus&limit=2" + cursor).json();
            answer.path("moments")
                    .forEach(moment -> seen.add(moment.at("/event/id").asText()));
            assertThat(answer.path("total").asInt()).isEqualTo(7);
            cursor = "&cursor=" + answer.path("next").asText();
            assertThat(answer.has("next")).isEqualTo(page < 3);
        }
        assertThat(seen).containsExactly("bus6", "bus5", "bus4", "bus3", "bus2", "bus1", "bus0");
        String next = api.get("/api/v1/search?text=a%20bus&limit=2")
                .json()
                .path("next")
                .asText();
        assertThat(api.get("/api/v1/search?text=a%20dog&cursor=" + next).fields())
                .containsExactly("cursor");
    }

    @Test
    void searchIsGroupedByVideoOnDemand() {
        JsonNode answer = api.post("/api/v1/search", "{\"text\": \"a bus\", \"group\": \"video\", \"per_group\": 3}")
                .json();
        assertThat(answer.path("total").asInt()).isEqualTo(1);
        assertThat(answer.at("/moments/0/event/id").asText()).isEqualTo("bus6");
        assertThat(answer.at("/moments/0/count").asInt()).isEqualTo(7);
        assertThat(answer.at("/moments/0/alongside").findValuesAsText("id")).containsExactly("bus5", "bus4");
        JsonNode single = api.get("/api/v1/search?text=a%20bus&limit=1").json();
        assertThat(single.at("/moments/0/count").asInt()).isEqualTo(1);
        assertThat(single.at("/moments/0/alongside")).isEmpty();
    }

    @Test
    void whatIsFoundIsNarrowedByLabelAndByVerdict() throws IOException {
        VideoEvent tram = labelled(event("tram1", "tram", "/videos/tram.mp4", "a tram", 1_000), "entrance", "theft");
        Stored.in(elasticsearch, names)
                .events(tram, event("tram2", "tram", "/videos/tram.mp4", "a tram", 2_000))
                .alerts(alert(tram))
                .store();
        api.patch("/api/v1/alerts/tram1/handling", "{\"verdict\": \"true_alarm\"}");

        assertThat(api.get("/api/v1/events/tram1").json().path("labels").toString())
                .isEqualTo("[\"entrance\",\"theft\"]");
        for (String path : List.of("/api/v1/search?text=tram&", "/api/v1/events?stream=tram&")) {
            assertThat(api.get(path + "label=theft").json().findValuesAsText("id"))
                    .contains("tram1");
            assertThat(api.get(path + "label=theft").text()).doesNotContain("tram2");
            assertThat(api.get(path + "label=nothing").text())
                    .doesNotContain("tram1")
                    .doesNotContain("tram2");
            assertThat(api.get(path + "verdict=true_alarm&verdict=false_alarm").text())
                    .contains("tram1")
                    .doesNotContain("tram2");
            assertThat(api.get(path + "verdict=open").text()).contains("tram2").doesNotContain("tram1");
        }
        assertThat(api.get("/api/v1/alerts?label=theft").json().path("alerts").findValuesAsText("id"))
                .containsExactly("tram1");
        assertThat(api.get("/api/v1/alerts/tram1").json().at("/labels/0").asText())
                .isEqualTo("entrance");
    }

    @Test
    void anEventTellsWhereInThePictureItIs() throws IOException {
        VideoEvent swan = event("swan", "lake", "/videos/lake.mp4", "a swan", 5_000);
        Stored.in(elasticsearch, names)
                .events(outlined(swan, new Box(5_500, "a swan", 0.25, 0.5, 0.75, 1)))
                .store();

        JsonNode box = api.get("/api/v1/events/swan").json().at("/boxes/0");

        assertThat(box.at("/time/seconds").asDouble()).isEqualTo(5.5);
        assertThat(box.path("label").asText()).isEqualTo("a swan");
        assertThat(List.of(box.path("left"), box.path("top"), box.path("right"), box.path("bottom")))
                .extracting(JsonNode::asDouble)
                .containsExactly(0.25, 0.5, 0.75, 1.0);
        assertThat(api.get("/api/v1/videos/lake/timeline").json().at("/events/0/boxes/0"))
                .isEqualTo(box);
    }

    @Test
    void whatPeopleDoAboutAnAlertAddsUp() {
        assertThat(api.get("/api/v1/alerts/car")
                        .json()
                        .path("handling")
                        .path("verdict")
                        .asText())
                .isEqualTo("open");

        api.patch(
                "/api/v1/alerts/car/handling",
                "{\"acknowledged_by\": \"ada\", \"snoozed_until\": \"2026-12-01T00:00:00Z\"}");
        JsonNode handling = api.patch(
                        "/api/v1/alerts/car/handling",
                        "{\"assigned_to\": \"grace\", \"verdict\": \"false_alarm\", \"verdict_reason\": \"a shadow\"}")
                .json()
                .path("handling");

        assertThat(handling.path("acknowledged_by").asText()).isEqualTo("ada");
        assertThat(handling.path("assigned_to").asText()).isEqualTo("grace");
        assertThat(handling.path("snoozed_until").path("iso").asText()).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(handling.path("verdict").asText()).isEqualTo("false_alarm");
        assertThat(api.get("/api/v1/alerts/car").json().path("handling")).isEqualTo(handling);
        assertThat(api.get("/api/v1/alerts/none").status()).isEqualTo(404);
        assertThat(api.patch("/api/v1/alerts/none/handling", "{\"acknowledged_by\": \"ada\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void coverageAddsUpToTheWallClock() {
        JsonNode coverage = api.get("/api/v1/coverage?stream=gate&from=2026-11-30T11:59:50Z&to=1796040100")
                .json();
        assertThat(coverage.path("seconds").toString())
                .isEqualTo("{\"analysed\":60,\"deleted\":0,\"gap\":10,\"recorded\":0,\"skipped\":0,\"unknown\":40}");
        assertThat(coverage.path("spans").findValuesAsText("why")).containsExactly("", "no route");

        JsonNode usual = api.get("/api/v1/coverage?stream=gate").json();
        assertThat(usual.path("from").path("iso").asText()).isEqualTo("2026-11-30T12:00:00Z");
        assertThat(usual.path("to").path("iso").asText()).isEqualTo("2026-11-30T12:01:10Z");
    }

    @Test
    void longAnswersAreCompressedForWhoAsks() throws IOException {
        Answer answer = api.send(api.anonymous("/openapi.json").header("Accept-Encoding", "gzip"));
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unzipped.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .startsWith("{\"openapi\":\"3.1.0\"");
        }
    }

    @Test
    void whatIsNotThereIsAProblemToo() {
        assertThat(api.get("/api/v1/nothing").status()).isEqualTo(404);
        Answer answer = api.send(api.request("/api/v1/events").PUT(BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:longwatch:problem:method-not-allowed");
    }

    @Test
    void nothingSaysWhatServesIt() {
        Answer answer = api.get("/api/v1/videos");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "access-control-allow-origin");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
}
