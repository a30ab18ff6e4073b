// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Json;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.local.ServerException;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing an agent can ask.
 *
 * @param described as clients are told of it
 * @param work what answers
 */
record Tool(McpSchema.Tool described, Work work) {

    private static final Logger LOG = LoggerFactory.getLogger(Tool.class);

    /** Answers with what JSON can be made of, or throws what the REST API would tell. */
    interface Work {
        Object answer(Input input, Call call);
    }

    /** The answer, twice: for programs and as text. Whatever goes wrong is an answer too, in sentences. */
    CallToolResult answer(CallToolRequest request, Call call) {
        try {
            ObjectNode arguments = Json.MAPPER.createObjectNode();
            if (request.arguments() != null) {
                arguments = Json.MAPPER.valueToTree(request.arguments());
            }
            JsonNode answer = Json.MAPPER.valueToTree(work.answer(Input.of(arguments), call));
            return CallToolResult.builder()
                    .structuredContent(answer)
                    .addTextContent(Json.line(answer))
                    .isError(false)
                    .build();
        } catch (HttpProblem e) {
            return problem(
                    e.errors().isEmpty()
                            ? String.valueOf(e.getMessage())
                            : e.errors().stream()
                                    .map(error -> error.field() + ": " + error.reason())
                                    .collect(Collectors.joining("\n")));
        } catch (IndexException e) {
            return problem(String.valueOf(Problem.of(e).getMessage()));
        } catch (Problem | ServerException e) {
            return problem(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        } catch (RuntimeException e) {
            LOG.error("the tool {} has failed", described.name(), e);
            return problem("Longwatch itself has failed; what it wrote to standard error says more");
        }
    }

    private static CallToolResult problem(String sentences) {
        return CallToolResult.builder().addTextContent(sentences).isError(true).build();
    }
}
