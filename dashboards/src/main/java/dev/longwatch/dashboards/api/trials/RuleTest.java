// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.trials;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Stretch;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.media.Footage;
import dev.longwatch.dashboards.api.media.Footage.Source;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.JobReport;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code /rules/test}: what a rule would have fired on. The very job that watches looks again; nothing is kept. */
public final class RuleTest implements AutoCloseable {

    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_NAME = 500;
    private static final int DAY_SECONDS = 86_400;
    private static final Duration USUAL = Duration.ofHours(1);

    /** Who waits for an answer waits no longer. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public record Moment(ClockTime start, ClockTime end, String text, double confidence) {

        static Moment of(VideoEvent event) {
            return new Moment(
                    ClockTime.onVideo(event.recordedAtMillis(), event.span().startMillis()),
                    ClockTime.onVideo(event.recordedAtMillis(), event.span().endMillis()),
                    event.text(),
                    event.confidence());
        }
    }

    /** @param problem null when all of it was watched */
    public record Answer(
            String on,
            boolean live,
            BigDecimal watchedSeconds,
            double threshold,
            List<Double> probabilities,
            List<Moment> moments,
            @Nullable String problem) {}

    private final Footage footage;
    private final DataFolder data;
    private final Semaphore turn = new Semaphore(1);
    private final ScheduledExecutorService limits = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "longwatch-rule-test-limit");
        thread.setDaemon(true);
        return thread;
    });

    public RuleTest(Footage footage, DataFolder data) {
        this.footage = footage;
        this.data = data;
    }

    public void test(Context context) {
        Input.ofQuery(context).done();
        context.json(answer(Input.ofBody(context), Waiting.PATIENTLY));
    }

    /**
     * What came of trying the rule that {@code body} describes.
     *
     * @throws HttpProblem when it describes none, or another one is being tried
     */
    public Answer answer(Input body, Waiting waiting) {
        AlertRule rule = rule(body);
        String on = body.words("on", LONGEST_NAME);
        Stretch stretch = Stretch.read(body);
        int last = body.number("last_seconds", 1, DAY_SECONDS, 0);
        if (last > 0 && !stretch.isAll()) {
            body.refuse("last_seconds", "expected no 'from' and 'to' beside it");
        }
        body.done();
        Source source = footage.find(on);
        WatchPlan plan = WatchPlan.now(source.video(), source.uri(), part(source, stretch, last), rule);
        if (!turn.tryAcquire()) {
            throw new HttpProblem(Kind.UNAVAILABLE, "another rule is being tried").with("Retry-After", "10");
        }
        try {
            return run(source, plan, rule, waiting);
        } finally {
            turn.release();
        }
    }

    private static AlertRule rule(Input body) {
        boolean absent = body.has("absent");
        if (absent == body.has("when")) {
            body.refuse("when", "expected either 'when' or 'absent'");
        }
        String words = body.words(absent ? "absent" : "when", LONGEST_TEXT).strip();
        double threshold = body.share("threshold", AlertRule.THRESHOLD);
        long minMillis = body.number("min_duration_seconds", 0, DAY_SECONDS, 0) * 1_000L;
        try {
            return absent
                    ? AlertRule.absent(words, words, minMillis).withThreshold(threshold)
                    : new AlertRule(words, words, threshold, minMillis, AlertRule.MERGE_MILLIS);
        } catch (IllegalArgumentException e) {
            // what is wrong with the words is said above; this is about the rest
            body.refuse(absent ? "absent" : "when", String.valueOf(e.getMessage()));
            return AlertRule.of("nothing");
        }
    }

    /** All of a file and the last hour of a recording, unless something else was said. */
    private TimeSpan part(Source source, Stretch stretch, int lastSeconds) {
        TimeSpan recorded = footage.recorded(source);
        TimeInput from = stretch.from();
        TimeInput to = stretch.to();
        long end = to == null ? recorded.endMillis() : footage.millis(source, to);
        long back = lastSeconds > 0 ? lastSeconds * 1_000L : USUAL.toMillis();
        long usual = source.isRecording() ? Math.max(recorded.startMillis(), end - back) : 0;
        long start = from == null ? usual : footage.millis(source, from);
        if (lastSeconds > 0 && !source.isRecording()) {
            throw HttpProblem.invalid("last_seconds", "expected the name of a recorded stream, found a file");
        }
        if (end <= start || start >= recorded.endMillis() || end <= recorded.startMillis()) {
            throw HttpProblem.invalid(
                    from == null && to != null ? "to" : "from", "nothing was recorded then" + when(source, recorded));
        }
        return new TimeSpan(start, end);
    }

    private static String when(Source source, TimeSpan recorded) {
        return source.isRecording()
                ? "; expected a time between " + Instant.ofEpochMilli(recorded.startMillis()) + " and "
                        + Instant.ofEpochMilli(recorded.endMillis())
                : "";
    }

    private Answer run(Source source, WatchPlan plan, AlertRule rule, Waiting waiting) {
        Trial trial = new Trial(plan.part(), waiting);
        AtomicReference<@Nullable String> stopped = new AtomicReference<>();
        try (JobProcess job =
                JobProcess.start(Installation.find(), JobProcess.Program.WATCH, plan.json(), data.log("rule-test"))) {
            ScheduledFuture<?> limit = limits.schedule(
                    () -> {
                        stopped.compareAndSet(null, "stopped after " + LONGEST.toMinutes() + " minutes");
                        job.stop();
                    },
                    LONGEST.toMillis(),
                    TimeUnit.MILLISECONDS);
            waiting.stoppable(() -> {
                stopped.compareAndSet(null, "stopped");
                job.stop();
            });
            try {
                job.follow(line -> JobReport.tell(line, trial));
            } finally {
                limit.cancel(false);
            }
        }
        String why = stopped.get();
        String problem = why == null ? trial.coverage().problem() : why + ": the rest was not watched";
        return new Answer(
                source.video(),
                source.isRecording(),
                ClockTime.seconds(trial.coverage().watchedMillis()),
                rule.threshold(),
                trial.coverage().probabilities(),
                trial.events().stream().map(Moment::of).toList(),
                problem.isEmpty() ? null : problem);
    }

    @Override
    public void close() {
        limits.shutdownNow();
    }
}
