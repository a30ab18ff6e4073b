// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the parts of this Longwatch lie: a checkout that has been built.
 *
 * @param home the checkout's top
 */
public record Installation(Path home) {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    /** @throws Problem when the launcher did not say where */
    public static Installation find() {
        String home = System.getProperty("longwatch.home");
        if (home == null) {
            throw new Problem(ExitCode.INTERNAL, "system property longwatch.home is not set: start with ./longwatch");
        }
        return new Installation(Path.of(home).toAbsolutePath().normalize());
    }

    /** Class path of the job's own process. */
    String jobClassPath() {
        Path target = home.resolve("flink-jobs/target");
        return part(target.resolve("flink-jobs-" + VERSION + ".jar"))
                + File.pathSeparator
                + part(target.resolve("lib")).resolve("*");
    }

    /** The unmodified Elasticsearch distribution, as fetched by the build. */
    public Path elasticsearchZip() {
        return part(home.resolve("indexer/target/elasticsearch/elasticsearch-8.19.21.zip"));
    }

    public Path sampleVideo() {
        return part(home.resolve("sample/street.mp4"));
    }

    public Path sampleRules() {
        return part(home.resolve("sample/rules.txt"));
    }

    private static Path part(Path path) {
        if (!Files.exists(path)) {
            throw new Problem(ExitCode.INTERNAL, path + " is missing: run ./mvnw -Dquick package");
        }
        return path;
    }
}
