// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.event.TimeSpan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was recorded of streams on this machine, as the recorder's folders say.
 *
 * @param root of all recordings
 */
public record Recordings(Path root) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How the recorder writes what is no letter or digit into the name of a folder. */
    private static final Pattern ESCAPED = Pattern.compile("=([0-9a-f]{2})|(.)");

    /** The streams' names. */
    public Set<String> streams() {
        return folders().keySet();
    }

    /**
     * From when to when a stream was recorded, milliseconds since 1970 UTC; with gaps, perhaps. Nothing when it never was.
     */
    public Optional<TimeSpan> of(String stream) {
        Path folder = folders().get(stream);
        if (folder == null) {
            return Optional.empty();
        }
        List<Path> pages = pages(folder.resolve("index"));
        return entry(pages, 0).flatMap(first -> entry(reversed(pages), Integer.MAX_VALUE)
                .map(last -> new TimeSpan(
                        first.path("startMillis").asLong(),
                        last.path("endMillis").asLong())));
    }

    /** How a job is told of the recording of a stream. */
    public String uri() {
        return "recording:" + root.toAbsolutePath().normalize();
    }

    private Map<String, Path> folders() {
        Map<String, Path> folders = new TreeMap<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> each = Files.list(root)) {
                each.filter(folder -> Files.isDirectory(folder.resolve("index")))
                        .forEach(folder -> folders.put(name(folder), folder));
            } catch (IOException e) {
                throw new Problem(ExitCode.DISK, "the recordings in " + root + " cannot be read: " + e, e);
            }
        }
        return folders;
    }

    private static String name(Path folder) {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        Matcher each = ESCAPED.matcher(folder.getFileName().toString());
        while (each.find()) {
            name.write(each.group(1) == null ? each.group(2).charAt(0) : Integer.parseInt(each.group(1), 16));
        }
        return name.toString(UTF_8);
    }

    /** They are named by their hour. */
    private static List<Path> pages(Path index) {
        try (Stream<Path> each = Files.list(index)) {
            return each.filter(page -> page.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, "the recording in " + index + " cannot be read: " + e, e);
        }
    }

    private static List<Path> reversed(List<Path> pages) {
        List<Path> reversed = new ArrayList<>(pages);
        Collections.reverse(reversed);
        return reversed;
    }

    /** An entry of the first page that has any, the last one if there are fewer; they stand in order of time. */
    private static Optional<JsonNode> entry(List<Path> pages, int number) {
        for (Path page : pages) {
            List<JsonNode> entries = entries(page);
            if (!entries.isEmpty()) {
                return Optional.of(entries.get(Math.min(number, entries.size() - 1)));
            }
        }
        return Optional.empty();
    }

    private static List<JsonNode> entries(Path page) {
        try (Stream<String> lines = Files.lines(page)) {
            return lines.map(Recordings::parsed)
                    .filter(entry -> entry.has("endMillis"))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(ExitCode.DISK, page + " cannot be read: " + e, e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            // the rest of a line that was torn
            return JSON.nullNode();
        }
    }
}
