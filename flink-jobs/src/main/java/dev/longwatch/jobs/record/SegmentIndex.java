// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a stream and what was not: one JSON object a line, a page for each hour, in the order of time. One
 * recorder appends; any number of readers follow. A crash leaves at most the beginning of a line, which no reader takes for
 * one. A recorder that was thought dead and comes back finds lines it did not write, and stops.
 *
 * <p>A segment may be named here and be gone: retention deletes files first.
 */
public final class SegmentIndex {

    private static final String FOLDER = "index/";
    private static final String SUFFIX = ".jsonl";
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final StreamFolder folder;
    private final boolean appends;
    private String page = "";
    private long length = -1;

    /**
     * Some entries.
     *
     * @param ends where each of them ends
     * @param next to go on reading from
     */
    public record Lines(List<IndexEntry> entries, List<IndexPosition> ends, IndexPosition next) {}

    /**
     * Where a recorder goes on.
     *
     * @param end behind the last line
     * @param epoch the last one, 0 when there was none
     * @param ordinal of the last segment, 0 when there was none
     * @param coveredMillis end of the last entry, 0 when there was none
     */
    record Tail(IndexPosition end, long epoch, long ordinal, long coveredMillis) {}

    public SegmentIndex(StreamFolder folder) {
        this(folder, folder.isLocal());
    }

    /** @param appends whether a page is added to, not written anew with each line */
    SegmentIndex(StreamFolder folder, boolean appends) {
        this.folder = folder;
        this.appends = appends;
    }

    /** The hour of an instant, as pages and folders of segments are named. */
    static String hour(long millis) {
        return HOUR.format(Instant.ofEpochMilli(millis));
    }

    /** Pages in order. */
    List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>();
        for (String name : folder.list(FOLDER)) {
            if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
                pages.add(name.substring(0, name.length() - SUFFIX.length()));
            }
        }
        return pages;
    }

    /**
     * The entries from a position to the end of its page, or of the first page after it that has some. None when there are
     * none yet.
     */
    public Lines read(IndexPosition from) throws IOException {
        IndexPosition next = from;
        // a page is whole when a later one was there before it was read
        for (String each : pages()) {
            if (each.compareTo(from.page()) < 0) {
                continue;
            }
            long offset = each.equals(from.page()) ? from.offset() : 0;
            byte[] bytes = bytes(each, offset);
            int end = lastLineEnd(bytes);
            next = new IndexPosition(each, offset + end);
            List<IndexEntry> entries = new ArrayList<>();
            List<IndexPosition> ends = new ArrayList<>();
            parse(bytes, end, (entry, entryEnd) -> {
                entries.add(entry);
                ends.add(new IndexPosition(each, offset + entryEnd));
            });
            if (!entries.isEmpty()) {
                return new Lines(entries, ends, next);
            }
        }
        return new Lines(List.of(), List.of(), next);
    }

    /** All entries of an hour. */
    List<IndexEntry> page(String hour) throws IOException {
        byte[] bytes = bytes(hour, 0);
        List<IndexEntry> entries = new ArrayList<>();
        parse(bytes, lastLineEnd(bytes), (entry, unused) -> entries.add(entry));
        return entries;
    }

    /** For a recorder, before it appends. */
    Tail tail() throws IOException {
        List<String> pages = pages();
        IndexPosition end = IndexPosition.START;
        long epoch = 0;
        long covered = 0;
        for (int i = pages.size() - 1; i >= 0; i--) {
            List<IndexEntry> entries = page(pages.get(i));
            if (i == pages.size() - 1) {
                end = new IndexPosition(pages.get(i), folder.size(FOLDER + pages.get(i) + SUFFIX));
            }
            for (int k = entries.size() - 1; k >= 0; k--) {
                IndexEntry entry = entries.get(k);
                epoch = Math.max(epoch, entry.epoch());
                covered = Math.max(covered, entry.endMillis());
                if (entry instanceof Segment segment) {
                    return new Tail(end, epoch, segment.ordinal(), covered);
                }
            }
        }
        return new Tail(end, epoch, 0, covered);
    }

    /**
     * Adds a line.
     *
     * @return behind it
     * @throws IllegalStateException if somebody else did meanwhile
     */
    IndexPosition append(IndexEntry entry) throws IOException {
        String hour = hour(entry.startMillis());
        if (page.isEmpty() && length < 0) {
            List<String> pages = pages();
            page = pages.isEmpty() ? hour : pages.get(pages.size() - 1);
            length = folder.size(FOLDER + page + SUFFIX);
        }
        if (hour.compareTo(page) > 0) {
            refuseCompany();
            page = hour;
            length = 0;
        }
        refuseCompany();
        byte[] line = (json(entry) + "\n").getBytes(UTF_8);
        length = appends ? appended(line) : rewritten(line);
        return new IndexPosition(page, length);
    }

    /** A page of which nothing is left. */
    void deletePage(String hour) throws IOException {
        folder.delete(FOLDER + hour + SUFFIX);
    }

    private void refuseCompany() throws IOException {
        long found = folder.size(FOLDER + page + SUFFIX);
        if (found != length) {
            throw new IllegalStateException(
                    "somebody else records into " + folder + ": its index has " + found + " bytes, expected " + length);
        }
    }

    private long appended(byte[] line) throws IOException {
        Path file = Path.of(folder.resolve(FOLDER + page + SUFFIX).getPath());
        Files.createDirectories(file.resolveSibling("."));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(channel.size());
            ByteBuffer bytes = ByteBuffer.wrap(endsInLine(channel) ? line : behindTornLine(line));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return channel.position();
        }
    }

    private long rewritten(byte[] line) throws IOException {
        byte[] before = length == 0 ? new byte[0] : bytes(page, 0);
        byte[] after = new byte[before.length + line.length];
        System.arraycopy(before, 0, after, 0, before.length);
        System.arraycopy(line, 0, after, before.length, line.length);
        folder.publish(new ByteArrayInputStream(after), FOLDER + page + SUFFIX);
        return after.length;
    }

    private static boolean endsInLine(FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            return true;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) == '\n';
    }

    private static byte[] behindTornLine(byte[] line) {
        byte[] whole = new byte[line.length + 1];
        whole[0] = '\n';
        System.arraycopy(line, 0, whole, 1, line.length);
        return whole;
    }

    private byte[] bytes(String hour, long offset) throws IOException {
        if (folder.size(FOLDER + hour + SUFFIX) <= offset) {
            return new byte[0];
        }
        try (InputStream in = folder.read(FOLDER + hour + SUFFIX, offset)) {
            return in.readAllBytes();
        } catch (FileNotFoundException e) {
            // retention took it meanwhile
            return new byte[0];
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static void parse(byte[] bytes, int end, ObjIntConsumer<IndexEntry> found) {
        int start = 0;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                IndexEntry entry = entry(new String(bytes, start, i - start, UTF_8));
                if (entry != null) {
                    found.accept(entry, i + 1);
                }
                start = i + 1;
            }
        }
    }

    private static String json(IndexEntry entry) throws JsonProcessingException {
        ObjectNode node = JSON.createObjectNode().put("type", entry instanceof Segment ? "segment" : "gap");
        node.setAll((ObjectNode) JSON.valueToTree(entry));
        return JSON.writeValueAsString(node);
    }

    /** Null for the rest of a line that was torn. */
    private static @Nullable IndexEntry entry(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return switch (node.path("type").asText()) {
                case "segment" -> JSON.treeToValue(node, Segment.class);
                case "gap" -> JSON.treeToValue(node, Gap.class);
                default -> null;
            };
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
