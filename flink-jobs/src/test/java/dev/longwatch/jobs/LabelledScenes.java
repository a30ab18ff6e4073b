// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Videos with their true moments, watched by the whole job with the embedded model: lines of {@code labels.jsonl}, each
 * {@code {"video": file, "query": words, "spans": [[start, end]]}} in seconds; no spans: absent.
 */
final class LabelledScenes {

    private LabelledScenes() {}

    /**
     * How one query came out.
     *
     * @param truth the true moment; empty when there is none
     * @param found the surest event, if any
     */
    record Outcome(String video, String query, Optional<TimeSpan> truth, Optional<VideoEvent> found) {

        boolean present() {
            return truth.isPresent();
        }

        /** Intersection over union of the true and the found span, 0 when nothing was found. */
        double iou() {
            if (truth.isEmpty() || found.isEmpty()) {
                return 0;
            }
            TimeSpan a = truth.get();
            TimeSpan b = found.get().span();
            double inter =
                    Math.max(0, Math.min(a.endMillis(), b.endMillis()) - Math.max(a.startMillis(), b.startMillis()));
            return inter / (a.millis() + b.millis() - inter);
        }
    }

    /** Watches every video of the folder for the queries that its labels name. */
    static List<Outcome> watch(Path folder, int atMost) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        int videos = 0;
        for (Map.Entry<String, Map<String, Optional<TimeSpan>>> scene :
                labels(folder).entrySet()) {
            if (videos++ == atMost) {
                break;
            }
            List<VideoEvent> events = events(
                    folder.resolve(scene.getKey()),
                    scene.getValue().keySet().stream().toList());
            scene.getValue()
                    .forEach((query, truth) -> outcomes.add(new Outcome(
                            scene.getKey(),
                            query,
                            truth,
                            events.stream()
                                    .filter(event -> event.rule().equals(query))
                                    .max(Comparator.comparingDouble(VideoEvent::confidence)))));
        }
        return outcomes;
    }

    static double meanIou(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome::present)
                .mapToDouble(Outcome::iou)
                .average()
                .orElse(0);
    }

    /** The share of absent queries that were answered with an event all the same. */
    static double falseAlarms(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> !outcome.present())
                .mapToDouble(outcome -> outcome.found().isPresent() ? 1 : 0)
                .average()
                .orElse(0);
    }

    private static List<VideoEvent> events(Path video, List<String> queries) throws Exception {
        CheckpointModel model = new CheckpointModel("");
        VideoSource source = VideoSource.builder()
                .videos(List.of(new VideoRequest(video.getFileName().toString(), video.toString())))
                .rules(queries.stream().map(AlertRule::of).toList())
                .fit(new ModelFit(model))
                .build();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        KeptSink<VideoEvent> kept = new KeptSink<>(video.toString());
        long overlap = ClipGrid.DEFAULT.lengthMillis() - ClipGrid.DEFAULT.strideMillis();
        new WatchJob(source, model, overlap, 0, kept, new KeptSink<>("events"), new KeptSink<Watched>("watched"))
                .execute(env)
                .getJobExecutionResult()
                .get();
        return kept.take().stream()
                .filter(event -> event.state() == VideoEvent.State.CLOSED)
                .toList();
    }

    private static Map<String, Map<String, Optional<TimeSpan>>> labels(Path folder) throws IOException {
        Map<String, Map<String, Optional<TimeSpan>>> scenes = new LinkedHashMap<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(folder.resolve("labels.jsonl"))) {
            JsonNode label = json.readTree(line);
            Optional<TimeSpan> truth = label.path("spans").isEmpty()
                    ? Optional.empty()
                    : Optional.of(new TimeSpan(
                            Math.round(label.at("/spans/0/0").asDouble() * 1_000),
                            Math.round(label.at("/spans/0/1").asDouble() * 1_000)));
            scenes.computeIfAbsent(label.path("video").asText(), video -> new LinkedHashMap<>())
                    .put(label.path("query").asText(), truth);
        }
        return scenes;
    }
}
