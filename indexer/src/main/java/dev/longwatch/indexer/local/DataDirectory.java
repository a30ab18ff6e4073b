// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The plan of a data directory: which file means what. */
record DataDirectory(Path root) {

    /** Held by whoever changes whether a server runs: a client while starting or stopping, the keeper while leaving. */
    Path startLock() {
        return root.resolve("start.lock");
    }

    /** Held by the keeper all its life; says its process id. */
    Path keeperLock() {
        return root.resolve("keeper.lock");
    }

    /** One locked file per client. */
    Path leases() {
        return root.resolve("leases");
    }

    /** Where the server answers; there only while it does. */
    Path serverFile() {
        return root.resolve("server.json");
    }

    Path keeperLog() {
        return root.resolve("keeper.log");
    }

    Path config() {
        return root.resolve("config");
    }

    Path data() {
        return root.resolve("data");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    /** What the server itself writes; owned by the user it runs as. */
    List<Path> serverOwned() {
        return List.of(config(), data(), logs(), temporary());
    }

    Path serverLog() {
        return logs().resolve("server.log");
    }

    /** What Java says before the server can log. */
    Path consoleLog() {
        return root.resolve("console.log");
    }

    /** Elasticsearch's own lock on its data: as long as it is held, a server runs. */
    Path nodeLock() {
        return data().resolve("node.lock");
    }

    /**
     * Where the local server keeps its data when nobody says: below {@code LONGWATCH_DATA}, else {@code
     * /var/lib/longwatch} for root, else {@code XDG_DATA_HOME}, else {@code ~/.local/share}.
     */
    static Path standard(Map<String, String> environment, boolean root, Path home) {
        String chosen = environment.getOrDefault("LONGWATCH_DATA", "");
        String shared = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base;
        if (!chosen.isBlank()) {
            base = Path.of(chosen);
        } else if (root) {
            base = Path.of("/var/lib/longwatch");
        } else if (!shared.isBlank()) {
            base = Path.of(shared, "longwatch");
        } else {
            base = home.resolve(".local/share/longwatch");
        }
        return base.resolve("elasticsearch").toAbsolutePath().normalize();
    }
}
