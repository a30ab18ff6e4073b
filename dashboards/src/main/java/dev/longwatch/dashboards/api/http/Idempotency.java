// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Does a {@code POST} with an {@code Idempotency-Key} once: who asks again with the same key gets the same answer for a day,
 * also after a restart. Answers are files, one a key; a failure of ours is not kept, so that it can be tried again.
 */
public final class Idempotency {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST = 10_000;
    private static final int TIDIED_EVERY = 100;

    /** How a request came out. */
    private record Kept(String request, int status, String contentType, String body) {}

    private final Path folder;
    private final Clock clock;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger kept = new AtomicInteger();

    public Idempotency(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Answers, or has {@code handler} do it. */
    public void answer(Context context, Handler handler) throws Exception {
        String key = context.header(HEADER);
        if (key == null) {
            handler.handle(context);
            return;
        }
        if (!KEY.matcher(key).matches()) {
            throw HttpProblem.invalid(HEADER, "expected 1 to 255 visible characters of ASCII");
        }
        String request = sha256(
                context.method() + " " + context.path() + " " + context.queryString() + " ", Body.bytes(context));
        String name = sha256(key, new byte[0]);
        if (!running.add(name)) {
            throw new HttpProblem(Kind.CONFLICT, "a request with this " + HEADER + " is being answered right now")
                    .with("Retry-After", "1");
        }
        try {
            answer(context, handler, request, folder.resolve(name + ".json"));
        } finally {
            running.remove(name);
        }
    }

    private void answer(Context context, Handler handler, String request, Path file) throws Exception {
        if (isFresh(file)) {
            Kept kept = Json.MAPPER.readValue(Files.readAllBytes(file), Kept.class);
            if (!kept.request().equals(request)) {
                throw HttpProblem.invalid(HEADER, "expected a new key, found one that came with another request");
            }
            context.status(kept.status())
                    .contentType(kept.contentType())
                    .result(kept.body().getBytes(UTF_8));
            context.header("Idempotency-Replayed", "true");
            return;
        }
        handler.handle(context);
        String body = context.result();
        String type = context.res().getContentType();
        keep(file, new Kept(request, context.statusCode(), type == null ? "" : type, body == null ? "" : body));
    }

    private boolean isFresh(Path file) throws IOException {
        try {
            FileTime written = Files.getLastModifiedTime(file);
            return written.toMillis() + KEPT.toMillis() > clock.millis();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void keep(Path file, Kept kept) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(folder, "answer", ".new");
        Files.write(draft, Json.MAPPER.writeValueAsBytes(kept));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (this.kept.getAndIncrement() % TIDIED_EVERY == 0) {
            forget();
        }
    }

    /** What is older than a day, and beyond the bound the oldest. */
    private void forget() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file ->
                            !running.contains(file.getFileName().toString().replace(".json", "")))
                    .sorted(Comparator.comparing(Idempotency::written))
                    .toList();
        }
        for (int i = 0; i < files.size(); i++) {
            if (i >= files.size() - MOST && written(files.get(i)) + KEPT.toMillis() > clock.millis()) {
                return;
            }
            Files.deleteIfExists(files.get(i));
        }
    }

    private static long written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            // somebody else has deleted it
            return 0;
        }
    }

    private static String sha256(String first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(second));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
