// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import dev.longwatch.indexer.client.Elasticsearch;
import io.javalin.http.Context;
import java.util.Map;

/** Whether this process lives, and whether it can answer. */
final class Health {

    private final Elasticsearch elasticsearch;

    Health(Elasticsearch elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    void live(Context context) {
        context.json(Map.of("status", "up"));
    }

    /** A problem when Elasticsearch does not answer. */
    void ready(Context context) {
        elasticsearch.probe();
        context.json(Map.of("status", "up"));
    }
}
