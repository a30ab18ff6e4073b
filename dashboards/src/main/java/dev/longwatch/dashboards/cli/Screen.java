// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.local.FileCoverage;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.VideoEvent;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command writes: results on standard output, one line each, and what is only of the moment on standard error. A
 * terminal gets a progress line that is written over; a file or pipe gets none.
 */
final class Screen {

    /** The rule under which dense captions are kept: their text says more than the rule's name. */
    static final String DESCRIBE = "describe";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean terminal;
    private String progress = "";

    /**
     * @param json whether results are JSON objects
     * @param terminal whether standard error is a terminal
     */
    Screen(PrintStream out, PrintStream err, boolean json, boolean terminal) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.terminal = terminal;
    }

    /** Of this process. */
    static Screen standard(boolean json) {
        return new Screen(System.out, System.err, json, System.console() != null);
    }

    /** An event that has closed, or at the end one that had not. */
    synchronized void event(VideoEvent event, boolean nameStream) {
        if (json) {
            Map<String, Object> line = line("event", event);
            line.put("state", event.state().name().toLowerCase(Locale.ROOT));
            line.put("boxes", event.boxes().stream().map(Screen::box).toList());
            json(line);
            return;
        }
        String what = event.rule().equals(DESCRIBE) ? event.text() : event.rule();
        String open = event.state() == VideoEvent.State.OPEN ? "  (still open)" : "";
        String where = nameStream ? "  " + event.stream() : "";
        line(String.format(
                Locale.ROOT, "%s  %s  %.2f%s%s", Times.span(event.span()), what, event.confidence(), where, open));
    }

    /** How one video came out. */
    synchronized void file(String stream, FileCoverage coverage, long events, double timesRealTime) {
        if (json) {
            Map<String, Object> line = fileLine(
                    stream, coverage.whole() ? "watched" : coverage.watchedMillis() > 0 ? "partly" : "not watched");
            line.put("watched_ms", coverage.watchedMillis());
            line.put("video_ms", coverage.videoMillis());
            line.put("events", events);
            line.put("times_real_time", timesRealTime);
            line.put("unreadable_answers", coverage.unreadable());
            line.put("problem", coverage.problem());
            json(line);
            return;
        }
        if (coverage.watchedMillis() == 0) {
            line(stream + ": not watched: " + coverage.problem());
            return;
        }
        String problem = coverage.problem().isEmpty() ? "" : "; " + coverage.problem();
        String unreadable =
                coverage.unreadable() == 0 ? "" : "; " + coverage.unreadable() + " answers could not be understood";
        line(String.format(
                Locale.ROOT,
                "%s: watched %s of %s, %d %s, %.1fx real time%s%s",
                stream,
                Times.seconds(coverage.watchedMillis()),
                coverage.videoMillis() == 0 ? "?" : Times.seconds(coverage.videoMillis()),
                events,
                events == 1 ? "event" : "events",
                timesRealTime,
                problem,
                unreadable));
    }

    /** Videos that a stopped run never came to. */
    synchronized void notBegun(List<String> streams) {
        if (json) {
            streams.forEach(stream -> json(fileLine(stream, "not begun")));
        } else {
            line(streams.size() + (streams.size() == 1 ? " file was" : " files were") + " not begun: "
                    + String.join(", ", streams));
        }
    }

    /** A line of results for people; nothing when results are JSON. */
    synchronized void say(String line) {
        if (!json) {
            line(line);
        }
    }

    /** The next words of a line of results that is not ended yet; nothing when results are JSON. */
    synchronized void words(String piece) {
        if (!json) {
            erase();
            progress = "";
            out.print(piece);
            out.flush();
        }
    }

    /** Whether results are JSON objects. */
    boolean printsJson() {
        return json;
    }

    /** A JSON object on its own line; nothing when results are for people. */
    synchronized void object(Object line) {
        if (json) {
            json(line);
        }
    }

    /** A remark that is no result. */
    synchronized void note(String line) {
        erase();
        err.println(line);
        draw();
    }

    /** What is going on right now; replaces what was. */
    synchronized void progress(String line) {
        erase();
        progress = line;
        draw();
    }

    /** Takes the progress line away. */
    synchronized void clear() {
        erase();
        progress = "";
    }

    /** What every JSON line about an event begins with. */
    static Map<String, Object> line(String type, VideoEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        line.put("id", event.id());
        line.put("stream", event.stream());
        line.put("rule", event.rule());
        line.put("text", event.text());
        line.put("start", Times.stamp(event.span().startMillis()));
        line.put("end", Times.stamp(event.span().endMillis()));
        line.put("start_ms", event.span().startMillis());
        line.put("end_ms", event.span().endMillis());
        line.put("confidence", event.confidence());
        line.put("model", event.model());
        line.put("labels", event.labels());
        return line;
    }

    private static Map<String, Object> box(Box box) {
        Map<String, Object> shares = new LinkedHashMap<>();
        shares.put("at_ms", box.atMillis());
        shares.put("label", box.label());
        shares.put("left", box.left());
        shares.put("top", box.top());
        shares.put("right", box.right());
        shares.put("bottom", box.bottom());
        return shares;
    }

    private static Map<String, Object> fileLine(String stream, String state) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "file");
        line.put("stream", stream);
        line.put("state", state);
        return line;
    }

    private void json(Object line) {
        try {
            line(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + line, e);
        }
    }

    private void line(String line) {
        erase();
        out.println(line);
        out.flush();
        draw();
    }

    private void erase() {
        if (terminal && !progress.isEmpty()) {
            err.print("\r\033[K");
            err.flush();
        }
    }

    private void draw() {
        if (terminal && !progress.isEmpty()) {
            err.print(progress);
            err.flush();
        }
    }
}
