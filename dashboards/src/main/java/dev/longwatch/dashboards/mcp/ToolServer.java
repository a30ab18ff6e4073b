// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.mcp;

import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** Answers one MCP client, over a pair of streams. */
public final class ToolServer implements AutoCloseable {

    private static final int AT_A_TIME = 8;
    /** How long what is under way may take to end when everything is to end. */
    private static final int STOP_SECONDS = 60;
    /** How long when only the client has hung up: Elasticsearch may have to be unpacked and started. */
    private static final int FINISH_SECONDS = 600;

    /** What comes in is judged with better words by whoever reads it; what goes out is checked by the tests. */
    private static final JsonSchemaValidator TRUSTING = (schema, content) -> ValidationResponse.asValid("");

    private final LineTransport transport;
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME, task -> {
        Thread thread = new Thread(task, "longwatch-mcp");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    /**
     * @param version of this Longwatch
     * @param in where its messages come from
     * @param out where the answers go, and nothing else may
     */
    public ToolServer(Tools tools, String version, InputStream in, OutputStream out) {
        transport = new LineTransport(in, out);
        McpServer.AsyncSpecification<?> server = McpServer.async(transport)
                .serverInfo("longwatch", version)
                .instructions(tools.instructions())
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .jsonMapper(LineTransport.JSON)
                .jsonSchemaValidator(TRUSTING)
                .validateToolInputs(false);
        tools.all()
                .forEach(tool ->
                        server.toolCall(tool.described(), (exchange, request) -> answer(tool, exchange, request)));
        server.build();
    }

    /**
     * Answers until the client hangs up. What can be stopped is stopped then; what was asked before is answered, if anybody
     * still listens.
     */
    public void serve() throws IOException {
        transport.receiveAll();
        end(FINISH_SECONDS);
    }

    private Mono<CallToolResult> answer(Tool tool, McpAsyncServerExchange exchange, CallToolRequest request) {
        return Mono.create(sink -> {
            Call call = new Call(exchange, request);
            sink.onCancel(call::stop);
            calls.add(call);
            workers.execute(() -> {
                try {
                    sink.success(tool.answer(request, call));
                } finally {
                    calls.remove(call);
                }
            });
        });
    }

    /** The same, at once, and from any thread. */
    @Override
    public void close() {
        end(STOP_SECONDS);
    }

    private void end(int seconds) {
        workers.shutdown();
        calls.forEach(Call::stop);
        try {
            if (!workers.awaitTermination(seconds, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
