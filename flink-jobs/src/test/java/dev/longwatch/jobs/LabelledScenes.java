// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.eval.Figures;
import dev.longwatch.jobs.eval.Label;
import dev.longwatch.jobs.eval.Labels;
import dev.longwatch.jobs.eval.Measuring;
import dev.longwatch.jobs.eval.Outcome;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Videos with their true moments, watched by the whole job with the embedded model. */
final class LabelledScenes {

    private LabelledScenes() {}

    /**
     * Watches every video of the folder for the queries that its {@code labels.jsonl} names, and measures the surest event
     * of each.
     */
    static Figures.Grounding watch(Path folder) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (Map.Entry<Path, List<Label>> scene :
                Labels.read(folder.resolve("labels.jsonl"), "", "").byVideo().entrySet()) {
            List<VideoEvent> events = events(
                    scene.getKey(), scene.getValue().stream().map(Label::query).toList());
            scene.getValue().forEach(label -> outcomes.add(outcome(label, events)));
        }
        return Objects.requireNonNull(Measuring.of(outcomes, true).grounding(), "no queries");
    }

    private static Outcome outcome(Label label, List<VideoEvent> events) {
        Optional<VideoEvent> surest = events.stream()
                .filter(event -> event.rule().equals(label.query()))
                .max(Comparator.comparingDouble(VideoEvent::confidence));
        List<TimeSpan> found = surest.map(VideoEvent::span).stream().toList();
        double confidence = surest.map(VideoEvent::confidence).orElse(0.0);
        return new Outcome(label, found, List.of(), confidence, "", found.size(), true);
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
        new WatchJob(
                        source,
                        model,
                        0,
                        kept,
                        new KeptSink<>("events"),
                        new KeptSink<Watched>("watched"),
                        new KeptSink<>("coverage"))
                .execute(env)
                .getJobExecutionResult()
                .get();
        return kept.take().stream()
                .filter(event -> event.state() == VideoEvent.State.CLOSED)
                .toList();
    }
}
