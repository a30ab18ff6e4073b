// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import dev.longwatch.jobs.Failed;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the question of an {@link AskConfig} and reports on standard output: {@code loading} and {@code looking} while it is
 * at it, {@code part} for what the model says of a stretch, {@code piece} for the answer's next words, {@code rests} for every
 * moment the answer rests on, at last one {@code answer}, which may be that it is not known.
 *
 * <p>Reads one line from standard input, which then stays open: when it closes, the question is given up and the last line is an
 * {@code answer} that says so. When it could not be carried out, the last line is of type {@code failed}, with a cause and a
 * sentence, and the exit code is 1.
 */
public final class AskMain {

    private static final Logger LOG = LoggerFactory.getLogger(AskMain.class);

    /** Guards the report's end: nothing follows the answer. */
    private static final Object END = new Object();

    /** Footage is looked at. */
    record Looking(String stream, String uri, long startMillis, long endMillis, long clips, long of) {}

    /** The next words of the answer. */
    record Piece(String text) {}

    /** A moment and what is to be seen there. */
    record Rests(
            String stream,
            String uri,
            String text,
            long startMillis,
            long endMillis,
            long recordedAtMillis,
            double probability) {

        static Rests of(Seen seen) {
            return new Rests(
                    seen.stream(),
                    seen.uri(),
                    seen.text(),
                    seen.span().startMillis(),
                    seen.span().endMillis(),
                    seen.recordedAtMillis(),
                    seen.probability());
        }
    }

    private AskMain() {}

    public static void main(String[] arguments) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        try {
            AskConfig config = AskConfig.parse(Objects.requireNonNullElse(input.readLine(), ""));
            Thread stopper = new Thread(() -> stopWhenClosed(input), "stop-when-closed");
            stopper.setDaemon(true);
            stopper.start();
            run(config);
        } catch (Exception e) {
            LOG.error("the question could not be answered", e);
            tell("failed", Failed.of(e));
            status = 1;
        }
        end(status);
    }

    private static void run(AskConfig config) {
        try (Inquiry inquiry = new Inquiry(config, new CheckpointModel(config.model()), new Reporting())) {
            Inquiry.Answer answer = inquiry.answer();
            synchronized (END) {
                Report.line("answer", answer);
                // the model is not closed: whoever waits for standard input to close must not report again
                Runtime.getRuntime().halt(0);
            }
        }
    }

    private static void tell(String type, Object line) {
        synchronized (END) {
            Report.line(type, line);
        }
    }

    private static void end(int status) {
        // native libraries leave threads behind
        System.exit(status);
    }

    /** Waits for the input's end. The model cannot be interrupted: the process ends under it. */
    private static void stopWhenClosed(BufferedReader input) {
        try {
            input.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            LOG.info("the input broke off: {}", e.toString());
        }
        synchronized (END) {
            Report.line("answer", Inquiry.Answer.unknown("Stopped before there was an answer.", "", ""));
            Runtime.getRuntime().halt(0);
        }
    }

    private static final class Reporting implements Inquiry.Told {

        @Override
        public void loading() {
            tell("loading", Map.of());
        }

        @Override
        public void looking(Stretch stretch, long done, long of) {
            tell(
                    "looking",
                    new Looking(stretch.stream(), stretch.uri(), stretch.startMillis(), stretch.endMillis(), done, of));
        }

        @Override
        public void part(Seen stretch) {
            tell("part", Rests.of(stretch));
        }

        @Override
        public void piece(String text) {
            tell("piece", new Piece(text));
        }

        @Override
        public void rests(Seen moment) {
            tell("rests", Rests.of(moment));
        }
    }
}
