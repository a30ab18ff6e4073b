// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the keeper writes down once its server answers.
 *
 * @param port on the loopback interface
 * @param keeperPid the process that keeps the server
 * @param distribution such as {@code elasticsearch-8.19.21}
 */
public record RunningServer(int port, long keeperPid, String distribution) {

    private static final Pattern JSON = Pattern.compile(
            "\\{\\s*\"port\"\\s*:\\s*(\\d{1,5}),\\s*\"keeper\"\\s*:\\s*(\\d{1,18}),\\s*\"distribution\"\\s*:\\s*\"([^\"]*)\"\\s*}");

    public ElasticsearchAddress address() {
        return ElasticsearchAddress.of("http://127.0.0.1:" + port);
    }

    void write(Path file) throws IOException {
        String json =
                "{\"port\": " + port + ", \"keeper\": " + keeperPid + ", \"distribution\": \"" + distribution + "\"}\n";
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, json, UTF_8);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** @return nothing when the file is missing or cannot be read as what the keeper writes */
    static Optional<RunningServer> read(Path file) throws IOException {
        try {
            Matcher json = JSON.matcher(Files.readString(file, UTF_8).strip());
            if (!json.matches()) {
                return Optional.empty();
            }
            return Optional.of(
                    new RunningServer(Integer.parseInt(json.group(1)), Long.parseLong(json.group(2)), json.group(3)));
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        }
    }
}
