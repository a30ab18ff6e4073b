// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.auth;

import dev.longwatch.dashboards.govern.PrivateFile;
import dev.longwatch.dashboards.local.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has logged in with the token from a page. A browser gets a word of chance, this side keeps a hash of it and of the
 * token: with another token no session is found any more. Kept in a file of its owner's, so that nobody logs in again after a
 * restart; a file that is no good costs the sessions and nothing else.
 */
final class Sessions {

    static final Duration LIFE = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String FILE = "sessions.sha256";
    private static final int MOST = 100;
    /** A hash and when the session ends, milliseconds since 1970 UTC. */
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) ([0-9]{1,15})");

    private static final long LARGEST_FILE = MOST * 100;

    private final ApiToken token;
    private final Path file;
    private final Clock clock;

    /** When each ends, by its hash. The oldest is forgotten first. */
    private final Map<String, Long> ends = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Those that are kept in a folder, which is made when there is something to keep. */
    Sessions(ApiToken token, Path folder, Clock clock) {
        this.token = token;
        this.clock = clock;
        file = folder.resolve(FILE);
        try {
            read();
        } catch (Problem | IOException | IllegalArgumentException e) {
            ends.clear();
            LOG.warn("{} holds no sessions, everybody has to sign in again: {}", file, e.getMessage());
        }
    }

    /** Begins one, for somebody whose token was right. */
    synchronized String begin() {
        String word = ApiToken.random();
        ends.put(hash(word), clock.millis() + LIFE.toMillis());
        write();
        return word;
    }

    synchronized boolean holds(String word) {
        // found by a hash: how long it takes tells nothing about the word
        Long end = ends.get(hash(word));
        return end != null && clock.millis() < end;
    }

    synchronized void end(String word) {
        if (ends.remove(hash(word)) != null) {
            write();
        }
    }

    /** The word has as much chance as the token: who reads the file learns neither. */
    private String hash(String word) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(ApiToken.sha256(word + " " + hex.formatHex(token.hash())));
    }

    private void read() throws IOException {
        if (Files.exists(file) && Files.size(file) > LARGEST_FILE) {
            throw new IOException("expected " + LARGEST_FILE + " bytes at most, found " + Files.size(file));
        }
        String text = PrivateFile.read(file).orElse("");
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("expected a hash and a time on each line");
            }
            ends.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
    }

    /** A disk that is full keeps nobody out. */
    private void write() {
        ends.values().removeIf(end -> end <= clock.millis());
        String text = ends.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(file.resolveSibling(""));
            PrivateFile.write(file, text);
        } catch (Problem | IOException e) {
            LOG.warn("sessions are not kept, after a restart everybody has to sign in again: {}", e.getMessage());
        }
    }
}
