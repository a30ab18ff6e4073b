// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pictures and clips that were made of videos. Bounded: what is older than a day goes, and when there is too much the oldest.
 * Names of files are hashes, by the stream first, so that a stream can be forgotten.
 */
public final class MediaCache {

    /** As long as a picture outlives the footage it was made of, at most. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final long MOST_BYTES = 1L << 30;

    private static final Pattern ID = Pattern.compile("([0-9a-f]{64})-([0-9a-f]{64})");

    private final Path folder;
    private final long mostBytes;
    private final Clock clock;

    MediaCache(Path folder, long mostBytes, Clock clock) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    public static MediaCache in(DataFolder data) {
        return new MediaCache(data.mediaCache(), MOST_BYTES, Clock.systemUTC());
    }

    /** Writes a file. */
    public interface Maker {

        /** @param file not there yet; its directory is */
        void write(Path file) throws IOException;
    }

    /** The file of that name, unless it was never made or is gone. */
    public Optional<Path> find(String stream, String name, String ending) throws IOException {
        return fresh(file(stream, name, ending));
    }

    private Optional<Path> fresh(Path file) throws IOException {
        try {
            return isFresh(Files.readAttributes(file, BasicFileAttributes.class))
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The file of that name, made when it is not there.
     *
     * @param stream the stream it shows
     * @param name tells what it shows of it, anything
     * @param ending of the file's name, such as {@code .jpg}
     */
    public Path get(String stream, String name, String ending, Maker maker) throws IOException {
        Optional<Path> there = find(stream, name, ending);
        return there.isPresent() ? there.get() : make(stream, name, ending, maker);
    }

    /** The same, made in any case. */
    public Path make(String stream, String name, String ending, Maker maker) throws IOException {
        Path file = file(stream, name, ending);
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(file.getParent(), "draft", ending);
        try {
            maker.write(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        trim();
        return file;
    }

    /** What stands for a file that was made, in an address. */
    public static String id(Path file) {
        String name = String.valueOf(file.getFileName());
        Path theirs = Objects.requireNonNull(file.getParent(), "files lie in the folder of their stream");
        return theirs.getFileName() + "-" + name.substring(0, name.lastIndexOf('.'));
    }

    /** The file that an id stands for, unless it is gone. */
    public Optional<Path> byId(String id, String ending) throws IOException {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return fresh(folder.resolve(parts.group(1)).resolve(parts.group(2) + ending));
    }

    /** Deletes everything that shows a stream. */
    public void forget(String stream) {
        Path theirs = folder.resolve(sha256(stream));
        try {
            for (Path file : files(theirs)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(theirs);
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(ExitCode.DISK, "pictures in " + theirs + " cannot be deleted: " + e, e);
        }
    }

    private synchronized void trim() throws IOException {
        List<Path> oldestFirst = new ArrayList<>(files(folder));
        oldestFirst.sort(Comparator.comparingLong(MediaCache::written));
        long bytes = 0;
        for (Path file : oldestFirst) {
            bytes += size(file);
        }
        for (Path file : oldestFirst) {
            if (bytes <= mostBytes && written(file) + KEPT.toMillis() > clock.millis()) {
                return;
            }
            bytes -= size(file);
            Files.deleteIfExists(file);
        }
    }

    private boolean isFresh(BasicFileAttributes file) {
        return file.lastModifiedTime().toMillis() + KEPT.toMillis() > clock.millis();
    }

    private Path file(String stream, String name, String ending) {
        return folder.resolve(sha256(stream)).resolve(sha256(name) + ending);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> each = Files.walk(folder)) {
            return each.filter(Files::isRegularFile).toList();
        }
    }

    /** 0 of one that somebody else has deleted. */
    private static long written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
