// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.Failed;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.Prompt;
import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out an {@link EvalConfig} and reports on standard output: {@code running}, then for every video its
 * {@code answer}s and {@code progress}, at last the {@code result}.
 *
 * <p>Reads one line from standard input, which then stays open: when it closes, what was measured until then is reported at
 * once, and the video under way is left. When it could not be carried out, the last line is of type {@code failed}, with a
 * cause and a sentence, and the exit code is 1; what was measured until then is reported before.
 */
public final class EvalMain {

    private static final Logger LOG = LoggerFactory.getLogger(EvalMain.class);

    /** Guards the report's end: nothing follows the result. */
    private static final Object END = new Object();

    /** The report's first line, once the model is loaded. */
    record Running(int videos, int queries) {}

    /**
     * After every video.
     *
     * @param videos done so far
     * @param of all
     * @param problem why this one could not be watched, or not in full; empty when it was
     */
    record Progress(int videos, int of, int answers, double videoSeconds, double wallSeconds, String problem) {}

    /**
     * One question's answer.
     *
     * @param group empty for none
     * @param truth true moments, seconds
     * @param found moments found, seconds
     * @param probability that the content occurs; null when the model was not asked or the prompt does not tell
     * @param iou null when the content does not occur or the model was not asked
     * @param state {@code answered}, {@code unreadable} or {@code refused}
     * @param answer the model's words, or why it was not asked
     * @param place where the label was read
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Answered(
            String video,
            String query,
            String group,
            List<double[]> truth,
            List<double[]> found,
            @Nullable Double probability,
            @Nullable Double iou,
            String state,
            String answer,
            String place) {}

    /** One dense caption: true and found events, and how many were right. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Described(
            String video,
            List<Event> truth,
            List<Event> found,
            int matched,
            String state,
            String answer,
            String place) {}

    /** Seconds and words. */
    record Event(double start, double end, String text) {}

    private EvalMain() {}

    public static void main(String[] arguments) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        try {
            run(EvalConfig.parse(Objects.requireNonNullElse(input.readLine(), "")), input);
        } catch (Exception e) {
            LOG.error("the evaluation could not be run to its end", e);
            synchronized (END) {
                Report.line("failed", Failed.of(e));
            }
            status = 1;
        }
        // native libraries leave threads behind
        System.exit(status);
    }

    private static void run(EvalConfig config, BufferedReader stopWhenClosed) {
        Labels labels = Labels.read(Path.of(config.labels()), config.format(), config.videos());
        Prompt prompt = Evaluation.prompt(config, labels.format());
        CheckpointModel model = new CheckpointModel(config.model());
        try (ModelDoor door = ModelDoor.open(model)) {
            Evaluation evaluation = new Evaluation(config, labels, model, door, prompt);
            Report.line(
                    "running", new Running(evaluation.videos(), labels.list().size()));
            Thread stopper = new Thread(() -> stopWhenClosed(stopWhenClosed, evaluation), "stop-when-closed");
            stopper.setDaemon(true);
            stopper.start();
            try {
                evaluation.run((done, outcomes, refused, problem) -> {
                    synchronized (END) {
                        tell(evaluation, done, outcomes, refused, problem);
                    }
                });
            } catch (RuntimeException e) {
                // hours may have gone into what was measured
                synchronized (END) {
                    Report.line("result", evaluation.result(true));
                }
                throw e;
            }
            synchronized (END) {
                Report.line("result", evaluation.result(false));
                // the door is not closed: whoever waits for standard input to close must not report again
                Runtime.getRuntime().halt(0);
            }
        }
    }

    private static void tell(
            Evaluation evaluation, int done, List<Outcome> outcomes, List<Evaluation.Refusal> refused, String problem) {
        outcomes.forEach(outcome -> {
            if (outcome.label().dense()) {
                Report.line("captions", described(outcome));
            } else {
                Report.line("answer", answered(outcome, evaluation.tellsProbability()));
            }
        });
        refused.forEach(refusal -> Report.line("answer", refused(refusal)));
        Report.line("progress", evaluation.progress(done, problem));
    }

    private static Answered answered(Outcome outcome, boolean tellsProbability) {
        Label label = outcome.label();
        return new Answered(
                label.video(),
                label.query(),
                label.group(),
                seconds(label.spans()),
                seconds(outcome.found()),
                tellsProbability ? outcome.probability() : null,
                label.present() ? outcome.iou() : null,
                outcome.readable() ? "answered" : "unreadable",
                outcome.answer(),
                label.place());
    }

    private static Answered refused(Evaluation.Refusal refusal) {
        Label label = refusal.label();
        return new Answered(
                label.video(),
                label.query(),
                label.group(),
                seconds(label.spans()),
                List.of(),
                null,
                null,
                "refused",
                refusal.why(),
                label.place());
    }

    private static Described described(Outcome outcome) {
        return new Described(
                outcome.label().video(),
                events(outcome.label().events()),
                events(outcome.captions()),
                Measuring.paired(outcome, true),
                outcome.readable() ? "answered" : "unreadable",
                outcome.answer(),
                outcome.label().place());
    }

    private static List<Event> events(List<Caption> captions) {
        return captions.stream()
                .map(caption -> new Event(
                        caption.span().startMillis() / 1e3, caption.span().endMillis() / 1e3, caption.text()))
                .toList();
    }

    private static List<double[]> seconds(List<TimeSpan> spans) {
        return spans.stream()
                .map(span -> new double[] {span.startMillis() / 1e3, span.endMillis() / 1e3})
                .toList();
    }

    /** Waits for the input's end and reports what was measured. The model cannot be interrupted: the process ends under it. */
    private static void stopWhenClosed(BufferedReader input, Evaluation evaluation) {
        try {
            input.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            LOG.info("the input broke off: {}", e.toString());
        }
        synchronized (END) {
            Report.line("result", evaluation.result(true));
            Runtime.getRuntime().halt(0);
        }
    }
}
