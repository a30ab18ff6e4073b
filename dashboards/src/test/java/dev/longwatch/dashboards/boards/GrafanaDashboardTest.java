// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.boards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.boards.Fields.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the Grafana dashboard asks Elasticsearch for fits the indices. What it asks Prometheus for is tested where Flink is.
 */
class GrafanaDashboardTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("grafana");
    private static final int COLUMNS = 24;
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

    private static final Map<String, Use> BUCKETS =
            Map.of("terms", Use.GROUPS, "date_histogram", Use.TIME, "histogram", Use.SUMS);

    private static JsonNode dashboard;
    private static final Map<String, JsonNode> SOURCES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        dashboard = JSON.readTree(Files.readString(FOLDER.resolve("dashboards").resolve("longwatch.json")));
        JsonNode provisioned = yaml(FOLDER.resolve("provisioning/datasources/longwatch.yaml"));
        provisioned
                .path("datasources")
                .forEach(source -> SOURCES.put(source.path("uid").asText(), source));
    }

    @Test
    void everyDataSourceIsProvisioned() {
        List<JsonNode> used = dashboard.findValues("datasource").stream()
                .filter(source -> !source.path("type").asText().equals("grafana"))
                .toList();

        assertThat(used).hasSizeGreaterThan(20).allSatisfy(source -> {
            assertThat(SOURCES).containsKey(source.path("uid").asText());
            assertThat(SOURCES.get(source.path("uid").asText()).path("type")).isEqualTo(source.path("type"));
        });
        assertThat(used.stream().map(source -> source.path("uid").asText()))
                .as("none is provisioned for nothing")
                .containsAll(SOURCES.keySet());
    }

    @Test
    void queriesNameFieldsThatSuitThem() throws IOException {
        int queries = 0;
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                if (target.at("/datasource/type").asText().equals("elasticsearch")) {
                    requireFields(panel, target);
                    queries++;
                }
            }
        }
        assertThat(queries).isGreaterThanOrEqualTo(6);
    }

    private static void requireFields(JsonNode panel, JsonNode target) throws IOException {
        JsonNode source = SOURCES.get(target.at("/datasource/uid").asText()).path("jsonData");
        Fields fields = Fields.of(source.path("index").asText());
        assertThat(target.path("timeField")).as(panel.path("title").asText()).isEqualTo(source.path("timeField"));
        fields.require(target.path("timeField").asText(), Use.TIME);
        fields.requireQuery(target.path("query").asText());
        for (JsonNode bucket : target.path("bucketAggs")) {
            assertThat(BUCKETS).containsKey(bucket.path("type").asText());
            fields.require(
                    bucket.path("field").asText(),
                    BUCKETS.get(bucket.path("type").asText()));
        }
        for (JsonNode metric : target.path("metrics")) {
            switch (metric.path("type").asText()) {
                case "count" -> assertThat(metric.has("field")).isFalse();
                case "sum", "avg", "max" -> fields.require(metric.path("field").asText(), Use.SUMS);
                case "raw_data" -> requireColumns(panel, fields);
                default -> throw new AssertionError("what does " + metric + " want?");
            }
        }
    }

    /** Of documents as they are the panel says which fields it shows, and in which order. */
    private static void requireColumns(JsonNode panel, Fields fields) {
        List<String> shown = new ArrayList<>();
        panel.at("/transformations/0/options/include/names").forEach(name -> shown.add(name.asText()));
        assertThat(shown).isNotEmpty().allSatisfy(field -> fields.require(field, Use.WORDS));
        List<String> renamed = new ArrayList<>();
        panel.at("/transformations/1/options/renameByName").fieldNames().forEachRemaining(renamed::add);
        assertThat(renamed).containsExactlyElementsOf(shown);
    }

    @Test
    void variablesAreOfFieldsThatHaveAFewValuesAndAllThatAreUsedAreThere() throws IOException {
        List<String> known = new ArrayList<>();
        for (JsonNode variable : dashboard.at("/templating/list")) {
            known.add(variable.path("name").asText());
            JsonNode source = SOURCES.get(variable.at("/datasource/uid").asText());
            JsonNode query = JSON.readTree(variable.path("query").asText());
            assertThat(query.path("find").asText()).isEqualTo("terms");
            Fields.of(source.at("/jsonData/index").asText())
                    .require(query.path("field").asText(), Use.GROUPS);
        }
        assertThat(known).containsExactlyInAnyOrder("stream", "rule");

        List<String> texts = new ArrayList<>(dashboard.findValuesAsText("query"));
        texts.addAll(dashboard.findValuesAsText("expr"));
        for (String text : texts) {
            Matcher used = VARIABLE.matcher(text);
            while (used.find()) {
                assertThat(used.group(1).startsWith("__") || known.contains(used.group(1)))
                        .as(text)
                        .isTrue();
            }
        }
    }

    @Test
    void panelsLieBesideEachOther() {
        List<JsonNode> panels = new ArrayList<>();
        dashboard.path("panels").forEach(panels::add);

        Grid.requireOrder(panels.stream().map(panel -> panel.path("gridPos")).toList(), COLUMNS);
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    }

    private static JsonNode yaml(Path file) throws IOException {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }
}
