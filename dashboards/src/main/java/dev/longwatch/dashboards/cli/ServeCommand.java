// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.api.ApiSettings;
import dev.longwatch.dashboards.api.Dashboards;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.api.http.ApiServer;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.InvalidConfig;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.FolderStanding;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + ApiSettings.PORT,
            description = "Which port; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = ApiSettings.LOOPBACK,
            description = "Which address of this machine. Default: ${DEFAULT-VALUE}, which only this machine reaches.")
    private String bind = ApiSettings.LOOPBACK;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "A name under which others know this machine. May be given many times.")
    private List<String> hosts = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "" + ApiSettings.REQUESTS_PER_SECOND,
            description = "How many requests a second are answered. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A longwatch.yaml, for its auth and elasticsearch, and what it defines.")
    private @Nullable Path file;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = Screen.standard(json);
        ConfigFile config = config();
        LongwatchConfig said = config.alone();
        ApiSettings settings = settings();
        ApiToken token = token(screen, said.token());
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
                say(screen, dashboards.port());
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

    private void say(Screen screen, int answeringAt) {
        String host = bind.contains(":") ? "[" + bind + "]" : bind;
        String url = "http://" + host + ":" + answeringAt;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "serving");
        line.put("url", url);
        screen.object(line);
        screen.say("serving " + url + "/api/v1, described in " + url + "/openapi.json; Ctrl-C ends it");
        if (!isLoopback()) {
            screen.note("whoever reaches " + bind + " can ask with the token, and nothing is encrypted: put a proxy"
                    + " with TLS in front of it");
        }
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private ConfigFile config() {
        try {
            return file == null ? ConfigFile.none() : ConfigFile.read(file);
        } catch (InvalidConfig e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private ApiSettings settings() {
        Set<String> names =
                hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        try {
            return new ApiSettings(bind, port, names, rate, index.api());
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    /** The one that was chosen, else the one that was made the first time; shown when that is now. */
    private ApiToken token(Screen screen, String chosen) {
        if (!chosen.isEmpty()) {
            return ApiToken.of(chosen);
        }
        try {
            ApiToken.create(index.api()).ifPresent(made -> TokenCommand.show(screen, made));
            return ApiToken.keptIn(index.api());
        } catch (UncheckedIOException e) {
            throw new Problem(ExitCode.DISK, e);
        }
    }
}
