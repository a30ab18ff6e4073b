// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job from its configuration to its end, in a process of its own.
 *
 * <p>With a file as argument the configuration is read there. Without, one line is read from standard input, which then
 * stays open: when it closes, the job is stopped in order. When the job could not be run to its end, the report's last
 * line is of type {@code failed}, with a cause and a sentence, and the exit code is 1.
 */
final class JobRun {

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    /** What a run in this process wants of Flink; a configuration may say otherwise. */
    private static final Map<String, String> LOCAL = Map.of(
            "execution.target", "local",
            "execution.attached", "true",
            "execution.checkpointing.interval", "5 s",
            "restart-strategy.type", "fixed-delay",
            "restart-strategy.fixed-delay.attempts", "3",
            "restart-strategy.fixed-delay.delay", "1 s",
            "rest.bind-address", "127.0.0.1");

    /**
     * What a job that never ends wants besides: alerts leave with a checkpoint, so they are close together; a disk that is
     * full for a while is no reason to begin anew; and it gives up when it has failed for minutes on end.
     */
    private static final Map<String, String> LIVE = Map.of(
            "execution.checkpointing.interval", "1 s",
            "execution.checkpointing.tolerable-failed-checkpoints", "100",
            "restart-strategy.type", "exponential-delay",
            "restart-strategy.exponential-delay.initial-backoff", "1 s",
            "restart-strategy.exponential-delay.max-backoff", "30 s",
            "restart-strategy.exponential-delay.reset-backoff-threshold", "5 min",
            "restart-strategy.exponential-delay.attempts-before-reset-backoff", "15");

    /** How long the clip at hand may take when the job is stopped. */
    private static final int STOP_SECONDS = 45;

    private final Configuration flink;
    private final @Nullable StateFolder state;
    private final @Nullable BufferedReader stopWhenClosed;
    private volatile boolean stopping;

    /**
     * The report's first line, once the job is submitted.
     *
     * @param job its id
     * @param restored what it goes on from; empty when it begins anew
     */
    record Running(String job, String restored) {}

    /** What a process does with its configuration. */
    interface Body {

        /** @param stopWhenClosed null when nothing stops it */
        void run(String config, @Nullable BufferedReader stopWhenClosed) throws Exception;
    }

    /** Builds a job and submits it. */
    interface Submission {

        JobClient submit(StreamExecutionEnvironment env) throws Exception;
    }

    private JobRun(Configuration flink, @Nullable StateFolder state, @Nullable BufferedReader stopWhenClosed) {
        this.flink = flink;
        this.state = state;
        this.stopWhenClosed = stopWhenClosed;
    }

    /** Of a job that ends with its input. */
    static JobRun toTheEnd(Map<String, String> flink, @Nullable BufferedReader stopWhenClosed) {
        return new JobRun(settings(Map.of(), flink), null, stopWhenClosed);
    }

    /**
     * Of a job that never ends.
     *
     * @param state folder in which it finds what it knew; empty for none
     */
    static JobRun live(Map<String, String> flink, String state, @Nullable BufferedReader stopWhenClosed) {
        return new JobRun(settings(LIVE, flink), state.isEmpty() ? null : new StateFolder(state), stopWhenClosed);
    }

    private static Configuration settings(Map<String, String> live, Map<String, String> given) {
        Configuration flink = Configuration.fromMap(LOCAL);
        flink.addAll(Configuration.fromMap(live));
        flink.addAll(Configuration.fromMap(given));
        return flink;
    }

    /** Whether the job's tasks are in this process. */
    boolean isLocal() {
        return flink.get(DeploymentOptions.TARGET).equals("local");
    }

    /** The {@code main} of a job's process. Does not return. */
    static void enter(String[] arguments, Body body) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        try {
            String json = arguments.length > 0 ? Files.readString(Path.of(arguments[0])) : input.readLine();
            body.run(Objects.requireNonNullElse(json, ""), arguments.length > 0 ? null : input);
        } catch (Exception e) {
            LOG.error("the job could not be run to its end", e);
            Report.line("failed", Failed.of(e));
            status = 1;
        }
        // native libraries leave threads behind
        System.exit(status);
    }

    /** Submits a job, reports that it runs, and returns when it has ended. */
    void run(int parallelism, Submission submission) throws Exception {
        Optional<String> restored = state == null ? Optional.empty() : state.newest();
        if (state != null) {
            state.configure(flink, restored);
        }
        // getExecutionEnvironment would be local whatever execution.target says
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
        env.setParallelism(parallelism);
        JobClient client = submitted(submission, env, restored);
        Report.line("running", new Running(client.getJobID().toHexString(), restored.orElse("")));
        Thread stopper = new Thread(() -> stopWhenClosed(client), "stop-when-closed");
        stopper.setDaemon(true);
        stopper.start();
        try {
            follow(client);
            if (stopping) {
                stopper.join();
            }
        } catch (ExecutionException e) {
            if (ExceptionUtils.findThrowable(e, JobCancellationException.class).isEmpty()) {
                boolean begun =
                        state != null && state.hasCheckpointOf(client.getJobID().toHexString());
                throw begun ? e : explained(e, restored);
            }
        }
    }

    private JobClient submitted(Submission submission, StreamExecutionEnvironment env, Optional<String> restored)
            throws Exception {
        try {
            return submission.submit(env);
        } catch (Exception e) {
            throw explained(e, restored);
        }
    }

    /** Waits for the end; old state goes once there is new. */
    private void follow(JobClient client) throws ExecutionException, InterruptedException {
        String job = client.getJobID().toHexString();
        CompletableFuture<JobExecutionResult> result = client.getJobExecutionResult();
        boolean tidy = state == null;
        while (true) {
            try {
                if (tidy) {
                    result.get();
                } else {
                    result.get(1, TimeUnit.SECONDS);
                }
                return;
            } catch (TimeoutException e) {
                if (state != null && state.hasCheckpointOf(job)) {
                    state.keepCheckpointsOf(job);
                    tidy = true;
                }
            }
        }
    }

    /** A job that fails before its first checkpoint, while it takes up an old state, is told from others. */
    private Exception explained(Exception problem, Optional<String> restored) {
        if (state == null || restored.isEmpty()) {
            return problem;
        }
        return ExceptionUtils.findThrowable(problem, JobRun::isOfState)
                .<Exception>map(cause -> state.cannotBeRestored(restored.get(), cause))
                .orElse(problem);
    }

    private static boolean isOfState(Throwable cause) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return words.contains("restor") || words.contains("savepoint");
    }

    /** Waits for the input's end, then stops the job with a savepoint, which flushes what the index has not seen yet. */
    private void stopWhenClosed(JobClient client) {
        if (stopWhenClosed == null) {
            return;
        }
        try {
            stopWhenClosed.transferTo(Writer.nullWriter());
            stopping = true;
            if (state != null) {
                state.keepSavepoint(stop(client, state.savepoints()));
                return;
            }
            Path savepoint = Files.createTempDirectory("longwatch-stop");
            try {
                stop(client, savepoint.toString());
            } finally {
                FileUtils.deleteDirectory(savepoint.toFile());
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.info("stopping in order did not work: {}", e.toString());
            client.cancel().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String stop(JobClient client, String folder)
            throws ExecutionException, TimeoutException, InterruptedException {
        return client.stopWithSavepoint(false, folder, SavepointFormatType.CANONICAL)
                .get(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
