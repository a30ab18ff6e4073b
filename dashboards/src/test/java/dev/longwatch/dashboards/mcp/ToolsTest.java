// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.longwatch.dashboards.api.Schemas;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.schema.IndexNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the tools describe themselves. */
class ToolsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    @Test
    void everySchemaIsOneAndStandsForItself() {
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (Tool tool : all()) {
            for (Map<String, Object> each :
                    List.of(tool.described().inputSchema(), tool.described().outputSchema())) {
                JsonNode schema = JSON.valueToTree(each);
                assertThat(schemas.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                                .validate(schema))
                        .isEmpty();
                assertThat(schema.findValues("$ref")).isEmpty();
                assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
            }
        }
    }

    /** Models read descriptions, and some of them refuse a choice at the top. */
    @Test
    void everyArgumentIsDescribedAndNoneDependsOnAnotherInTheSchema() {
        for (Tool tool : all()) {
            JsonNode input = JSON.valueToTree(tool.described().inputSchema());
            assertThat(input.path("properties")).isNotEmpty().allSatisfy(argument -> assertThat(
                            argument.path("description").asText())
                    .isNotBlank());
            assertThat(input.has("oneOf") || input.has("anyOf") || input.has("allOf"))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"search, SearchRequest", "rule_test, RuleTestRequest"})
    void aToolTakesWhatTheRestApiTakes(String name, String request) {
        ObjectNode reference = JSON.createObjectNode().put("$ref", "#/components/schemas/" + request);
        TreeSet<String> taken = new TreeSet<>();
        new Schemas().inlined(reference).path("properties").fieldNames().forEachRemaining(taken::add);

        Tool tool = all().stream()
                .filter(each -> each.described().name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(((Map<?, ?>) tool.described().inputSchema().get("properties")).keySet())
                .isEqualTo(taken);
    }

    private List<Tool> all() {
        try (Tools tools = new Tools(
                () -> {
                    throw new Problem(ExitCode.INDEX, "nobody asks here");
                },
                IndexNames.STANDARD,
                DataFolder.around(data.resolve("elasticsearch")))) {
            return tools.all();
        }
    }
}
