// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.videos.Addresses;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code /media}: the files that were watched, and the segments of recordings. Which file it is says the index, by the
 * video's name: no path comes from whoever asks.
 */
public final class Media {

    private static final Duration LONGEST = Duration.ofDays(1);

    /** A stream of which nothing came for longer is not live. */
    private static final Duration LATE = Duration.ofMinutes(2);

    /** So many segments are live; players begin three before the end. */
    private static final int LIVE = 12;

    private static final Pattern HOUR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}");
    private static final Pattern NAME = Pattern.compile("[0-9]{1,19}-[0-9]{1,19}\\.mp4");

    /** @param path below {@code /media/{video}/} */
    private record SegmentAnswer(String path, ClockTime from, ClockTime to, long bytes) {

        static SegmentAnswer of(RecordingFolder.Segment segment) {
            return new SegmentAnswer(
                    segment.path(),
                    ClockTime.wall(segment.startMillis()),
                    ClockTime.wall(segment.endMillis()),
                    segment.bytes());
        }
    }

    private record Segments(String stream, List<SegmentAnswer> segments) {}

    private final Sources sources;
    private final Clock clock;

    public Media(Sources sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /** The file that was watched. */
    public void file(Context context) throws IOException {
        Input.ofQuery(context).done();
        FileAnswer.send(
                context,
                address(context)
                        .flatMap(Addresses::file)
                        .orElseThrow(() -> HttpProblem.notFound("no file of that name was watched on this machine")));
    }

    /** Which segments of a recording cover a stretch of wall clock. */
    public void segments(Context context) throws IOException {
        Input query = Input.ofQuery(context);
        context.json(new Segments(
                context.pathParam("video"),
                stretch(context, query).stream().map(SegmentAnswer::of).toList()));
    }

    /** A stretch of a recording, to play. */
    public void recording(Context context) throws IOException {
        Input query = Input.ofQuery(context);
        TimeInput start = query.time("start");
        Playlist playlist = Playlist.of(folder(context), stretch(context, query));
        if (playlist.isEmpty()) {
            throw HttpProblem.notFound("nothing was recorded then, or it is not kept any more");
        }
        send(context, playlist.whole(start == null ? null : start.millis()));
    }

    /** What is recorded now, to play. */
    public void live(Context context) throws IOException {
        Input.ofQuery(context).done();
        long now = clock.millis();
        RecordingFolder folder = folder(context);
        List<RecordingFolder.Segment> recent = folder.segments(now - LATE.toMillis(), now + LATE.toMillis());
        Playlist playlist = Playlist.of(folder, recent.subList(Math.max(0, recent.size() - LIVE), recent.size()));
        if (playlist.isEmpty()) {
            throw HttpProblem.notFound("nothing was recorded in the last " + LATE.toMinutes() + " minutes");
        }
        send(context, playlist.live());
    }

    private static void send(Context context, String playlist) {
        context.contentType("application/vnd.apple.mpegurl").result(playlist);
    }

    private List<RecordingFolder.Segment> stretch(Context context, Input query) throws IOException {
        TimeInput from = query.time("from");
        TimeInput to = query.time("to");
        if (from == null || to == null) {
            query.refuse(from == null ? "from" : "to", "expected a stretch of wall clock, from and to");
        } else if (to.millis() <= from.millis() || to.millis() - from.millis() > LONGEST.toMillis()) {
            query.refuse("to", "expected a time after 'from', by at most a day");
        }
        query.done();
        RecordingFolder recording = folder(context);
        return from == null || to == null ? List.of() : recording.segments(from.millis(), to.millis());
    }

    /** One segment of a recording. */
    public void segment(Context context) throws IOException {
        Input.ofQuery(context).done();
        String hour = context.pathParam("hour");
        String name = context.pathParam("segment");
        if (!HOUR.matcher(hour).matches() || !NAME.matcher(name).matches()) {
            throw HttpProblem.notFound("expected a segment such as 2026-11-01T08/3-1204.mp4");
        }
        FileAnswer.send(
                context,
                folder(context)
                        .file(hour, name)
                        .orElseThrow(() -> HttpProblem.notFound("the recording has no such segment")));
    }

    private RecordingFolder folder(Context context) {
        Path root = address(context)
                .flatMap(Addresses::recordings)
                .orElseThrow(() -> HttpProblem.notFound("no stream of that name is recorded on this machine"));
        return new RecordingFolder(root, context.pathParam("video"));
    }

    private Optional<String> address(Context context) {
        return sources.address(context.pathParam("video"));
    }
}
