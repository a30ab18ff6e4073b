// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.mcp.ToolServer;
import dev.longwatch.dashboards.mcp.Tools;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "mcp",
        mixinStandardHelpOptions = true,
        description = {
            "Let an agent search, list and check what was watched, and try rules: a server of the Model Context Protocol"
                    + " (MCP) on standard input and output. Ends when the client hangs up.",
            "",
            "Tools: search, moments, coverage, rule_test. They look only. A client is told to start it so:",
            "  {\"mcpServers\": {\"longwatch\": {\"command\": \"/path/to/longwatch\", \"args\": [\"mcp\"]}}}",
            ""
        })
final class McpCommand implements Callable<Integer> {

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        IndexNames names = index.names();
        PrintStream protocol = System.out;
        // whoever prints to it breaks no message
        System.setOut(System.err);
        try {
            serve(names, protocol);
        } finally {
            System.setOut(protocol);
        }
        return ExitCode.OK.code();
    }

    private void serve(IndexNames names, PrintStream protocol) {
        Screen screen = Screen.standard(false);
        Tools tools = new Tools(() -> index.keep(screen::note), names, index.folder());
        try (tools;
                ToolServer server = new ToolServer(tools, Longwatch.VERSION, System.in, protocol)) {
            // Ctrl-C ends the process when this returns; the client's hanging up comes here again and finds nothing to
            // do
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, tools), "longwatch-stop"));
            server.serve();
        } catch (IOException e) {
            throw new Problem(ExitCode.INTERNAL, "standard input cannot be read any more: " + e, e);
        }
    }

    private static void stop(ToolServer server, Tools tools) {
        server.close();
        tools.close();
    }
}
