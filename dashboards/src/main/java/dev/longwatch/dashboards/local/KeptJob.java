// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A job that is kept running: one that ends is started anew, each time after a longer pause. */
public final class KeptJob implements AutoCloseable {

    /** How long a job may take to stop in order. */
    private static final Duration STOP = Duration.ofSeconds(60);
    /** A job that ran this long is no longer one that cannot start. */
    private static final Duration STEADY = Duration.ofMinutes(2);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final String name;
    private final Supplier<JobProcess> start;
    private final Listener listener;
    private final CountDownLatch leaving = new CountDownLatch(1);
    private final Thread thread;

    private @Nullable JobProcess job;
    private boolean restarting;
    private boolean ranOnce;

    /** Told what becomes of it, on a thread of its own. */
    public interface Listener {

        /** A line of the job's report. */
        void line(JsonNode line);

        /** It ended though nobody asked it to, and is started anew after a pause. */
        void ended(String sentence);

        /** It cannot even begin, and trying again would not help. */
        void hopeless(Problem problem);
    }

    private KeptJob(String name, Supplier<JobProcess> start, Listener listener) {
        this.name = name;
        this.start = start;
        this.listener = listener;
        thread = new Thread(this::keep, "longwatch-" + name);
    }

    /**
     * @param name as people are told of it
     * @param start starts it with the configuration of the moment
     */
    public static KeptJob keep(String name, Supplier<JobProcess> start, Listener listener) {
        KeptJob kept = new KeptJob(name, start, listener);
        kept.thread.start();
        return kept;
    }

    private void keep() {
        Duration pause = SHORTEST;
        while (!isLeaving()) {
            long begun = System.nanoTime();
            String why = run();
            if (why.isEmpty()) {
                continue;
            }
            if (System.nanoTime() - begun > STEADY.toNanos()) {
                pause = SHORTEST;
            }
            listener.ended("the " + name + " ended: " + why + "; it is started again in " + pause.toSeconds() + " s");
            await(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
    }

    /** @return why it ended; empty when it was asked to */
    private String run() {
        String why;
        try (JobProcess running = start.get()) {
            if (!begin(running)) {
                return "";
            }
            running.follow(this::line);
            why = "without a reason";
        } catch (Problem e) {
            if (!ranOnce && isHopeless(e.exitCode()) && !isLeaving()) {
                leaving.countDown();
                listener.hopeless(e);
                return "";
            }
            why = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            // of us who listen: the job itself is not to be left alone
            why = e.toString();
        }
        return endedAsAsked() ? "" : why;
    }

    private void line(JsonNode line) {
        if (line.path("type").asText().equals("running")) {
            ranOnce = true;
        }
        listener.line(line);
    }

    private static boolean isHopeless(ExitCode code) {
        return code == ExitCode.USAGE || code == ExitCode.MODEL || code == ExitCode.DISK;
    }

    private synchronized boolean begin(JobProcess running) {
        job = running;
        restarting = false;
        return !isLeaving();
    }

    private synchronized boolean endedAsAsked() {
        job = null;
        return restarting || isLeaving();
    }

    /** Stops it in order, to be started with the configuration of then. */
    public synchronized void restart() {
        restarting = true;
        if (job != null) {
            job.stop();
        }
    }

    /** Asks it to stop in order; {@link #close} waits for that. */
    public synchronized void stop() {
        leaving.countDown();
        if (job != null) {
            job.stop();
        }
    }

    /** Stops it, by force when it takes more than a minute. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(STOP.toMillis());
            @Nullable JobProcess stuck = stuck();
            if (stuck != null) {
                stuck.close();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable JobProcess stuck() {
        return job;
    }

    private boolean isLeaving() {
        return leaving.getCount() == 0;
    }

    private void await(Duration pause) {
        try {
            leaving.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            leaving.countDown();
        }
    }
}
