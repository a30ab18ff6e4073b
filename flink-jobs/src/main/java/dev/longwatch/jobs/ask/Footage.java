// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.ground.ModelAddress;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.Prompt;
import dev.longwatch.jobs.ground.Reply;
import dev.longwatch.jobs.source.VideoClips;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.stitch.OpenEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at stretches of footage again, clip by clip as a watch does, and keeps what was seen. */
final class Footage {

    private static final ClipGrid GRID = ClipGrid.DEFAULT;
    private static final long OVERLAP_MILLIS = GRID.lengthMillis() - GRID.strideMillis();

    private final ModelDoor door;
    private final ModelAddress address;
    private final double framesPerSecond;
    private final Listener listener;
    private final Map<String, List<Seen>> seen = new LinkedHashMap<>();
    private final Map<String, Double> highest = new LinkedHashMap<>();
    private final List<Looked> looked = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Seconds that were looked at.
     *
     * @param ended whether the video ends with them
     */
    record Looked(String stream, String uri, TimeSpan span, long recordedAtMillis, boolean ended) {

        private boolean holds(AskConfig.Part part) {
            return stream.equals(part.stream())
                    && uri.equals(part.uri())
                    && span.startMillis() <= part.fromMillis()
                    && (ended || span.endMillis() >= part.toMillis());
        }
    }

    /** Told what is looked at, on the thread that looks. */
    interface Listener {

        /**
         * A clip comes next.
         *
         * @param done clips of the stretch so far
         * @param of clips of the stretch, as far as is known
         */
        void looking(Stretch stretch, long done, long of);

        /** A clip was looked at, with its pictures, and what came of each condition. */
        void looked(VideoClip clip, List<Reply> replies);
    }

    /** @param door to the model at the address */
    Footage(ModelDoor door, ModelAddress address, double framesPerSecond, Listener listener) {
        this.door = door;
        this.address = address;
        this.framesPerSecond = framesPerSecond;
        this.listener = listener;
    }

    /** @param conditions that are looked for in every clip */
    void look(List<Stretch> stretches, List<String> conditions) {
        List<AlertRule> rules = conditions.stream().map(AlertRule::of).toList();
        stretches.forEach(stretch -> look(stretch, rules));
    }

    private void look(Stretch stretch, List<AlertRule> rules) {
        VideoRequest part = new VideoRequest(
                stretch.stream(),
                stretch.uri(),
                within(stretch.first(), 0),
                within(stretch.last(), OVERLAP_MILLIS + 1));
        List<OpenEvents> open = rules.stream()
                .map(rule -> new OpenEvents(List.of(), List.of(), 0))
                .toList();
        Map<String, VideoEvent> events = new LinkedHashMap<>();
        long done = 0;
        listener.looking(stretch, done, stretch.clips());
        try (VideoClips clips = VideoClips.part(part, rules, framesPerSecond, new ModelFit(address))) {
            VideoClip before = null;
            for (VideoClip clip = clips.next(); clip != null; clip = clips.next()) {
                List<Reply> replies = door.ask(clip, Prompt.LONGWATCH);
                for (int rule = 0; rule < replies.size(); rule++) {
                    Reply reply = replies.get(rule);
                    highest.merge(rules.get(rule).when(), reply.probability(), Math::max);
                    open.get(rule).take(reply.sighting()).forEach(event -> events.put(event.id(), event));
                }
                if (!clip.problem().isEmpty()) {
                    problems.add(clip.stream() + ": " + clip.problem());
                }
                listener.looked(clip, replies);
                listener.looking(stretch, ++done, Math.max(done, clipsOf(stretch, clip)));
                before = clip.withoutFrames();
            }
            if (before != null) {
                looked.add(looked(stretch, before));
            }
        }
        events.values().forEach(this::keep);
    }

    private static Looked looked(Stretch stretch, VideoClip last) {
        return new Looked(
                stretch.stream(),
                stretch.uri(),
                new TimeSpan(stretch.startMillis(), Math.max(stretch.startMillis(), last.endMillis())),
                last.recordedAtMillis(),
                last.videoMillis() > 0 && last.endMillis() >= last.videoMillis());
    }

    private void keep(VideoEvent event) {
        seen.computeIfAbsent(event.text(), text -> new ArrayList<>())
                .add(new Seen(
                        event.stream(),
                        event.uri(),
                        event.text(),
                        event.span(),
                        event.recordedAtMillis(),
                        event.confidence()));
    }

    /** An instant that of all clips only this one shows: behind the one before. */
    private static long within(long clip, long millis) {
        return clip == 0 ? millis : GRID.startMillis(clip) + Math.max(millis, OVERLAP_MILLIS);
    }

    private static long clipsOf(Stretch stretch, VideoClip clip) {
        long last =
                clip.videoMillis() > 0 ? Math.min(stretch.last(), GRID.clips(clip.videoMillis()) - 1) : stretch.last();
        return last - stretch.first() + 1;
    }

    /** The moments at which a condition was seen. */
    List<Seen> seen(String condition) {
        return seen.getOrDefault(condition, List.of());
    }

    /** How likely it was where it was likeliest, 0 to 1. */
    double highest(String condition) {
        return highest.getOrDefault(condition, 0.0);
    }

    /** What was looked at. */
    List<Looked> looked() {
        return List.copyOf(looked);
    }

    /** Whether every second of these parts was looked at. */
    boolean holds(List<AskConfig.Part> parts) {
        return problems.isEmpty()
                && !parts.isEmpty()
                && parts.stream().allMatch(part -> looked.stream().anyMatch(each -> each.holds(part)));
    }

    /** Why seconds were not looked at, for a person; empty when all were. */
    List<String> problems() {
        return problems.stream().distinct().toList();
    }
}
