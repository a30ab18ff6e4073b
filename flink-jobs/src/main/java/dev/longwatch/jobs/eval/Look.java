// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.ground.Ground;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.Prompt;
import dev.longwatch.jobs.ground.Reply;
import dev.longwatch.jobs.ground.Sighting;
import dev.longwatch.jobs.source.VideoClips;
import dev.longwatch.jobs.stitch.OpenEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One video with all its questions. What a single clip answers is taken as it is, which is how figures are published; the
 * sightings of several are stitched as a watched video's are.
 */
final class Look {

    private final List<AlertRule> rules;
    private final boolean free;
    private final List<List<Reply>> replies = new ArrayList<>();
    private final List<VideoClip> clips = new ArrayList<>();
    private long pictures;

    private Look(List<AlertRule> rules, boolean free) {
        this.rules = rules;
        this.free = free;
    }

    /** @param rules that ride on the clips, the dense caption last if there is one */
    static Look at(VideoClips video, List<AlertRule> rules, ModelDoor door, Prompt prompt) {
        Look look = new Look(rules, !prompt.tellsProbability());
        for (VideoClip clip = video.next(); clip != null; clip = video.next()) {
            look.replies.add(door.ask(clip, prompt));
            look.pictures += clip.frames().length;
            // its pictures are not needed any more
            look.clips.add(clip.withoutFrames());
        }
        return look;
    }

    /** Whether the video was one clip. */
    boolean whole() {
        return clips.size() == 1;
    }

    /** How many pictures were looked at, those in an overlap twice. */
    long pictures() {
        return pictures;
    }

    /** Where the video really ends. */
    long endMillis() {
        return clips.get(clips.size() - 1).endMillis();
    }

    /** Why seconds of it were not looked at, for a person; empty when all were. */
    String problem() {
        return clips.stream()
                .map(VideoClip::problem)
                .filter(problem -> !problem.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    Outcome outcome(Label label) {
        int rule = label.dense() ? rules.size() - 1 : rules.indexOf(AlertRule.of(label.query()));
        List<Reply> told = replies.stream().map(clip -> clip.get(rule)).toList();
        List<Caption> found = whole() ? answered(told.get(0)) : stitched(told);
        List<Caption> counted = free && found.size() > 1 && whole() ? found.subList(0, 1) : found;
        return new Outcome(
                label,
                label.dense() ? List.of() : counted.stream().map(Caption::span).toList(),
                label.dense() ? counted : List.of(),
                told.stream().mapToDouble(Reply::probability).max().orElse(0),
                told.stream().map(Reply::text).collect(Collectors.joining("\n")),
                found.size(),
                told.stream().allMatch(Reply::readable));
    }

    private static List<Caption> answered(Reply reply) {
        double threshold = reply.sighting().rule().threshold();
        return Arrays.stream(reply.sighting().moments())
                .filter(moment -> moment.probability() >= threshold)
                .map(moment -> new Caption(new TimeSpan(moment.startMillis(), moment.endMillis()), moment.text()))
                .toList();
    }

    private List<Caption> stitched(List<Reply> told) {
        OpenEvents events = new OpenEvents(List.of(), List.of(), 0);
        List<Sighting> sightings = told.stream().map(Reply::sighting).toList();
        return sightings.stream()
                .flatMap(sighting -> events.take(sighting).stream())
                .filter(event -> event.state() == VideoEvent.State.CLOSED)
                .map(event -> new Caption(event.span(), event.text()))
                .sorted(Comparator.comparingLong(caption -> caption.span().startMillis()))
                .toList();
    }

    /** What is asked of a video: each query once, however many labels it has. */
    static List<AlertRule> rules(List<Label> labels) {
        Stream<AlertRule> queries = labels.stream()
                .filter(label -> !label.dense())
                .map(label -> AlertRule.of(label.query()))
                .distinct();
        Stream<AlertRule> captions =
                labels.stream().anyMatch(Label::dense) ? Stream.of(Ground.DESCRIBE) : Stream.empty();
        return Stream.concat(queries, captions).toList();
    }
}
