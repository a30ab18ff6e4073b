// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Kibana is to import fits together and fits the indices. */
class KibanaObjectsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("kibana", "longwatch.ndjson");
    private static final int COLUMNS = 48;

    /** What a column of a visualisation does with its field. */
    private static final Map<String, Use> USES = Map.of(
            "terms", Use.GROUPS, "date_histogram", Use.TIME, "range", Use.SUMS, "sum", Use.SUMS, "average", Use.SUMS);

    private static final Map<String, JsonNode> OBJECTS = new HashMap<>();
    private static JsonNode summary;

    @BeforeAll
    static void read() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            lines.add(JSON.readTree(line));
        }
        summary = lines.remove(lines.size() - 1);
        lines.forEach(object ->
                assertThat(OBJECTS.put(key(object), object)).as(key(object)).isNull());
    }

    @Test
    void theFileIsAnExportThatIsWhole() {
        assertThat(summary.path("exportedCount").asInt()).isEqualTo(OBJECTS.size());
        assertThat(summary.path("missingRefCount").asInt()).isZero();
        assertThat(OBJECTS.values()).allSatisfy(object -> {
            assertThat(object.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "attributes",
                            "coreMigrationVersion",
                            "id",
                            "managed",
                            "references",
                            "type",
                            "typeMigrationVersion");
            assertThat(object.path("references"))
                    .allSatisfy(reference -> assertThat(OBJECTS).containsKey(key(reference)));
        });
        assertThat(ofType("lens")).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void dataViewsAreOfIndicesThatThereAreWithATimeField() throws IOException {
        assertThat(ofType("index-pattern")).hasSize(3);
        for (JsonNode view : ofType("index-pattern")) {
            JsonNode attributes = view.path("attributes");
            Fields fields = Fields.of(attributes.path("title").asText());
            fields.require(attributes.path("timeFieldName").asText(), Use.TIME);
            for (String formatted :
                    names(JSON.readTree(attributes.path("fieldFormatMap").asText()))) {
                fields.require(formatted, Use.SUMS);
            }
        }
    }

    @Test
    void visualisationsNameFieldsThatSuitThem() throws IOException {
        for (JsonNode lens : ofType("lens")) {
            JsonNode state = lens.at("/attributes/state");
            JsonNode shown = state.at("/visualization/layers/0");
            JsonNode layers = state.at("/datasourceStates/formBased/layers");
            assertThat(names(layers))
                    .as(key(lens))
                    .containsExactly(shown.path("layerId").asText());
            String layer = shown.path("layerId").asText();
            Fields fields = fields(lens, "indexpattern-datasource-layer-" + layer);
            JsonNode columns = layers.path(layer).path("columns");
            for (String name : names(columns)) {
                JsonNode column = columns.path(name);
                String operation = column.path("operationType").asText();
                String field = column.path("sourceField").asText();
                if (operation.equals("count")) {
                    assertThat(field).isEqualTo("___records___");
                } else {
                    assertThat(USES).as(key(lens)).containsKey(operation);
                    fields.require(field, USES.get(operation));
                }
                JsonNode by = column.at("/params/orderBy/columnId");
                assertThat(by.isMissingNode() || columns.has(by.asText())).isTrue();
            }
            assertThat(texts(layers.path(layer).path("columnOrder")))
                    .containsExactlyInAnyOrderElementsOf(names(columns));
            List<String> used = new ArrayList<>(texts(shown.path("accessors")));
            used.add(shown.path("xAccessor").asText());
            if (shown.has("splitAccessor")) {
                used.add(shown.path("splitAccessor").asText());
            }
            assertThat(names(columns)).as(key(lens)).containsExactlyInAnyOrderElementsOf(used);
        }
    }

    @Test
    void searchesNameFieldsThatThereAre() throws IOException {
        assertThat(ofType("search")).isNotEmpty();
        for (JsonNode search : ofType("search")) {
            JsonNode attributes = search.path("attributes");
            JsonNode source = JSON.readTree(
                    attributes.at("/kibanaSavedObjectMeta/searchSourceJSON").asText());
            Fields fields = fields(search, source.path("indexRefName").asText());
            texts(attributes.path("columns")).forEach(column -> fields.require(column, Use.WORDS));
            fields.require(attributes.at("/sort/0/0").asText(), Use.TIME);
            fields.requireQuery(source.at("/query/query").asText());
        }
    }

    @Test
    void theDashboardShowsThemAllBesideEachOther() throws IOException {
        JsonNode dashboard = OBJECTS.get("dashboard longwatch");
        JsonNode panels = JSON.readTree(dashboard.at("/attributes/panelsJSON").asText());
        List<JsonNode> places = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (JsonNode panel : panels) {
            String name = panel.path("panelIndex").asText() + ":"
                    + panel.path("panelRefName").asText();
            JsonNode reference = reference(dashboard, name);
            assertThat(reference.path("type").asText())
                    .isEqualTo(panel.path("type").asText());
            shown.add(key(reference));
            places.add(panel.path("gridData"));
        }

        Grid.requireOrder(places, COLUMNS);
        assertThat(shown)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(OBJECTS.keySet().stream()
                        .filter(key -> key.startsWith("lens ") || key.startsWith("search "))
                        .toList());
    }

    @Test
    void whatIsMisspeltIsFound() throws IOException {
        Fields fields = Fields.of("longwatch-coverage-*");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> fields.require("strem", Use.GROUPS));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> fields.require("why", Use.GROUPS));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> fields.require("duration_ms", Use.TIME));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> fields.requireQuery("state : gaps"));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> Fields.of("longwatch-event-*"));
    }

    private static Fields fields(JsonNode object, String name) throws IOException {
        JsonNode view = OBJECTS.get(key(reference(object, name)));
        return Fields.of(view.at("/attributes/title").asText());
    }

    private static JsonNode reference(JsonNode object, String name) {
        for (JsonNode reference : object.path("references")) {
            if (reference.path("name").asText().equals(name)) {
                return reference;
            }
        }
        throw new AssertionError(key(object) + " has no reference called " + name);
    }

    private static List<JsonNode> ofType(String type) {
        return OBJECTS.values().stream()
                .filter(object -> object.path("type").asText().equals(type))
                .toList();
    }

    private static String key(JsonNode object) {
        return object.path("type").asText() + " " + object.path("id").asText();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
