// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.uploads;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A video that is being sent: a folder with what was promised and as much as has come.
 *
 * @param folder of this one
 * @param name of the video, anything
 * @param bytes how many it will have
 */
record Upload(Path folder, String name, long bytes) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROMISE = "upload.json";
    private static final Pattern ENDING = Pattern.compile("\\.[0-9A-Za-z]{1,5}$");
    private static final int PIECE = 1 << 16;

    private record Promise(String name, long bytes) {}

    /** Begins one. */
    static Upload begin(Path folder, String name, long bytes) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Upload upload = new Upload(folder, name, bytes);
        Files.createFile(upload.file());
        JSON.writeValue(folder.resolve(PROMISE).toFile(), new Promise(name, bytes));
        return upload;
    }

    /** The one in a folder, if there is one. */
    static Optional<Upload> read(Path folder) throws IOException {
        try {
            Promise promise = JSON.readValue(Files.readAllBytes(folder.resolve(PROMISE)), Promise.class);
            // who deletes the video deletes the file
            return Optional.of(new Upload(folder, promise.name(), promise.bytes()))
                    .filter(upload -> Files.exists(upload.file()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Where the video is: of its name only a plain ending is taken. */
    Path file() {
        Matcher ending = ENDING.matcher(name);
        return folder.resolve("video" + (ending.find() ? ending.group() : ""));
    }

    long received() throws IOException {
        return Files.size(file());
    }

    /** When the last piece of it came. */
    Instant changed() throws IOException {
        return Files.getLastModifiedTime(file()).toInstant();
    }

    void delete() throws IOException {
        // what is half deleted is no upload any more
        Files.deleteIfExists(folder.resolve(PROMISE));
        Files.deleteIfExists(file());
        Files.deleteIfExists(folder);
    }

    /**
     * Adds what comes, up to what was promised.
     *
     * @return whether nothing was left over
     */
    boolean append(InputStream in) throws IOException {
        try (FileChannel to = FileChannel.open(file(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                ReadableByteChannel from = Channels.newChannel(in)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (from.read(piece) >= 0) {
                piece.flip();
                if (to.size() + piece.remaining() > bytes) {
                    return false;
                }
                while (piece.hasRemaining()) {
                    to.write(piece);
                }
                piece.clear();
            }
            return true;
        }
    }
}
