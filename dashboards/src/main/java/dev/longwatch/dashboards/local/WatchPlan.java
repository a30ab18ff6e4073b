// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.event.TimeSpan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants watched, ready for the job's process.
 *
 * @param run the second at which it was asked for: what this run finds replaces what earlier ones found
 * @param videos where they are, by the name they are shown and found by: paths of files, or a recording
 * @param rules what to ask of every clip
 * @param describe whether to ask for a dense caption besides
 * @param boxes whether to ask besides where in the picture it is, of all that is seen
 * @param model a checkpoint directory; empty for the embedded model
 * @param framesPerSecond how many pictures a second to look at
 * @param byChange whether to leave out those without a change near them
 * @param part of the videos
 */
public record WatchPlan(
        long run,
        Map<String, String> videos,
        List<AlertRule> rules,
        boolean describe,
        boolean boxes,
        String model,
        double framesPerSecond,
        boolean byChange,
        TimeSpan part) {

    /** All of a video. */
    public static final TimeSpan WHOLE = new TimeSpan(0, Long.MAX_VALUE);

    /** Length of a clip; nano was trained on it. */
    private static final long CLIP_MILLIS = 16_000;

    /** What a clip shares with the next. */
    private static final long OVERLAP_MILLIS = 2_000;

    /** Splits read side by side: one is decoded while another is looked at. */
    private static final int PARALLELISM = 2;

    /** A plan of this moment, at two pictures a second. */
    public static WatchPlan now(List<Path> files, List<AlertRule> rules, boolean describe, String model) {
        Map<String, String> videos = new LinkedHashMap<>();
        named(files).forEach((name, file) -> videos.put(name, file.toString()));
        return of(videos, rules, describe, model);
    }

    /**
     * A plan of this moment for what was recorded of a stream.
     *
     * @param part on the wall clock, milliseconds since 1970 UTC
     */
    public static WatchPlan now(
            String stream, Recordings recordings, TimeSpan part, List<AlertRule> rules, String model) {
        return of(Map.of(stream, recordings.uri()), rules, false, model).of(part);
    }

    /**
     * A plan of this moment for one rule and one video.
     *
     * @param uri of a file, or of a recording
     * @param part on the video's clock
     */
    public static WatchPlan now(String video, String uri, TimeSpan part, AlertRule rule) {
        return of(Map.of(video, uri), List.of(rule), false, "").of(part);
    }

    /**
     * A plan of this moment for videos that have names of their own.
     *
     * @param videos where they are, by name
     */
    public static WatchPlan now(Map<String, String> videos, List<AlertRule> rules, boolean describe) {
        return of(videos, rules, describe, "");
    }

    private static WatchPlan of(Map<String, String> videos, List<AlertRule> rules, boolean describe, String model) {
        return new WatchPlan(Instant.now().getEpochSecond(), videos, rules, describe, false, model, 2, false, WHOLE);
    }

    /**
     * Names files: by their last part, and where two would be called the same, by as much of the path as it takes.
     *
     * @return files by name, in the given order; the same file named twice is watched once
     */
    public static Map<String, Path> named(List<Path> files) {
        List<Path> whole = files.stream()
                .map(file -> file.toAbsolutePath().normalize())
                .distinct()
                .toList();
        Map<String, Path> named = new LinkedHashMap<>();
        for (Path file : whole) {
            named.put(name(file, whole), file);
        }
        return named;
    }

    private static String name(Path file, List<Path> among) {
        for (int parts = 1; parts <= file.getNameCount(); parts++) {
            Path name = file.subpath(file.getNameCount() - parts, file.getNameCount());
            if (among.stream().filter(other -> other.endsWith(name)).count() == 1) {
                return name.toString();
            }
        }
        return file.toString();
    }

    /** The same of a part of the videos. */
    public WatchPlan of(TimeSpan part) {
        return new WatchPlan(run, videos, rules, describe, boxes, model, framesPerSecond, byChange, part);
    }

    /** The same, which looks closely only where something changes. */
    public WatchPlan samplingByChange() {
        return new WatchPlan(run, videos, rules, describe, boxes, model, framesPerSecond, true, part);
    }

    /** The same, which also asks where in the picture it is. */
    public WatchPlan withBoxes() {
        return new WatchPlan(run, videos, rules, describe, true, model, framesPerSecond, byChange, part);
    }

    /** The configuration, JSON on one line, of a job that keeps nothing. */
    public String json() {
        return json(null, "");
    }

    /**
     * The job's configuration, JSON on one line.
     *
     * @param elasticsearch null to keep nothing
     * @param prefix of all index names
     */
    public String json(@Nullable ElasticsearchAddress elasticsearch, String prefix) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode config = json.createObjectNode().put("run", run);
        videos.forEach((stream, uri) -> config.withArray("videos")
                .addObject()
                .put("stream", stream)
                .put("uri", uri)
                .put("fromMillis", part.startMillis())
                .put("toMillis", part.endMillis()));
        config.set("rules", json.valueToTree(rules));
        config.put("describe", describe)
                .put("boxes", boxes)
                .put("model", model)
                .put("framesPerSecond", framesPerSecond)
                .put("byChange", byChange)
                .put("clipMillis", CLIP_MILLIS)
                .put("overlapMillis", OVERLAP_MILLIS)
                .put("parallelism", PARALLELISM);
        config.set("elasticsearch", index(elasticsearch, prefix));
        config.putObject("flink");
        return config.toString();
    }

    /** What a job's configuration says of Elasticsearch; of none, everything is empty. */
    static ObjectNode index(@Nullable ElasticsearchAddress elasticsearch, String prefix) {
        return new ObjectMapper()
                .createObjectNode()
                .put("url", said(elasticsearch, ElasticsearchAddress::url))
                .put("user", said(elasticsearch, ElasticsearchAddress::user))
                .put("password", said(elasticsearch, ElasticsearchAddress::password))
                .put("apiKey", said(elasticsearch, ElasticsearchAddress::apiKey))
                .put("prefix", prefix);
    }

    private static String said(
            @Nullable ElasticsearchAddress elasticsearch, Function<ElasticsearchAddress, @Nullable String> part) {
        return elasticsearch == null ? "" : Objects.requireNonNullElse(part.apply(elasticsearch), "");
    }
}
