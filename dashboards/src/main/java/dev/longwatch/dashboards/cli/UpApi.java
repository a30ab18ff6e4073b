// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.api.ApiSettings;
import dev.longwatch.dashboards.api.Dashboards;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.api.http.ApiServer;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.IndexNames;
import org.jspecify.annotations.Nullable;

/** The API of a run that lasts: begun again when Elasticsearch is at another address. Safe for use by several threads. */
final class UpApi implements AutoCloseable {

    private final ApiToken token;
    private final IndexNames names;
    private final Standing standing;
    private ApiSettings settings;
    private @Nullable Elasticsearch elasticsearch;
    private @Nullable Dashboards dashboards;

    UpApi(ApiSettings settings, ApiToken token, IndexNames names, Standing standing) {
        this.settings = settings;
        this.token = token;
        this.names = names;
        this.standing = standing;
    }

    /**
     * Answers from now on, at the same port as before if there was one.
     *
     * @throws Problem when the port cannot be had
     */
    synchronized void begin(ElasticsearchAddress address) {
        close();
        Elasticsearch asked = Elasticsearch.unprobed(address);
        Dashboards begun = new Dashboards(settings, token, asked, names, standing);
        elasticsearch = asked;
        dashboards = begun;
        try {
            begun.start();
        } catch (ApiServer.CannotListen e) {
            close();
            throw new Problem(ExitCode.USAGE, e);
        }
        settings = new ApiSettings(
                settings.bind(), begun.port(), settings.names(), settings.requestsPerSecond(), settings.data());
    }

    /** Where it answers. */
    synchronized int port() {
        return settings.port();
    }

    @Override
    public synchronized void close() {
        if (dashboards != null) {
            dashboards.close();
            dashboards = null;
        }
        if (elasticsearch != null) {
            elasticsearch.close();
            elasticsearch = null;
        }
    }
}
