// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.api.ApiSettings;
import dev.longwatch.dashboards.api.Dashboards;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.api.http.ApiServer;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.FolderStanding;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serve the REST API until Ctrl-C. The first time it prints the token that the API wants to see.",
        footer = {
            "",
            "Examples:",
            "  longwatch serve",
            "  curl -H \"Authorization: Bearer $TOKEN\" \"http://127.0.0.1:8420/api/v1/search?text=car\""
        })
final class ServeCommand implements Callable<Integer> {

    /** How long answers that are under way may take when it is stopped, seconds. */
    private static final int STOP_SECONDS = 20;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A longwatch.yaml, for its auth and elasticsearch, and what it defines.")
    private @Nullable Path file;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = Screen.standard(json);
        ConfigFile config = ConfigOptions.named(file);
        LongwatchConfig said = config.alone();
        ApiSettings settings = api.settings(said, index.api());
        ApiToken token = ApiOptions.token(screen, said, index.api());
        return index.with(said.elasticsearch(), screen::progress, address -> {
            serve(screen, settings, token, address, config);
            return ExitCode.OK.code();
        });
    }

    private void serve(
            Screen screen, ApiSettings settings, ApiToken token, ElasticsearchAddress address, ConfigFile config) {
        IndexNames names = new IndexNames(config.alone().prefix());
        Standing standing = new FolderStanding(index.folder(), config);
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopping, stopped), "longwatch-stop"));
        try (Elasticsearch elasticsearch = Elasticsearch.open(address)) {
            new Schema(elasticsearch, names, 0).install();
            try (Dashboards dashboards = new Dashboards(settings, token, elasticsearch, names, standing)) {
                dashboards.start();
                screen.clear();
                ApiOptions.say(screen, settings, dashboards.port());
                stopping.await();
                screen.note("stopping");
            }
        } catch (ApiServer.CannotListen e) {
            throw new Problem(ExitCode.USAGE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** Ctrl-C ends the process when this returns. */
    private static void stop(CountDownLatch stopping, CountDownLatch stopped) {
        stopping.countDown();
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
