// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.media.Footage.Source;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.MediaCache;
import dev.longwatch.dashboards.local.MediaPlan;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /media/clips}: stretches of videos as files to take away. They are kept for a day. */
public final class Clips {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_STEM = 80;
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z._-]{1,200}\\.mp4");

    private final Sources sources;
    private final Pictures pictures;
    private final MediaCache cache;

    public Clips(Sources sources, Pictures pictures, DataFolder data) {
        this.sources = sources;
        this.pictures = pictures;
        cache = MediaCache.in(data);
    }

    /**
     * A clip.
     *
     * @param path below {@code /api/v1/}
     * @param name of the file, for people
     * @param start of its first picture, a key picture before what was wanted
     * @param end of its last one
     * @param problem what is missing of it and why; null when nothing is
     */
    private record Clip(String path, String name, ClockTime start, ClockTime end, @Nullable String problem) {}

    public void make(Context context) throws IOException {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        String stream = body.words("stream", LONGEST_NAME);
        TimeInput from = body.time("from");
        TimeInput to = body.time("to");
        if (!body.has("from") || !body.has("to")) {
            body.refuse(body.has("from") ? "to" : "from", "expected a stretch of the video, from and to");
        }
        body.done();
        if (from == null || to == null) {
            throw new IllegalStateException("a missing time was refused");
        }
        Source source = sources.find(stream);
        long fromMillis = sources.millis(source, from);
        long toMillis = sources.millis(source, to);
        if (toMillis <= fromMillis || toMillis - fromMillis > LONGEST.toMillis()) {
            throw HttpProblem.invalid(
                    "to", "expected a time after 'from', by at most " + LONGEST.toMinutes() + " minutes");
        }
        context.status(201).json(made(source, fromMillis, toMillis));
    }

    /** One that was made. */
    public void get(Context context) throws IOException {
        Input.ofQuery(context).done();
        String name = context.pathParam("name");
        Path clip = cache.byId(context.pathParam("id"), ".mp4")
                .filter(file -> NAME.matcher(name).matches())
                .orElseThrow(() -> HttpProblem.notFound("there is no such clip, or not any more"));
        context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
        FileAnswer.send(context, clip);
    }

    private Clip made(Source source, long fromMillis, long toMillis) throws IOException {
        MediaPlan plan = MediaPlan.clip(source.video(), source.uri(), fromMillis, toMillis);
        JsonNode[] answer = {MissingNode.getInstance()};
        Path file = cache.make(
                source.video(),
                "clip " + fromMillis + " " + toMillis,
                ".mp4",
                out -> answer[0] = pictures.made(plan, out, words -> HttpProblem.invalid("from", words)));
        String name = name(source, fromMillis);
        String problem = answer[0].path("problem").asText();
        return new Clip(
                "media/clips/" + MediaCache.id(file) + "/" + name,
                name,
                ClockTime.wall(answer[0].path("startMillis").asLong()),
                ClockTime.wall(answer[0].path("endMillis").asLong()),
                problem.isEmpty() ? null : problem);
    }

    /** Of letters that every file system takes. */
    private static String name(Source source, long fromMillis) {
        String stem = source.video().replaceFirst("\\.[0-9A-Za-z]{1,5}$", "").replaceAll("[^0-9A-Za-z-]+", "_");
        String when = source.isRecording()
                ? Instant.ofEpochMilli(fromMillis / 1_000 * 1_000).toString().replace(':', '-')
                : String.format(
                        Locale.ROOT,
                        "%02d-%02d-%02d",
                        fromMillis / 3_600_000,
                        fromMillis / 60_000 % 60,
                        fromMillis / 1_000 % 60);
        return stem.substring(0, Math.min(LONGEST_STEM, stem.length())) + "_" + when + ".mp4";
    }
}
