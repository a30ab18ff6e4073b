// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import java.nio.file.Path;
import java.time.Duration;

/** A client in a process of its own, to be killed. Arguments: data directory, archive. */
final class LeaseHolder {

    private LeaseHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        ServerSettings settings =
                ServerSettings.of(Path.of(arguments[0]), Path.of(arguments[1])).withLinger(Duration.ZERO);
        try (Lease lease = LocalElasticsearch.lease(settings, System.out::println)) {
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        }
    }
}
