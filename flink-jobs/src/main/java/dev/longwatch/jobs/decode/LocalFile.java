// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.longwatch.jobs.decode.VideoException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** What can be said about a file before FFmpeg sees it, in better words than FFmpeg's. */
final class LocalFile {

    private LocalFile() {}

    /**
     * @param uri a path, or a {@code file:} URI
     * @return a plain, readable file that is not empty
     */
    static Path of(String uri) throws VideoException {
        Path path = path(uri);
        if (!Files.exists(path)) {
            throw new VideoException(Kind.MISSING, uri, "does not exist");
        }
        if (!Files.isRegularFile(path)) {
            String found = Files.isDirectory(path) ? "a folder" : "a pipe or device";
            throw new VideoException(Kind.NOT_A_FILE, uri, "is not a video: expected a file, found " + found);
        }
        if (!Files.isReadable(path)) {
            throw new VideoException(
                    Kind.NOT_READABLE,
                    uri,
                    "may not be read by user " + System.getProperty("user.name") + ": check its permissions");
        }
        try {
            if (Files.size(path) == 0) {
                throw new VideoException(Kind.EMPTY, uri, "is empty: 0 bytes");
            }
        } catch (VideoException e) {
            throw e;
        } catch (IOException e) {
            throw new VideoException(Kind.NOT_READABLE, uri, "cannot be read: " + e.getMessage());
        }
        return path;
    }

    /** Why FFmpeg could not open a file. */
    static VideoException unreadable(String uri, Path path, String words) {
        try (InputStream in = Files.newInputStream(path)) {
            String start = new String(in.readNBytes(12), US_ASCII);
            if (start.length() >= 8 && start.startsWith("ftyp", 4)) {
                return new VideoException(
                        Kind.TRUNCATED,
                        uri,
                        "is cut off or damaged: an MP4 whose index is missing, as when a recording or a copy broke off");
            }
        } catch (IOException e) {
            return new VideoException(Kind.NOT_READABLE, uri, "cannot be read: " + e.getMessage());
        }
        return new VideoException(
                Kind.NOT_A_VIDEO, uri, "is not a video in a known format: " + words.toLowerCase(Locale.ROOT));
    }

    private static Path path(String uri) throws VideoException {
        try {
            if (uri.startsWith("file:")) {
                return Path.of(URI.create(uri));
            }
            int scheme = uri.indexOf("://");
            if (scheme > 0) {
                throw new VideoException(
                        Kind.NOT_A_FILE,
                        uri,
                        "cannot be watched: expected a file, found an address of " + uri.substring(0, scheme));
            }
            return Path.of(uri);
        } catch (InvalidPathException | FileSystemNotFoundException e) {
            throw new VideoException(Kind.MISSING, uri, "is no file name: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new VideoException(Kind.MISSING, uri, "is no address of a file: " + e.getMessage());
        }
    }
}
