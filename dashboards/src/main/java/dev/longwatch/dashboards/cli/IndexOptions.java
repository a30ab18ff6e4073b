// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.InvalidConfig;
import dev.longwatch.dashboards.govern.Overview;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.KeptIndex;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.UpLock;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.local.LocalElasticsearch;
import dev.longwatch.indexer.local.ServerException;
import dev.longwatch.indexer.local.ServerSettings;
import dev.longwatch.indexer.schema.IndexNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a command finds what is kept: the Elasticsearch it is told, else that of longwatch.yaml, else one on this machine that
 * is started when needed.
 */
final class IndexOptions {

    private static final Path HERE = Path.of("longwatch.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The longwatch.yaml that holds. Default: that of the running longwatch up, else longwatch.yaml"
                            + " here, if it is there.")
    private @Nullable Path config;

    @Option(
            names = "--elasticsearch",
            paramLabel = "URL",
            description = "Use this Elasticsearch (8.19 or 9.x) instead of one on this machine. User and password come"
                    + " from the environment: LONGWATCH_ES_USER, LONGWATCH_ES_PASSWORD, or LONGWATCH_ES_API_KEY.")
    private @Nullable String url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where Elasticsearch on this machine keeps its data. Default: $LONGWATCH_DATA, else"
                    + " /var/lib/longwatch for root, else ~/.local/share/longwatch.")
    private @Nullable Path data;

    private @Nullable ConfigFile read;

    /** Whether a longwatch.yaml was named. */
    boolean namesFile() {
        return config != null;
    }

    /** The longwatch.yaml that holds, which need not be there when nobody has named one. */
    Path path() {
        if (config != null) {
            return config;
        }
        Optional<Overview> running = UpLock.isHeld(folder()) ? Overview.read(folder()) : Optional.empty();
        return running.map(overview -> Path.of(overview.file())).orElse(HERE);
    }

    /**
     * What it says, or nothing when it is not there and nobody has named it.
     *
     * @throws Problem when it cannot be used, saying where and why
     */
    ConfigFile file() {
        ConfigFile known = read;
        if (known == null) {
            Path path = path();
            try {
                known = config == null && !Files.exists(path) ? ConfigFile.none() : ConfigFile.read(path);
            } catch (InvalidConfig e) {
                throw new Problem(ExitCode.USAGE, e);
            }
            read = known;
        }
        return known;
    }

    /** @throws Problem when longwatch.yaml cannot be used */
    IndexNames names() {
        return new IndexNames(file().alone().prefix());
    }

    /** The data directory of the Elasticsearch on this machine. */
    Path directory() {
        return data == null
                ? LocalElasticsearch.standardDirectory()
                : data.toAbsolutePath().resolve("elasticsearch");
    }

    /** The data folder of this installation. */
    DataFolder folder() {
        return DataFolder.around(directory());
    }

    /** Where the API keeps what is its own. */
    Path api() {
        return folder().root().resolve("api");
    }

    /**
     * Asks what is kept, while an Elasticsearch is up.
     *
     * @param screen told what is being waited for; clear when this returns
     * @throws Problem when there is none to be had, or it fails during the work
     */
    <T> T ask(Screen screen, BiFunction<Elasticsearch, IndexNames, T> work) {
        try {
            return with(screen::progress, address -> {
                try (Elasticsearch elasticsearch = Elasticsearch.open(address)) {
                    return work.apply(elasticsearch, names());
                }
            });
        } finally {
            screen.clear();
        }
    }

    /**
     * Runs {@code work} while an Elasticsearch is up.
     *
     * @param progress told what is being waited for
     * @throws Problem when there is none to be had, or it fails during the work
     */
    <T> T with(Consumer<String> progress, Function<ElasticsearchAddress, T> work) {
        try (KeptIndex index = keep(progress)) {
            return work.apply(index.address());
        } catch (IndexException e) {
            throw Problem.of(e);
        }
    }

    /**
     * An Elasticsearch that is up as long as it is wanted.
     *
     * @param progress told what is being waited for
     * @throws Problem when there is none to be had
     */
    KeptIndex keep(Consumer<String> progress) {
        if (url != null) {
            return KeptIndex.named(address(url));
        }
        ElasticsearchAddress configured = file().alone().elasticsearch();
        if (configured != null) {
            return KeptIndex.named(configured);
        }
        try {
            return KeptIndex.onThisMachine(
                    ServerSettings.of(directory(), Installation.find().elasticsearchZip()), progress);
        } catch (ServerException e) {
            throw new Problem(exitCode(e.reason()), e);
        }
    }

    private static ElasticsearchAddress address(String url) {
        try {
            ElasticsearchAddress address = ElasticsearchAddress.of(url);
            String key = System.getenv("LONGWATCH_ES_API_KEY");
            String user = System.getenv("LONGWATCH_ES_USER");
            String password = System.getenv("LONGWATCH_ES_PASSWORD");
            if (key != null) {
                return address.withApiKey(key);
            }
            return user == null || password == null ? address : address.withUser(user, password);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private static ExitCode exitCode(ServerException.Reason reason) {
        return switch (reason) {
            case DATA_DIRECTORY, DISK_FULL -> ExitCode.DISK;
            case ARCHIVE, JAVA, MEMORY, PORT, ROOT, IN_USE, DID_NOT_START, TIMED_OUT -> ExitCode.INDEX;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
        };
    }
}
