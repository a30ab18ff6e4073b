// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends a file, or the part of it that is asked for (RFC 9110), in pieces. */
final class FileAnswer {

    private static final int PIECE = 1 << 16;

    private static final Map<String, String> TYPES = Map.of(
            "mp4", "video/mp4",
            "m4v", "video/mp4",
            "mov", "video/quicktime",
            "webm", "video/webm",
            "mkv", "video/x-matroska",
            "avi", "video/x-msvideo",
            "ts", "video/mp2t",
            "jpg", "image/jpeg");

    private FileAnswer() {}

    /** @throws HttpProblem when there is no such file, or not such a part of it */
    static void send(Context context, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(regular(file), StandardOpenOption.READ)) {
            send(context, channel, file);
        } catch (NoSuchFileException e) {
            throw gone();
        }
    }

    private static void send(Context context, FileChannel channel, Path file) throws IOException {
        long size = channel.size();
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        String tag = "\"" + Long.toHexString(modified.toEpochMilli()) + "-" + Long.toHexString(size) + "\"";
        HttpServletResponse response = context.res();
        response.setHeader("ETag", tag);
        response.setHeader("Last-Modified", date(modified));
        response.setHeader("Accept-Ranges", "bytes");
        // asked again each time, answered with 304
        response.setHeader("Cache-Control", "private, no-cache");
        if (isKnown(context, tag, modified)) {
            response.setStatus(304);
            return;
        }
        ByteRange range = range(context, size, tag, modified);
        if (range != null && !range.satisfiable()) {
            throw new HttpProblem(Kind.RANGE_NOT_SATISFIABLE, "expected a part of " + size + " bytes")
                    .with("Content-Range", "bytes */" + size);
        }
        if (range == null) {
            response.setStatus(200);
        } else {
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size);
        }
        response.setContentType(type(file));
        long length = range == null ? size : range.length();
        response.setContentLengthLong(length);
        if (context.method() == HandlerType.HEAD) {
            // else an answer without a body is said to be empty
            response.flushBuffer();
        } else {
            copy(channel, range == null ? 0 : range.first(), length, response.getOutputStream());
        }
    }

    private static void copy(FileChannel channel, long from, long length, OutputStream out) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long position = from;
        long end = from + length;
        while (position < end) {
            piece.clear().limit((int) Math.min(PIECE, end - position));
            int read = channel.read(piece, position);
            if (read < 0) {
                throw new IOException("the file was cut short while it was sent");
            }
            out.write(piece.array(), 0, read);
            position += read;
        }
    }

    /** Ranges are for GET; with If-Range only of the very file that the other side has a part of. */
    private static @Nullable ByteRange range(Context context, long size, String tag, Instant modified) {
        String header = context.header("Range");
        if (header == null || context.method() != HandlerType.GET) {
            return null;
        }
        String condition = context.header("If-Range");
        if (condition != null) {
            boolean same = condition.startsWith("\"") ? condition.equals(tag) : condition.equals(date(modified));
            if (!same) {
                return null;
            }
        }
        return ByteRange.of(header, size);
    }

    private static boolean isKnown(Context context, String tag, Instant modified) {
        String tags = context.header("If-None-Match");
        if (tags != null) {
            return Arrays.stream(tags.split(",", 100))
                    .map(String::strip)
                    .anyMatch(each ->
                            each.equals("*") || each.replaceFirst("^W/", "").equals(tag));
        }
        String since = context.header("If-Modified-Since");
        if (since == null) {
            return false;
        }
        try {
            Instant held = ZonedDateTime.parse(since, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return !modified.truncatedTo(ChronoUnit.SECONDS).isAfter(held);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String date(Instant instant) {
        return HTTP_DATE.format(instant);
    }

    /** RFC 1123 with two digits for the day, as HTTP wants it. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static String type(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    /** A pipe or device would hold the answer up for ever. */
    private static Path regular(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw gone();
        }
        return file;
    }

    private static HttpProblem gone() {
        return HttpProblem.notFound("the file that was watched is no longer there");
    }
}
