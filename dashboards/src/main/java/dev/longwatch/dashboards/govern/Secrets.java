// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.local.OsLock;
import dev.longwatch.indexer.watchlist.Definition;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The whole addresses of streams that are kept in the index without what opens them: a file of this installation that only
 * its owner may read. Safe for use by several threads and processes.
 */
public final class Secrets {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> ADDRESSES = new TypeReference<>() {};
    private static final String URL = "url";
    private static final int TRIES = 100;
    private static final long PAUSE_MILLIS = 50;
    /** A process must not open a lock twice, so its threads queue here first. */
    private static final Object THREADS = new Object();

    private final DataFolder folder;

    public Secrets(DataFolder folder) {
        this.folder = folder;
    }

    /**
     * Keeps what opens the stream's address here.
     *
     * @return the definition as it may be kept in the index
     * @throws Problem when the file cannot be used
     */
    public Definition taken(Definition stream) {
        ObjectNode keys = keys(stream);
        String url = keys.path(URL).asText();
        String shown = ShownAddress.of(url);
        if (shown.equals(url)) {
            forget(stream.name());
            return stream;
        }
        change(addresses -> addresses.put(stream.name(), url));
        return stream.as(keys.put(URL, shown).toString());
    }

    /**
     * The definition with its whole address; nothing when what opens it is not here.
     *
     * @throws Problem when the file cannot be used
     */
    public Optional<Definition> restored(Definition stream) {
        ObjectNode keys = keys(stream);
        String shown = keys.path(URL).asText();
        if (!shown.contains(ShownAddress.HIDDEN)) {
            return Optional.of(stream);
        }
        return Optional.ofNullable(read().get(stream.name()))
                .filter(url -> ShownAddress.of(url).equals(shown))
                .map(url -> stream.as(keys.put(URL, url).toString()));
    }

    /** @throws Problem when the file cannot be used */
    public void forget(String stream) {
        if (read().containsKey(stream)) {
            change(addresses -> addresses.remove(stream));
        }
    }

    private Map<String, String> read() {
        Optional<String> text = PrivateFile.read(folder.secrets());
        try {
            return text.isEmpty() ? new TreeMap<>() : JSON.readValue(text.get(), ADDRESSES);
        } catch (JsonProcessingException e) {
            // the cause would quote a password
            throw new Problem(
                    ExitCode.DISK,
                    folder.secrets() + " cannot be read at " + e.getLocation().offsetDescription()
                            + "; remove it and add the streams again");
        }
    }

    private void change(Consumer<Map<String, String>> change) {
        synchronized (THREADS) {
            try {
                OsLock alone = lock();
                try {
                    Map<String, String> addresses = read();
                    change.accept(addresses);
                    PrivateFile.write(folder.secrets(), JSON.writeValueAsString(addresses));
                } finally {
                    alone.close();
                }
            } catch (IOException e) {
                throw new Problem(ExitCode.DISK, folder.secrets() + " cannot be changed: " + e, e);
            }
        }
    }

    private OsLock lock() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Optional<OsLock> lock = OsLock.tryLock(folder.secretsLock());
            if (lock.isPresent()) {
                return lock.get();
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IOException("another process changes it");
    }

    private static ObjectNode keys(Definition stream) {
        try {
            return JSON.readTree(stream.json()) instanceof ObjectNode keys ? keys : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
