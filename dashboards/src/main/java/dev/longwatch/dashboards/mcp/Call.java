// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.mcp;

import dev.longwatch.dashboards.api.trials.Waiting;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One call of a tool while it is under way: tells its client how far it is, and can be stopped. */
final class Call implements Waiting {

    private final McpAsyncServerExchange exchange;
    /** Null when the client does not want to be told. */
    private final @Nullable Object token;

    private double told = -1;
    private boolean stopped;
    private @Nullable Runnable stop;

    Call(McpAsyncServerExchange exchange, CallToolRequest request) {
        this.exchange = exchange;
        token = request.progressToken();
    }

    @Override
    public synchronized void watched(long millis, long ofMillis) {
        double seconds = millis / 1_000.0;
        // what is told twice must have grown
        if (token == null || stopped || seconds <= told) {
            return;
        }
        told = seconds;
        ProgressNotification.Builder progress = ProgressNotification.builder(token, seconds);
        if (ofMillis > 0) {
            progress.total(ofMillis / 1_000.0);
        }
        exchange.progressNotification(progress.message(String.format(Locale.ROOT, "watched %.1f s", seconds))
                        .build())
                .subscribe();
    }

    @Override
    public synchronized void stoppable(Runnable stopping) {
        stop = stopping;
        if (stopped) {
            stopping.run();
        }
    }

    /** Ends it early, if it can be ended; its client is told no more how far it is. */
    synchronized void stop() {
        stopped = true;
        if (stop != null) {
            stop.run();
        }
    }
}
