// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that makes pictures and clips of videos. It is started when something is wanted, and again when it has died or
 * was too slow; it is stopped when nothing was wanted for a while. One thing is made at a time.
 */
public final class MediaWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaWorker.class);

    private final Start start;
    private final Duration limit;
    private final Duration idle;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ScheduledExecutorService idleness = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "longwatch-media-idle");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> idling;
    private @Nullable Running running;
    private long lastUsedNanos;
    private boolean closed;

    /** Starts the process. */
    public interface Start {

        /** @param request its first one */
        JobProcess process(String request);
    }

    /** Nothing was made: it takes too long, or the process has died; the sentence says which. */
    public static final class NotMade extends Exception {

        private static final long serialVersionUID = 1L;

        NotMade(String message) {
            super(message);
        }
    }

    /**
     * @param limit how long one thing may take, and how long one waits for its turn
     * @param idle after how long without a request the process is stopped
     */
    public MediaWorker(Start start, Duration limit, Duration idle) {
        this.start = start;
        this.limit = limit;
        this.idle = idle;
        long millis = Math.max(1, idle.toMillis() / 2);
        idling = idleness.scheduleWithFixedDelay(this::stopWhenIdle, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Has something made.
     *
     * @param request JSON on one line
     * @return the process's answer
     * @throws NotMade when there is none
     */
    public JsonNode ask(String request) throws NotMade, InterruptedException {
        if (!turn.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new NotMade("too many pictures are being made");
        }
        try {
            if (closed) {
                throw new NotMade("it is being stopped");
            }
            Running asked = asked(request);
            JsonNode answer = asked.answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                drop();
                throw new NotMade("it takes more than " + limit.toSeconds() + " s");
            }
            if (answer.isMissingNode()) {
                drop();
                throw new NotMade("the process that makes pictures has died; its log says why");
            }
            return answer;
        } finally {
            lastUsedNanos = System.nanoTime();
            turn.unlock();
        }
    }

    private Running asked(String request) {
        Running there = running;
        if (there != null && there.take(request)) {
            return there;
        }
        drop();
        Running begun = new Running(start.process(request));
        running = begun;
        return begun;
    }

    private void stopWhenIdle() {
        if (turn.tryLock()) {
            try {
                if (running != null && System.nanoTime() - lastUsedNanos > idle.toNanos()) {
                    running.process.close();
                    running = null;
                }
            } finally {
                turn.unlock();
            }
        }
    }

    private void drop() {
        if (running != null) {
            running.process.kill();
            running = null;
        }
    }

    @Override
    public void close() {
        idling.cancel(false);
        idleness.shutdown();
        turn.lock();
        try {
            closed = true;
            if (running != null) {
                running.process.close();
                running = null;
            }
        } finally {
            turn.unlock();
        }
    }

    /** A process with what it says. */
    private static final class Running {

        private final JobProcess process;
        private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();

        Running(JobProcess process) {
            this.process = process;
            Thread reader = new Thread(this::read, "longwatch-media-answers");
            reader.setDaemon(true);
            reader.start();
        }

        /** @return whether it still reads */
        boolean take(String request) {
            if (!answers.isEmpty()) {
                return false; // it has ended, or speaks without being asked
            }
            try {
                process.send(request);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private void read() {
            try {
                process.follow(line -> {
                    if (line.has("type")) {
                        answers.add(line);
                    }
                });
            } catch (Problem e) {
                LOG.warn("the process that makes pictures: {}", e.getMessage());
            } finally {
                answers.add(MissingNode.getInstance());
            }
        }
    }
}
