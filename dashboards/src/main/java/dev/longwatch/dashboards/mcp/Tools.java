// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.Schemas;
import dev.longwatch.dashboards.api.YamlPage;
import dev.longwatch.dashboards.api.events.Events;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.trials.RuleTest;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.KeptIndex;
import dev.longwatch.indexer.schema.IndexNames;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Everything that agents can ask, answered by what answers the REST API. Close it to give Elasticsearch back. */
public final class Tools implements AutoCloseable {

    private static final int LONGEST_ID = 500;

    private final JsonNode page = YamlPage.read(Tools.class, "tools.yaml");
    private final Schemas schemas = new Schemas();
    private final OpenIndex index;
    private final RuleTest ruleTest;

    /** @param keep gets an Elasticsearch when it is needed, or throws what a command would end with */
    public Tools(Supplier<KeptIndex> keep, IndexNames names, DataFolder data) {
        index = new OpenIndex(keep, names, data);
        ruleTest = new RuleTest(new LocalFootage(() -> index.answers().sources()), data);
    }

    // @formatter:off
    List<Tool> all() {
        return List.of(
                tool("search",    (input, call) -> index.answers().search().answer(input)),
                tool("moments",   (input, call) -> moments(input)),
                tool("coverage",  (input, call) -> index.answers().coverage().answer(input)),
                tool("rule_test", ruleTest::answer));
    }
    // @formatter:on

    /** How an agent uses them. */
    String instructions() {
        return page.path("instructions").asText();
    }

    private Events.Page moments(Input input) {
        Events events = index.answers().events();
        if (!input.has("id")) {
            return events.page(input);
        }
        String id = input.words("id", LONGEST_ID);
        input.done();
        return new Events.Page(
                List.of(events.event(id)
                        .orElseThrow(() -> HttpProblem.invalid("id", "there is no event of the id '" + id + "'"))),
                null);
    }

    /** Whatever there is looks only. */
    private Tool tool(String name, Tool.Work work) {
        JsonNode described = page.path("tools").path(name);
        String title = described.path("title").asText();
        return new Tool(
                McpSchema.Tool.builder(name, schema(described, "input"))
                        .title(title)
                        .description(described.path("description").asText())
                        .outputSchema(schema(described, "output"))
                        .annotations(ToolAnnotations.builder()
                                .title(title)
                                .readOnlyHint(true)
                                .destructiveHint(false)
                                .idempotentHint(true)
                                .openWorldHint(false)
                                .build())
                        .build(),
                work);
    }

    private Map<String, Object> schema(JsonNode described, String which) {
        return new ObjectMapper()
                .convertValue(
                        schemas.inlined((ObjectNode) described.path(which)),
                        new TypeReference<Map<String, Object>>() {});
    }

    @Override
    public void close() {
        ruleTest.close();
        index.close();
    }
}
