// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.dashboards.api.alerts.AlertAnswer;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Json;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.search.Change;
import dev.longwatch.indexer.search.ChangeLog;
import dev.longwatch.indexer.search.ChangePosition;
import dev.longwatch.indexer.search.EventFilter;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * {@code /events/stream}: events and alerts as they come and change, as server-sent events. An id says how far its reader
 * has read, by what the index itself counts: who comes back with {@code Last-Event-ID} misses nothing, whatever was started
 * anew meanwhile.
 *
 * <p>A follower has one thread and at most one page of news in memory. One that does not read holds up itself: it is dropped
 * when its connection takes nothing for the server's idle time.
 */
public final class EventStream implements AutoCloseable {

    private static final int MOST_FOLLOWERS = 32;
    private static final int PAGE = 200;
    private static final int LONGEST_ID = 8_000;

    private final ChangeLog log;
    private final Filters filters;
    private final Duration heartbeat;
    private final News news;
    private final AtomicInteger followers = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST_FOLLOWERS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "longwatch-follower");
                thread.setDaemon(true);
                return thread;
            });

    /** @param heartbeat how often a follower hears something when there are no news */
    public EventStream(ChangeLog log, Filters filters, Duration heartbeat) {
        this.log = log;
        this.filters = filters;
        this.heartbeat = heartbeat;
        news = new News(log);
        news.start();
    }

    /** How many follow at the moment. */
    public int followers() {
        return followers.get();
    }

    public void follow(Context context) throws IOException {
        Input query = Input.ofQuery(context);
        EventFilter filter = filters.read(query);
        String after = query.has("after") ? query.text("after", LONGEST_ID) : "";
        query.done();
        String last = context.header("Last-Event-ID");
        @Nullable ChangePosition from = position(last != null ? "Last-Event-ID" : "after", last != null ? last : after);
        context.header("Cache-Control", "no-cache");
        // proxies that gather answers would hold news back
        context.header("X-Accel-Buffering", "no");
        context.res().setContentType("text/event-stream");
        context.res().setCharacterEncoding("utf-8");
        if (context.method() == HandlerType.HEAD) {
            return;
        }
        ChangePosition now = news.follow();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Follower follower = new Follower(context.res().getOutputStream(), filter, done);
        try {
            threads.execute(() -> follower.run(from == null ? now : from));
        } catch (RejectedExecutionException e) {
            news.unfollow();
            context.res().setContentType(null);
            throw new HttpProblem(
                            Kind.UNAVAILABLE, "expected at most " + MOST_FOLLOWERS + " who follow events at a time")
                    .with("Retry-After", "10");
        }
        context.future(() -> done);
    }

    /** Ends all streams; their readers come back by themselves. */
    @Override
    public void close() {
        news.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null when it is not said: from now on. */
    private static @Nullable ChangePosition position(String field, String id) {
        if (id.isEmpty()) {
            return null;
        }
        try {
            return ChangePosition.parse(id);
        } catch (IndexException e) {
            throw HttpProblem.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    /** One who follows. */
    private final class Follower {

        private final OutputStream out;
        private final EventFilter filter;
        private final CompletableFuture<Void> done;

        Follower(OutputStream out, EventFilter filter, CompletableFuture<Void> done) {
            this.out = out;
            this.filter = filter;
            this.done = done;
        }

        void run(ChangePosition from) {
            followers.incrementAndGet();
            try {
                // an id at once: whoever is cut off before the first news comes back to here
                write("retry: 3000\nid: " + from + "\n\n");
                tell(from);
            } catch (IOException e) {
                // hung up, or does not read
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                followers.decrementAndGet();
                news.unfollow();
                done.complete(null);
            }
        }

        private void tell(ChangePosition from) throws IOException, InterruptedException {
            ChangePosition read = from;
            while (!news.isClosed()) {
                ChangePosition end = news.await(read, heartbeat);
                ChangePosition reached = read.equals(end) ? read : next(read, end);
                if (reached.equals(read)) {
                    write(": nothing new\n\n");
                }
                if (reached.equals(read) && !read.equals(end)) {
                    news.rest();
                }
                read = reached;
            }
        }

        /** A page of news; nothing while Elasticsearch is away. */
        private ChangePosition next(ChangePosition read, ChangePosition end) throws IOException {
            ChangeLog.Changes changes;
            try {
                changes = log.between(read, end, filter, PAGE);
            } catch (IndexException e) {
                return read;
            }
            for (Change change : changes.changes()) {
                write("id: " + change.after() + "\nevent: " + name(change) + "\ndata: " + data(change) + "\n\n");
            }
            if (changes.changes().isEmpty()) {
                write("id: " + changes.reached() + "\n\n");
            }
            return changes.reached();
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(UTF_8));
            out.flush();
        }
    }

    private static String name(Change change) {
        return change instanceof Change.OfEvent ? "event" : "alert";
    }

    private static String data(Change change) {
        if (change instanceof Change.OfEvent event) {
            return Json.line(EventAnswer.of(event.event()));
        }
        return Json.line(AlertAnswer.of(((Change.OfAlert) change).alert(), null));
    }
}
