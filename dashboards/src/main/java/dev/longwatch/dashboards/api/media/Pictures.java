// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.media.Footage.Source;
import dev.longwatch.dashboards.api.videos.Addresses;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.MediaCache;
import dev.longwatch.dashboards.local.MediaPlan;
import dev.longwatch.dashboards.local.MediaWorker;
import dev.longwatch.indexer.alert.Evidence;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /media}: pictures of videos, made when they are asked for, and the evidence of alerts. */
public final class Pictures {

    private static final int WIDTH = 320;
    private static final int NARROWEST = 16;
    private static final int WIDEST = 1_920;
    private static final Pattern EVIDENCE = Pattern.compile("([0-9A-Za-z_-]{2,100})\\.(jpg|mp4)");

    private final Sources sources;
    private final MediaCache cache;
    private final MediaWorker worker;
    private final Path evidence;

    public Pictures(Sources sources, DataFolder data, MediaWorker worker) {
        this.sources = sources;
        this.worker = worker;
        cache = MediaCache.in(data);
        evidence = data.root();
    }

    /** The picture of an instant; of none, the first of a file and the newest of a recording. */
    public void thumbnail(Context context) throws IOException {
        Input query = Input.ofQuery(context);
        TimeInput at = query.time("at");
        int width = query.number("width", NARROWEST, WIDEST, WIDTH);
        query.done();
        Source source = sources.find(context.pathParam("video"));
        long millis = at == null ? sources.shownMillis(source) : sources.millis(source, at);
        MediaPlan plan = MediaPlan.picture(source.video(), source.uri(), millis, width);
        String name = "picture " + version(source) + " " + millis + " " + width;
        FileAnswer.send(
                context,
                cache.get(source.video(), name, ".jpg", out -> made(plan, out, words -> HttpProblem.notFound(words))));
    }

    /** What there is to see of an alert. */
    public void evidence(Context context) throws IOException {
        Input.ofQuery(context).done();
        Matcher file = EVIDENCE.matcher(context.pathParam("file"));
        if (!file.matches()) {
            throw HttpProblem.notFound("expected an alert's id with .jpg or .mp4");
        }
        String alert = file.group(1);
        Path path =
                evidence.resolve(file.group(2).equals("jpg") ? Evidence.thumbnailOf(alert) : Evidence.clipOf(alert));
        if (!Files.exists(path)) {
            throw HttpProblem.notFound("nothing is kept to see of this alert, or not yet");
        }
        FileAnswer.send(context, path);
    }

    /**
     * Has a file made.
     *
     * @param missing what is thrown when the footage is not there, of a sentence
     * @return what the maker says of it
     */
    JsonNode made(MediaPlan plan, Path out, Function<String, HttpProblem> missing) throws IOException {
        try {
            JsonNode answer = worker.ask(plan.json(out));
            if (answer.path("type").asText().equals("made")) {
                return answer;
            }
            String words = answer.path("message").asText();
            throw answer.path("missing").asBoolean() ? missing.apply(words) : new HttpProblem(Kind.INTERNAL, words);
        } catch (MediaWorker.NotMade e) {
            throw new HttpProblem(Kind.UNAVAILABLE, "no picture can be made now: " + e.getMessage())
                    .with("Retry-After", "10");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a picture was made");
        }
    }

    /** Another file of the same name makes other pictures. */
    private static String version(Source source) throws IOException {
        Path file = Addresses.file(source.uri()).filter(Files::isRegularFile).orElse(null);
        return file == null
                ? ""
                : Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    }
}
