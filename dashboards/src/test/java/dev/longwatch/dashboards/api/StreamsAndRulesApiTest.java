// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.Kept.NOON;
import static dev.longwatch.dashboards.api.Kept.alert;
import static dev.longwatch.dashboards.api.Kept.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams, rules and the list of alerts, over HTTP. */
class StreamsAndRulesApiTest {

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
        names = new IndexNames(SERVER.prefix() + "-defined");
        Path file = Files.writeString(
                data.resolve("longwatch.yaml"),
                """
                streams:
                  yard: {url: "rtsp://viewer:geheim@10.0.0.7/main", retention: 7d, rules: [car]}
                rules:
                  car: {when: a car, cooldown: 10 min, schedule: {zone: Europe/Berlin, active: mon-fri 08:00-18:00}}
                notify: {ops: {webhook: "https://example.com/in"}}
                """);
        Stored stored = Stored.in(elasticsearch, names);
        for (int i = 0; i < 6; i++) {
            stored.events(event("car" + i, "yard", "recording:/r", "a car", i * 1_000L))
                    .alerts(alert(event("car" + i, "yard", "recording:/r", "a car", i * 1_000L)));
        }
        stored.store();
        api = TestApi.start(
                elasticsearch,
                names,
                new StandingStill(data, ConfigFile.read(file))
                        .with(
                                "yard",
                                new StreamCondition("recording", "recording it", NOON, NOON + 9_000, NOON + 5_000)));
    }

    @AfterAll
    static void stop() {
        api.close();
        elasticsearch.close();
    }

    @Test
    void whoIsSignedInIsTold() {
        assertThat(api.get("/api/v1/session").text()).isEqualTo("{}");
        assertThat(api.send(api.anonymous("/api/v1/session")).status()).isEqualTo(401);
    }

    @Test
    void aStreamOfTheFileIsShownWithoutItsPassword() {
        Answer answer = api.get("/api/v1/streams");
        JsonNode yard = answer.json().path("streams").get(0);

        assertThat(answer.text()).doesNotContain("geheim");
        assertThat(yard.path("address").asText()).isEqualTo("rtsp://viewer:***@10.0.0.7/main");
        assertThat(yard.path("from").asText()).isEqualTo("file");
        assertThat(yard.path("state").asText()).isEqualTo("recording");
        assertThat(yard.at("/recorded_until/iso").asText()).isEqualTo("2026-11-30T12:00:09Z");
        assertThat(yard.path("lag_seconds").asInt()).isEqualTo(4);
        assertThat(yard.path("retention_seconds").asInt()).isEqualTo(7 * 86_400);
        assertThat(yard.at("/sampling/clip_seconds").asInt()).isEqualTo(16);
        assertThat(yard.path("rules").get(0).asText()).isEqualTo("car");
    }

    @Test
    void aStreamIsKeptWithoutWhatOpensItAndRemoved() throws IOException {
        Answer kept = api.put(
                "/api/v1/streams/gate%2F1",
                "{\"url\": \"rtsp://viewer:geheim@10.0.0.8/main\", \"retention_seconds\": 3600.5,"
                        + " \"frames_per_second\": 1, \"by_change\": true, \"labels\": [\"entrance\"]}");

        assertThat(kept.status()).as(kept.toString()).isEqualTo(200);
        assertThat(kept.text()).doesNotContain("geheim");
        assertThat(kept.json().path("retention_seconds").decimalValue()).isEqualByComparingTo("3600.5");
        assertThat(kept.json().at("/sampling/by_change").asBoolean()).isTrue();
        assertThat(kept.json().at("/labels/0").asText()).isEqualTo("entrance");
        assertThat(kept.json().path("state").asText()).isEqualTo("unknown");
        assertThat(api.get("/api/v1/streams").json().path("streams").findValuesAsText("name"))
                .containsExactly("yard", "gate/1");
        assertThat(Files.readString(data.resolve("secrets.json"))).contains("geheim");

        assertThat(api.put("/api/v1/streams/gate%2F1", "{\"url\": \"rtsp://10.0.0.9/\"}")
                        .status())
                .isEqualTo(200);
        assertThat(Files.readString(data.resolve("secrets.json"))).doesNotContain("geheim");
        assertThat(api.delete("/api/v1/streams/gate%2F1").status()).isEqualTo(204);
        assertThat(api.delete("/api/v1/streams/gate%2F1").status()).isEqualTo(404);
    }

    @Test
    void aStreamGoesWithItsDataWhenThatIsAskedFor() throws IOException {
        Stored.in(elasticsearch, names)
                .events(event("cow", "meadow", "recording:/r", "a cow", 1_000))
                .store();
        api.put("/api/v1/streams/meadow", "{\"url\": \"rtsp://10.0.0.9/\"}");

        Answer gone = api.delete("/api/v1/streams/meadow?data=true");
        assertThat(gone.json().at("/deleted/events").asInt()).isEqualTo(1);
        assertThat(api.get("/api/v1/events/cow").status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/streams/meadow?data=perhaps").fields()).containsExactly("data");
    }

    @Test
    void whatWasSearchedForIsWatched() {
        String id = api.get("/api/v1/search?text=a%20car&stream=yard")
                .json()
                .path("id")
                .asText();
        Answer rule = api.post("/api/v1/search/" + id + "/watch", "{\"threshold\": 0.6}");
        assertThat(rule.status()).as(rule.toString()).isEqualTo(201);
        assertThat(rule.json().path("name").asText()).isEqualTo("a car");
        assertThat(rule.json().path("when").asText()).isEqualTo("a car");
        assertThat(rule.json().at("/streams/0").asText()).isEqualTo("yard");
        assertThat(rule.json().path("threshold").asDouble()).isEqualTo(0.6);
        assertThat(api.post("/api/v1/search/" + id + "/watch", "{}").status()).isEqualTo(409);
        assertThat(api.post("/api/v1/search/none/watch", "{}").status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/rules/a%20car").status()).isEqualTo(204);
    }

    @Test
    void whatTheFileDefinesIsChangedThere() {
        Answer stream = api.put("/api/v1/streams/yard", "{\"url\": \"rtsp://10.0.0.9/\"}");
        assertThat(stream.status()).isEqualTo(409);
        assertThat(stream.json().path("detail").asText()).contains("longwatch.yaml:2; change it there");
        assertThat(api.delete("/api/v1/streams/yard").status()).isEqualTo(409);
        assertThat(api.put("/api/v1/rules/car", "{\"when\": \"a van\"}").status())
                .isEqualTo(409);
        assertThat(api.delete("/api/v1/rules/car").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/streams/gate | {}                                                       | url",
                "/api/v1/streams/gate | {\"url\": \"rtsp://a:${PASSWORD}@10.0.0.9/\"}            | url",
                "/api/v1/streams/gate | {\"url\": \"videos/street.mp4\"}                         | url",
                "/api/v1/streams/gate | {\"url\": \"rtsp://10.0.0.9/\", \"retention_seconds\": 0} | body",
                "/api/v1/streams/gate | {\"url\": \"rtsp://10.0.0.9/\", \"frames_per_second\": \"2\"} | frames_per_second",
                "/api/v1/streams/%20  | {\"url\": \"rtsp://10.0.0.9/\"}                          | body",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"notify\": [\"opps\"]}            | body",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"absent\": \"a dog\"}             | body",
                "/api/v1/rules/dog    | {\"threshold\": 0.5}                                     | body",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"threshold\": 7}                  | threshold",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"streams\": [\"gard\"]}           | body",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"treshold\": 0.7}                 | treshold",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"alert\": \"no\"}                 | alert",
                "/api/v1/rules/dog    | {\"absent\": \"a dog\"}                                  | body",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"labels\": [\"two words\"]}        | body",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"labels\": [7]}                    | labels",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"labels\": [\"\"]}                 | labels",
                "/api/v1/streams/gate | {\"url\": \"rtsp://10.0.0.9/\", \"labels\": [\"-x\"]}      | body",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"schedule\": {\"zone\": \"Mars\"}} | body",
                "/api/v1/rules/dog    | {\"when\": \"a dog\", \"schedule\": 5}                   | body",
                "/api/v1/rules/dog    | {\"sequence\": [\"car\"], \"within_seconds\": 5}         | body",
                "/api/v1/rules/dog    | {\"sequence\": [\"\", \"car\"], \"within_seconds\": 5}     | body",
            })
    void whatCannotBeUsedIsRefused(String path, String body, String field) {
        Answer answer = api.put(path, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.fields()).containsExactly(field);
        assertThat(api.get("/api/v1/rules").json().path("rules").findValuesAsText("name"))
                .doesNotContain("dog");
    }

    @Test
    void aRuleComesBackAsItWasSent() {
        String sent = "{\"when\": \"a dog\", \"streams\": [\"y*\"], \"threshold\": 0.7, \"min_duration_seconds\": 2.5,"
                + " \"merge_seconds\": 3, \"cooldown_seconds\": 60, \"severity\": \"critical\", \"schedule\": {\"zone\":"
                + " \"Europe/Berlin\", \"active\": [\"mon,tue 08:00-18:00\"], \"quiet\": [\"12:00-13:00\"]}, \"notify\":"
                + " [\"ops\"], \"alert\": true, \"labels\": [\"theft\", \"entrance\"]}";
        Answer kept = api.put("/api/v1/rules/a%20dog", sent);
        assertThat(kept.status()).as(kept.toString()).isEqualTo(200);

        JsonNode listed = rule("a dog");
        assertThat(listed).isEqualTo(kept.json());
        Answer again = api.put("/api/v1/rules/a%20dog", sent);
        assertThat(again.json()).isEqualTo(listed);
        for (String key : new String[] {"when", "streams", "severity", "schedule", "notify", "alert", "labels"}) {
            assertThat(kept.text()).contains("\"" + key + "\":");
        }
        assertThat(listed.at("/labels/1").asText()).isEqualTo("entrance");
        assertThat(listed.at("/schedule/active/0").asText()).isEqualTo("mon,tue 08:00-18:00");
        assertThat(listed.path("min_duration_seconds").decimalValue()).isEqualByComparingTo("2.5");
        assertThat(listed.path("from").asText()).isEqualTo("index");

        Answer sequence = api.put(
                "/api/v1/rules/both",
                "{\"sequence\": [\"car\", {\"rule\": \"a dog\", \"streams\": [\"yard\"]}], \"within_seconds\": 30}");
        assertThat(sequence.json().at("/sequence/1/streams/0").asText()).isEqualTo("yard");
        assertThat(sequence.json().path("within_seconds").asInt()).isEqualTo(30);
        assertThat(api.delete("/api/v1/rules/both").status()).isEqualTo(204);
        assertThat(api.delete("/api/v1/rules/a%20dog").status()).isEqualTo(204);
        assertThat(api.delete("/api/v1/rules/a%20dog").status()).isEqualTo(404);
    }

    @Test
    void alertsAreListedAndTheirVerdictsCounted() throws IOException {
        for (int i = 0; i < 5; i++) {
            String verdict = i < 2 ? "true_alarm" : "false_alarm";
            api.patch("/api/v1/alerts/car" + i + "/handling", "{\"verdict\": \"" + verdict + "\"}");
        }
        api.patch("/api/v1/alerts/car0/handling", "{\"acknowledged_by\": \"anna\"}");
        // the rule of these alerts
        assertThat(api.put("/api/v1/rules/a%20car", "{\"when\": \"a car\"}").status())
                .isEqualTo(200);
        JsonNode judged = rule("a car");
        assertThat(judged.path("true_alarms").asInt()).isEqualTo(2);
        assertThat(judged.path("false_alarms").asInt()).isEqualTo(3);
        assertThat(judged.at("/precision/share").asDouble()).isEqualTo(0.4);
        assertThat(judged.at("/precision/low").asDouble()).isBetween(0.117, 0.118);
        assertThat(judged.at("/precision/high").asDouble()).isBetween(0.769, 0.770);
        assertThat(judged.at("/precision/judged").asInt()).isEqualTo(5);
        assertThat(judged.path("suggested_threshold").asDouble())
                .as("all were as sure: more were wrong than right")
                .isEqualTo(0.76);
        assertThat(rule("car").has("precision")).isFalse();
        assertThat(api.delete("/api/v1/rules/a%20car").status()).isEqualTo(204);

        JsonNode first = api.get("/api/v1/alerts?limit=4").json();
        assertThat(first.path("alerts").findValuesAsText("id")).containsExactly("car5", "car4", "car3", "car2");
        assertThat(first.path("total").asInt()).isEqualTo(6);
        assertThat(first.at("/alerts/0/evidence/problem").asText()).isEmpty();
        JsonNode rest = api.get(
                        "/api/v1/alerts?limit=4&cursor=" + first.path("next").asText())
                .json();
        assertThat(rest.path("alerts").findValuesAsText("id")).containsExactly("car1", "car0");
        assertThat(rest.has("next")).isFalse();
        assertThat(ids("verdict=true_alarm")).isEqualTo("car1 car0");
        assertThat(ids("verdict=open")).isEqualTo("car5");
        assertThat(ids("acknowledged=true&stream=yard&severity=info&text=cars")).isEqualTo("car0");
        assertThat(ids("acknowledged=false&to=2026-11-30T12:00:01Z")).isEqualTo("car1");
        assertThat(ids("open=true")).isEmpty();
        assertThat(api.get("/api/v1/alerts?cursor=none").fields()).containsExactly("cursor");
        assertThat(api.get("/api/v1/alerts?open=perhaps").fields()).containsExactly("open");
        assertThat(api.get("/api/v1/alerts?stream=nobody").fields()).containsExactly("stream");
        assertThat(api.get("/api/v1/alerts/car0")
                        .json()
                        .at("/handling/acknowledged_by")
                        .asText())
                .isEqualTo("anna");
        assertThat(api.get("/api/v1/alerts/car").status()).isEqualTo(404);
    }

    private static String ids(String query) {
        return String.join(
                " ", api.get("/api/v1/alerts?" + query).json().path("alerts").findValuesAsText("id"));
    }

    private static JsonNode rule(String name) {
        for (JsonNode rule : api.get("/api/v1/rules").json().path("rules")) {
            if (rule.path("name").asText().equals(name)) {
                return rule;
            }
        }
        throw new AssertionError("no rule is called " + name);
    }
}
