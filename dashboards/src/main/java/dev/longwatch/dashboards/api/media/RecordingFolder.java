// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One stream's recording on this machine, as the recording job lays it out: {@code segments/HOUR/EPOCH-ORDINAL.mp4} and
 * {@code index/HOUR.jsonl}, hours in UTC. Only files that the index names are given out.
 */
final class RecordingFolder {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A file of some seconds.
     *
     * @param path relative to the folder
     * @param startMillis since 1970 UTC
     * @param endMillis exclusive
     * @param bytes its size
     * @param ordinal counts the segments of the stream
     * @param durationMillis of its pictures, which may have been sent too late for all of it to be new
     */
    record Segment(String path, long startMillis, long endMillis, long bytes, long ordinal, long durationMillis) {}

    private final Path folder;

    /**
     * @param root of all recordings
     * @param stream its name, anything
     */
    RecordingFolder(Path root, String stream) {
        folder = root.resolve(escaped(stream));
    }

    /**
     * The segments that overlap a stretch of wall clock, in order; also those that retention has deleted since.
     *
     * @param fromMillis since 1970 UTC
     * @param toMillis after it
     */
    List<Segment> segments(long fromMillis, long toMillis) throws IOException {
        List<Segment> found = new ArrayList<>();
        // a segment stands in the hour in which it begins
        Instant hour =
                Instant.ofEpochMilli(fromMillis).truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
        while (hour.toEpochMilli() < toMillis) {
            for (Segment segment : page(HOUR.format(hour))) {
                if (segment.endMillis() > fromMillis && segment.startMillis() < toMillis) {
                    found.add(segment);
                }
            }
            hour = hour.plus(1, ChronoUnit.HOURS);
        }
        return found;
    }

    /** The file of the segment of that name, if the index has it. */
    Optional<Path> file(String hour, String name) throws IOException {
        String path = "segments/" + hour + "/" + name;
        return page(hour).stream()
                .map(Segment::path)
                .filter(path::equals)
                .map(folder::resolve)
                .findFirst();
    }

    /** The file of a segment that {@link #segments} named. */
    Path file(Segment segment) {
        return folder.resolve(segment.path());
    }

    private List<Segment> page(String hour) throws IOException {
        List<Segment> segments = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(folder.resolve("index").resolve(hour + ".jsonl"), UTF_8)) {
                read(line).ifPresent(segments::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return segments;
    }

    /** Gaps are no segments, and the last line may be half written. */
    private static Optional<Segment> read(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node == null || !node.path("type").asText().equals("segment")) {
                return Optional.empty();
            }
            long start = node.path("startMillis").asLong();
            long end = node.path("endMillis").asLong();
            return Optional.of(new Segment(
                    node.path("path").asText(),
                    start,
                    end,
                    node.path("bytes").asLong(),
                    node.path("ordinal").asLong(),
                    node.has("durationMicros") ? node.path("durationMicros").asLong() / 1_000 : end - start));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** As the recording job names the folder of a stream. */
    private static String escaped(String stream) {
        StringBuilder name = new StringBuilder();
        for (byte each : stream.getBytes(UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            boolean dot = (c == '.' || c == '_') && name.length() > 0;
            name.append(plain || dot ? String.valueOf(c) : String.format(Locale.ROOT, "=%02x", (int) c));
        }
        return name.toString();
    }
}
