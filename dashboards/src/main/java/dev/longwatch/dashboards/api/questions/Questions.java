// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.questions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Json;
import dev.longwatch.dashboards.api.http.Stretch;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.ask.Place;
import dev.longwatch.dashboards.ask.Preparation;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.summary.Watched;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventSearch;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** {@code /ask}: a question about what was watched, answered with the seconds the answer rests on. */
public final class Questions {

    private static final int LONGEST_QUESTION = 1_000;
    private static final int AT_A_TIME = 2;
    private static final String STREAMED = "text/event-stream";

    private final EventSearch search;
    private final CoverageLedger ledger;
    private final DataFolder data;
    private final Semaphore turns = new Semaphore(AT_A_TIME);

    public Questions(EventSearch search, CoverageLedger ledger, DataFolder data) {
        this.search = search;
        this.ledger = ledger;
        this.data = data;
    }

    public void ask(Context context) throws IOException {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        String question = body.words("question", LONGEST_QUESTION).strip();
        List<Place> places = body.names("streams").stream()
                .map(name -> new Place(name, null))
                .toList();
        Stretch stretch = Stretch.read(body);
        boolean streamed = String.valueOf(context.header("Accept")).contains(STREAMED);
        if (streamed && context.header("Idempotency-Key") != null) {
            body.refuse("Idempotency-Key", "expected none with an answer that is told as it comes");
        }
        body.done();
        Preparation.Prepared prepared =
                new Preparation(search, ledger, places, span(stretch), stretch.dated()).of(question, false, "");
        if (!turns.tryAcquire()) {
            throw new HttpProblem(Kind.UNAVAILABLE, "expected at most " + AT_A_TIME + " questions at a time")
                    .with("Retry-After", "10");
        }
        try {
            if (streamed) {
                stream(context, prepared);
            } else {
                Reply reply = new Reply();
                run(prepared, reply);
                context.json(reply.whole());
            }
        } finally {
            turns.release();
        }
    }

    private static TimeSpan span(Stretch stretch) {
        TimeInput from = stretch.from();
        TimeInput to = stretch.to();
        return new TimeSpan(from == null ? 0 : from.millis(), to == null ? Watched.END : to.millis());
    }

    /** Events as they come; a failure is the last one, for the status is said by then. */
    private void stream(Context context, Preparation.Prepared prepared) throws IOException {
        // proxies that gather answers would hold it back
        context.header("X-Accel-Buffering", "no");
        context.header("Cache-Control", "no-cache");
        context.res().setContentType(STREAMED);
        context.res().setCharacterEncoding("utf-8");
        OutputStream out = context.res().getOutputStream();
        Reply reply = new Reply((event, told) -> write(out, event, told));
        try {
            run(prepared, reply);
        } catch (Problem e) {
            write(out, "problem", Map.of("detail", String.valueOf(e.getMessage())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(OutputStream out, String event, Object told) {
        try {
            out.write(("event: " + event + "\ndata: " + Json.line(told) + "\n\n").getBytes(UTF_8));
            out.flush();
        } catch (IOException e) {
            // hung up: the process is stopped when this goes through
            throw new UncheckedIOException(e);
        }
    }

    private void run(Preparation.Prepared prepared, Reply reply) {
        if (prepared.tellsNothing()) {
            reply.nothing();
            return;
        }
        try (JobProcess job = JobProcess.start(
                Installation.find(), JobProcess.Program.ASK, prepared.plan().json(), data.log("ask"))) {
            job.follow((JsonNode line) -> reply.take(line));
        }
    }
}
