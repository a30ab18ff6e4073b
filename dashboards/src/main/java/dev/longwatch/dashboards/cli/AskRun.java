// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.ask.Preparation;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.summary.StreamClock;
import dev.longwatch.dashboards.summary.Watched;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One question, answered on a screen as the answer comes. Ctrl-C gives it up. */
final class AskRun {

    private static final int MOST_NEAREST = 5;
    private static final int MOST_NOT_WATCHED = 3;

    private final Screen screen;
    private final Preparation.Prepared prepared;
    private final List<JsonNode> rests = new ArrayList<>();
    private boolean begun;
    private boolean answered;
    private boolean known;

    AskRun(Screen screen, Preparation.Prepared prepared) {
        this.screen = screen;
        this.prepared = prepared;
    }

    /** Says that nothing is kept to answer from. */
    ExitCode nothing() {
        unknown("Nothing that was watched tells of it.", "index", "");
        return ExitCode.UNKNOWN;
    }

    /**
     * Follows the job to its end.
     *
     * @return {@link ExitCode#OK}, {@link ExitCode#UNKNOWN} or {@link ExitCode#INTERRUPTED}
     * @throws Problem when the job failed
     */
    ExitCode follow(JobProcess job) {
        try (CtrlC ctrlC = CtrlC.stops(job, screen, "stopping")) {
            job.follow(this::take);
            screen.clear();
            if (ctrlC.pressed()) {
                return ExitCode.INTERRUPTED;
            }
        }
        if (!answered) {
            throw new Problem(ExitCode.INTERNAL, "the job ended without an answer");
        }
        return known ? ExitCode.OK : ExitCode.UNKNOWN;
    }

    private void take(JsonNode line) {
        switch (line.path("type").asText()) {
            case "loading" -> screen.progress("loading the model");
            case "looking" -> looking(line);
            case "part" -> part(line);
            case "piece" -> {
                begun = true;
                screen.words(printable(line.path("text").asText()));
                screen.object(line);
            }
            case "rests" -> rests.add(line);
            case "answer" -> answer(line);
            default -> {
                // what a newer job says besides is not for us
            }
        }
    }

    /** A model's words may hold anything, also what a terminal obeys. */
    private static String printable(String words) {
        return words.replaceAll("[\\p{Cntrl}&&[^\n]]", "");
    }

    private void looking(JsonNode line) {
        if (!begun) {
            long done = line.path("clips").asLong();
            long of = line.path("of").asLong();
            screen.progress(String.format(
                    Locale.ROOT,
                    "%s  looking at %s %s, %d of %d clips",
                    Progress.bar(of == 0 ? 0 : Math.min(1, (double) done / of)),
                    line.path("stream").asText(),
                    Times.zoned(span(line)),
                    done,
                    of));
        }
        screen.object(timed("looking", line));
    }

    private void part(JsonNode line) {
        if (!screen.printsJson()) {
            screen.note(Times.zoned(span(line)) + "  " + line.path("stream").asText() + ": "
                    + printable(line.path("text").asText()));
        }
        screen.object(moment("part", line));
    }

    private void answer(JsonNode line) {
        answered = true;
        known = line.path("known").asBoolean();
        if (begun) {
            screen.words("\n");
        }
        String why = line.path("why").asText();
        String basis = line.path("basis").asText();
        if (!known) {
            unknown(why, basis, line.path("model").asText());
            return;
        }
        if (!why.isEmpty()) {
            screen.say(why);
        }
        rests.forEach(each -> {
            screen.say(String.format(
                    Locale.ROOT,
                    "%s  %s  %.2f  %s",
                    Times.zoned(span(each)),
                    each.path("text").asText(),
                    each.path("probability").asDouble(),
                    each.path("stream").asText()));
            screen.object(moment("rests", each));
        });
        notWatched(rests.stream().map(each -> each.path("stream").asText()).collect(Collectors.toSet()), basis);
        end(true, line.path("text").asText(), why, basis, line.path("model").asText());
    }

    private void unknown(String why, String basis, String model) {
        screen.say("I do not know. " + why);
        List<VideoEvent> nearest = prepared.nearest()
                .subList(0, Math.min(MOST_NEAREST, prepared.nearest().size()));
        if (!nearest.isEmpty()) {
            screen.say("The nearest moments:");
        }
        nearest.forEach(event -> {
            screen.say(String.format(
                    Locale.ROOT,
                    "%s  %s  %.2f  %s",
                    Times.zoned(event.span()),
                    event.text(),
                    event.confidence(),
                    event.stream()));
            screen.object(Screen.line("nearest", event));
        });
        notWatched(prepared.watched().keySet(), basis);
        end(false, "", why, basis, model);
    }

    /** What the index cannot know of: an answer from footage has looked itself. */
    private void notWatched(Set<String> streams, String basis) {
        if (!basis.equals("index")) {
            return;
        }
        prepared.watched().forEach((stream, watched) -> {
            if (streams.contains(stream)) {
                List<Watched.NotWatched> not = watched.notWatched();
                not.stream().limit(MOST_NOT_WATCHED).forEach(each -> notWatched(stream, each));
                if (not.size() > MOST_NOT_WATCHED) {
                    screen.say("Not watched: " + (not.size() - MOST_NOT_WATCHED) + " more stretches of " + stream);
                }
            }
        });
    }

    private void notWatched(String stream, Watched.NotWatched not) {
        screen.say("Not watched: " + stream + " " + Times.zoned(not.span()) + " (" + not.state()
                + (not.why().isEmpty() ? "" : ", " + not.why()) + ")");
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "not_watched");
        line.put("stream", stream);
        times(line, not.span());
        line.put("state", not.state());
        line.put("why", not.why());
        screen.object(line);
    }

    private void end(boolean isKnown, String text, String why, String basis, String model) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "answer");
        line.put("known", isKnown);
        line.put("text", text);
        line.put("why", why);
        line.put("basis", basis);
        line.put("model", model);
        screen.object(line);
    }

    private static Map<String, Object> timed(String type, JsonNode line) {
        Map<String, Object> timed = new LinkedHashMap<>();
        timed.put("type", type);
        timed.put("stream", line.path("stream").asText());
        times(timed, span(line));
        if (line.has("of")) {
            timed.put("clips", line.path("clips").asLong());
            timed.put("of", line.path("of").asLong());
        }
        return timed;
    }

    private static Map<String, Object> moment(String type, JsonNode line) {
        Map<String, Object> moment = timed(type, line);
        moment.put("text", line.path("text").asText());
        moment.put(
                "started_at",
                Instant.ofEpochMilli(line.path("recordedAtMillis").asLong()
                                + line.path("startMillis").asLong())
                        .toString());
        moment.put("probability", line.path("probability").asDouble());
        moment.put(
                "jump",
                Times.jump(line.path("uri").asText(), line.path("startMillis").asLong()));
        return moment;
    }

    private static void times(Map<String, Object> line, TimeSpan span) {
        line.put("start", StreamClock.of(span.startMillis()));
        line.put("end", StreamClock.of(span.endMillis()));
        line.put("start_ms", span.startMillis());
        line.put("end_ms", span.endMillis());
    }

    private static TimeSpan span(JsonNode line) {
        return new TimeSpan(
                line.path("startMillis").asLong(), line.path("endMillis").asLong());
    }
}
