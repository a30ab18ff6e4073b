// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.stitch;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.EventId;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.ground.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The events of one stream and rule that may still grow. Plain logic without Flink: sightings go in clip by clip, and
 * each returns the events it changed.
 *
 * <p>An event is closed as soon as the next clip begins too late to extend it. Ids and versions derive from clip ordinals
 * alone, so a replay writes the same documents (design decision 7).
 */
public final class OpenEvents {

    /** Of an event: a few minutes of one that is seen in every clip. */
    static final int MOST_BOXES = 100;

    private final List<VideoEvent> open;
    private final Set<String> told;
    private final long run;

    /**
     * @param open as the last clip left them
     * @param told ids of those among them that were returned before: they stay told, though the rule may now want longer
     *     ones
     * @param run see {@link Stitch}
     */
    public OpenEvents(List<VideoEvent> open, List<String> told, long run) {
        this.open = new ArrayList<>(open);
        this.told = new HashSet<>(told);
        this.run = run;
    }

    /** The events that may still grow. */
    List<VideoEvent> list() {
        return List.copyOf(open);
    }

    /** Ids of those among them that were returned. */
    List<String> told() {
        return List.copyOf(told);
    }

    /**
     * Takes what was seen in the clip after the last one.
     *
     * @return every event that this clip opened, extended or closed, as it stands now; too short ones are left out
     */
    public List<VideoEvent> take(Sighting sighting) {
        List<VideoEvent> before = list();
        int opened = 0;
        for (Sighting.Moment moment : sighting.moments()) {
            if (moment.probability() >= sighting.rule().threshold() && !extend(sighting, moment)) {
                open.add(opened(sighting, moment, opened++));
            }
        }
        List<VideoEvent> changed = new ArrayList<>();
        for (VideoEvent event : List.copyOf(open)) {
            if (mayGrow(event, sighting)) {
                if (!before.contains(event)) {
                    changed.add(event);
                }
            } else {
                open.remove(event);
                changed.add(closed(event, sighting));
            }
        }
        changed.removeIf(event -> !told.contains(event.id())
                && event.span().millis() < sighting.rule().minMillis());
        changed.forEach(event -> told.add(event.id()));
        told.retainAll(open.stream().map(VideoEvent::id).toList());
        return changed;
    }

    private boolean extend(Sighting sighting, Sighting.Moment moment) {
        TimeSpan span = new TimeSpan(moment.startMillis(), moment.endMillis());
        for (int i = 0; i < open.size(); i++) {
            VideoEvent event = open.get(i);
            if (event.text().equals(moment.text())
                    && event.span().touches(span, sighting.rule().mergeMillis())) {
                TimeSpan union = event.span().union(span);
                double confidence = Math.max(event.confidence(), moment.probability());
                open.set(
                        i,
                        event.changed(version(sighting), union, confidence, VideoEvent.State.OPEN)
                                .marked(sighting.rule().labels(), together(event.boxes(), moment.boxes())));
                return true;
            }
        }
        return false;
    }

    private VideoEvent opened(Sighting sighting, Sighting.Moment moment, int ordinal) {
        return new VideoEvent(
                EventId.of(sighting.stream(), sighting.rule().name(), sighting.ordinal(), ordinal),
                version(sighting),
                sighting.stream(),
                sighting.uri(),
                sighting.rule().name(),
                moment.text(),
                new TimeSpan(moment.startMillis(), moment.endMillis()),
                sighting.recordedAtMillis(),
                moment.probability(),
                VideoEvent.State.OPEN,
                sighting.model(),
                sighting.framesPerSecond(),
                sighting.sampling(),
                sighting.rule().labels(),
                moment.boxes());
    }

    /** By time; of a picture that clips share those that were seen first, and of a long event no more than some. */
    private static List<Box> together(List<Box> before, List<Box> more) {
        Set<Long> looked = before.stream().map(Box::atMillis).collect(Collectors.toSet());
        return Stream.concat(before.stream(), more.stream().filter(box -> !looked.contains(box.atMillis())))
                .sorted(Comparator.comparingLong(Box::atMillis))
                .limit(MOST_BOXES)
                .toList();
    }

    private boolean mayGrow(VideoEvent event, Sighting sighting) {
        if (sighting.rule().kind() == AlertRule.Kind.ABSENT && !sighting.watched()) {
            // however short: nobody knows whether it went on
            return false;
        }
        long nextClipStart = sighting.endMillis() - sighting.overlapMillis();
        return !sighting.last() && event.span().endMillis() + sighting.rule().mergeMillis() >= nextClipStart;
    }

    private VideoEvent closed(VideoEvent event, Sighting sighting) {
        return event.changed(version(sighting), event.span(), event.confidence(), VideoEvent.State.CLOSED)
                .marked(sighting.rule().labels(), event.boxes());
    }

    private long version(Sighting sighting) {
        return VideoEvent.firstVersion(run) + sighting.ordinal();
    }
}
