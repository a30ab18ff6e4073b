// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.uploads;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.VideoCatalog;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /uploads}: videos that are sent piece by piece, and then watched one after the other. What breaks off goes on where
 * it broke off, after a restart too.
 */
public final class Uploads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final int LONGEST_NAME = 200;
    private static final long LEFT_FREE = 1L << 30;
    /** Nobody goes on with what has been lying unfinished for so long. */
    private static final Duration ABANDONED = Duration.ofDays(7);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern OFFSET = Pattern.compile("\\d{1,15}");

    /** How far it is. */
    private enum State {
        RECEIVING,
        RECEIVED,
        WAITING,
        WATCHING,
        WATCHED,
        FAILED
    }

    private record Known(
            String id, String name, long bytes, long receivedBytes, String state, @Nullable String problem) {}

    private record Watched(String video) {}

    private record Progress(State state, String problem) {}

    private final Path folder;
    private final DataFolder data;
    private final VideoCatalog catalog;
    private final ElasticsearchAddress address;
    private final IndexNames names;
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Map<String, Progress> progress = new ConcurrentHashMap<>();
    private final ExecutorService watching = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "longwatch-uploads");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable JobProcess running;
    private volatile boolean closed;

    public Uploads(DataFolder data, VideoCatalog catalog, ElasticsearchAddress address, IndexNames names) {
        folder = data.root().resolve("uploads");
        this.data = data;
        this.catalog = catalog;
        this.address = address;
        this.names = names;
    }

    /** Begins one. */
    public void begin(Context context) throws IOException {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        String name = body.words("name", LONGEST_NAME).strip();
        long bytes = body.count("bytes");
        if (!body.has("bytes")) {
            body.refuse("bytes", "expected the size of the video");
        }
        body.done();
        forgetAbandoned();
        if (catalog.find(name).isPresent() || isComing(name)) {
            throw new HttpProblem(
                    Kind.CONFLICT, "there is a video called '" + name + "' already; send it with another name");
        }
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).getUsableSpace() - LEFT_FREE < bytes) {
            throw new HttpProblem(Kind.TOO_LARGE, "the disk of this Longwatch has no room for " + bytes + " bytes");
        }
        String id = UUID.randomUUID().toString().replace("-", "");
        context.status(201).json(known(id, Upload.begin(folder.resolve(id), name, bytes)));
    }

    public void get(Context context) throws IOException {
        Input.ofQuery(context).done();
        context.json(known(context.pathParam("id"), find(context)));
    }

    /** Takes the next piece, which begins where the last one ended. */
    public void append(Context context) throws IOException {
        Input.ofQuery(context).done();
        String type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
        if (!type.equals("application/octet-stream")) {
            throw new HttpProblem(Kind.UNSUPPORTED_TYPE, "expected the content type application/octet-stream");
        }
        String offset = String.valueOf(context.header("Upload-Offset"));
        if (!OFFSET.matcher(offset).matches()) {
            throw HttpProblem.invalid("Upload-Offset", "expected how many bytes were received before");
        }
        Upload upload = find(context);
        String id = context.pathParam("id");
        if (!written.add(id)) {
            throw new HttpProblem(Kind.CONFLICT, "another piece of it is being received").with("Retry-After", "1");
        }
        try {
            if (upload.received() != Long.parseLong(offset)) {
                throw new HttpProblem(
                                Kind.CONFLICT,
                                "expected what follows byte " + upload.received() + ", found what follows " + offset)
                        .saying("received_bytes", upload.received());
            }
            if (!upload.append(context.req().getInputStream())) {
                throw HttpProblem.invalid("body", "expected " + upload.bytes() + " bytes altogether, found more");
            }
            context.json(known(id, upload));
        } finally {
            written.remove(id);
        }
    }

    /** Has it watched, when those before it were. */
    public void watch(Context context) throws IOException {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        List<AlertRule> rules = new ArrayList<>();
        for (String text : body.names("rules")) {
            try {
                rules.add(AlertRule.of(text));
            } catch (IllegalArgumentException e) {
                body.refuse("rules", String.valueOf(e.getMessage()));
            }
        }
        body.done();
        Upload upload = find(context);
        String id = context.pathParam("id");
        if (upload.received() < upload.bytes()) {
            throw new HttpProblem(Kind.CONFLICT, "not all of it was received yet");
        }
        Progress before = progress.putIfAbsent(id, new Progress(State.WAITING, ""));
        if (before == null || before.state() == State.FAILED) {
            progress.put(id, new Progress(State.WAITING, ""));
            WatchPlan plan = WatchPlan.now(Map.of(upload.name(), upload.file().toString()), rules, rules.isEmpty());
            watching.execute(() -> watch(id, plan));
        }
        context.status(202).json(new Watched(upload.name()));
    }

    private void watch(String id, WatchPlan plan) {
        if (closed) {
            return;
        }
        progress.put(id, new Progress(State.WATCHING, ""));
        try (JobProcess job = JobProcess.start(
                Installation.find(),
                JobProcess.Program.WATCH,
                plan.json(address, names.prefix()),
                data.log("uploads"))) {
            running = job;
            List<String> problems = new ArrayList<>();
            job.follow(line -> {
                String problem = line.path("problem").asText();
                if (line.path("type").asText().equals("clip") && !problem.isEmpty()) {
                    problems.add(problem);
                }
            });
            progress.put(
                    id,
                    problems.isEmpty() ? new Progress(State.WATCHED, "") : new Progress(State.FAILED, problems.get(0)));
        } catch (Problem e) {
            LOG.warn("an upload could not be watched: {}", e.getMessage());
            progress.put(id, new Progress(State.FAILED, String.valueOf(e.getMessage())));
        } finally {
            running = null;
        }
    }

    private Upload find(Context context) throws IOException {
        String id = context.pathParam("id");
        if (!ID.matcher(id).matches()) {
            throw HttpProblem.notFound("there is no such upload");
        }
        return Upload.read(folder.resolve(id)).orElseThrow(() -> HttpProblem.notFound("there is no such upload"));
    }

    private void forgetAbandoned() throws IOException {
        Instant oldest = Instant.now().minus(ABANDONED);
        for (Upload upload : all()) {
            if (upload.received() < upload.bytes() && upload.changed().isBefore(oldest)) {
                LOG.info("an upload of '{}' was given up: nothing came for {} days", upload.name(), ABANDONED.toDays());
                upload.delete();
            }
        }
    }

    private boolean isComing(String name) throws IOException {
        return all().stream().anyMatch(upload -> upload.name().equals(name));
    }

    private List<Upload> all() throws IOException {
        List<Upload> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
                for (Path upload : each) {
                    Upload.read(upload).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private Known known(String id, Upload upload) throws IOException {
        long received = upload.received();
        Progress now = progress.getOrDefault(
                id, new Progress(received < upload.bytes() ? State.RECEIVING : State.RECEIVED, ""));
        return new Known(
                id,
                upload.name(),
                upload.bytes(),
                received,
                now.state().name().toLowerCase(Locale.ROOT),
                now.problem().isEmpty() ? null : now.problem());
    }

    /** What is being watched is stopped in order. */
    @Override
    public void close() {
        closed = true;
        watching.shutdown();
        JobProcess job = running;
        if (job != null) {
            job.stop();
        }
    }
}
