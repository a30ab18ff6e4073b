// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import co.elastic.clients.elasticsearch.indices.ElasticsearchIndicesClient;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real server for a test class, in any module: {@code @RegisterExtension static final TestElasticsearch
 * elasticsearch = new TestElasticsearch();}.
 *
 * <p>One server serves the whole build: it outlives the tests of a module by two minutes. Every test class has a prefix
 * of its own for its indices, which are deleted after it.
 */
public final class TestElasticsearch implements BeforeAllCallback, AfterAllCallback {

    private static final String DISTRIBUTION = "elasticsearch-8.19.21.zip";

    private static Lease lease;

    private final String prefix = "test-" + UUID.randomUUID().toString().substring(0, 8);

    /** Where the build has put the distribution. */
    public static Path archive() {
        return root().resolve("indexer/target/elasticsearch").resolve(DISTRIBUTION);
    }

    /** The server, started now if no test of this process has needed it yet, and held until the process ends. */
    public static synchronized ElasticsearchAddress server() {
        if (lease == null) {
            ServerSettings settings =
                    ServerSettings.of(dataDirectory(), archive()).withLinger(Duration.ofMinutes(2));
            lease = LocalElasticsearch.lease(settings, words -> {});
        }
        return lease.address();
    }

    public ElasticsearchAddress address() {
        return server();
    }

    /** What the names of this test class's indices begin with. */
    public String prefix() {
        return prefix;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server();
    }

    /** By name: Elasticsearch deletes no index by a pattern. */
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try (Elasticsearch elasticsearch = Elasticsearch.open(server())) {
            ElasticsearchIndicesClient indices = elasticsearch.client().indices();
            List<String> ours = List.copyOf(indices.get(request -> request.index(prefix + "-*"))
                    .result()
                    .keySet());
            if (!ours.isEmpty()) {
                indices.delete(request -> request.index(ours));
            }
            indices.deleteIndexTemplate(request -> request.name(prefix + "-*"));
        }
    }

    static void delete(Path tree) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(tree)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    /** As the build says; outside of it, the nearest folder above that has the build's wrapper. */
    private static Path root() {
        String said = System.getProperty("longwatch.root");
        if (said != null) {
            return Path.of(said);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Beside the build's other output, or below /tmp where root's build stands behind a door only root can open. */
    private static Path dataDirectory() {
        Path beside = root().resolve("target/elasticsearch");
        try {
            Files.createDirectories(beside);
            ServerUser.requireWayTo(beside, ServerException.Reason.DATA_DIRECTORY, "data directory", "");
            return beside;
        } catch (IOException | ServerException closed) {
            return Path.of("/tmp", "longwatch-test-" + Integer.toHexString(root().hashCode()));
        }
    }
}
