// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.compose;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.EventId;
import dev.longwatch.indexer.event.Labels;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events that may be steps of one sequence, and the sequences found among them. Plain logic without Flink: events go in
 * as they change, in any order, and each returns the sequences it completed or changed.
 *
 * <p>A step begins after the one before it began, and no later than some time after that one ended, on the wall clock. Each
 * event of the last step completes at most one sequence, with the latest steps before it that fit, and lends it the
 * identity: what is found does not depend on the order in which streams are analysed. A sequence ends with its last event
 * and is not touched any more.
 */
public final class Sequences {

    /** How long an event waits for steps of streams that are analysed later. */
    static final long PATIENCE_MILLIS = 24 * 3_600_000L;

    /** No more events than this wait; the oldest go. */
    static final int MOST = 1_000;

    private final AlertRule rule;
    private final Map<String, VideoEvent> steps = new LinkedHashMap<>();
    private final Map<String, VideoEvent> found = new LinkedHashMap<>();

    /**
     * @param rule a sequence
     * @param steps events as the last change left them
     * @param found sequences as the last change left them
     */
    public Sequences(AlertRule rule, Iterable<VideoEvent> steps, Iterable<VideoEvent> found) {
        this.rule = rule;
        steps.forEach(event -> this.steps.put(event.id(), event));
        found.forEach(event -> this.found.put(event.id(), event));
    }

    List<VideoEvent> steps() {
        return List.copyOf(steps.values());
    }

    List<VideoEvent> found() {
        return List.copyOf(found.values());
    }

    /** @return every sequence that this change of an event completed or changed, as it stands now */
    public List<VideoEvent> take(VideoEvent event) {
        steps.put(event.id(), event);
        List<VideoEvent> changed = steps.values().stream()
                .filter(last -> isLastStep(last) || found.containsKey(EventId.composed(rule.name(), last.id())))
                .filter(last -> last.id().equals(event.id()) || last.startedAtMillis() > event.startedAtMillis())
                .map(this::changed)
                .flatMap(Optional::stream)
                .toList();
        changed.forEach(sequence -> found.put(sequence.id(), sequence));
        forget();
        return changed;
    }

    /** @return what was found with an event as its last step before the rules changed, as it stands now */
    public List<VideoEvent> end(VideoEvent event) {
        steps.remove(event.id());
        VideoEvent before = found.get(EventId.composed(rule.name(), event.id()));
        if (before == null || before.state() == VideoEvent.State.CLOSED) {
            return List.of();
        }
        VideoEvent now = ended(before, event);
        if (now.state() == VideoEvent.State.CLOSED) {
            found.remove(now.id());
        } else {
            found.put(now.id(), now);
        }
        return List.of(now);
    }

    private boolean isLastStep(VideoEvent event) {
        return isStep(rule.steps().size() - 1, event);
    }

    private Optional<VideoEvent> changed(VideoEvent last) {
        VideoEvent before = found.get(EventId.composed(rule.name(), last.id()));
        if (before != null && before.state() == VideoEvent.State.CLOSED) {
            return Optional.empty();
        }
        // the rule may have changed since, and the event be no last step of it any more
        VideoEvent now = isLastStep(last) || before == null ? now(last, before) : ended(before, last);
        return Objects.equals(now, before) ? Optional.empty() : Optional.ofNullable(now);
    }

    private @Nullable VideoEvent now(VideoEvent last, @Nullable VideoEvent before) {
        Deque<VideoEvent> members = new ArrayDeque<>(List.of(last));
        if (fit(rule.steps().size() - 2, members)) {
            long version = before == null ? 0 : before.version();
            return composed(List.copyOf(members), version);
        }
        // what was found once stays found, however its steps grew since
        return before == null ? null : ended(before, last);
    }

    /** Puts the latest events that fit before {@code members}. */
    private boolean fit(int step, Deque<VideoEvent> members) {
        if (step < 0) {
            return true;
        }
        VideoEvent next = members.getFirst();
        List<VideoEvent> latestFirst = steps.values().stream()
                .filter(event -> isStep(step, event) && precedes(event, next))
                .sorted(Comparator.comparingLong(VideoEvent::startedAtMillis)
                        .thenComparing(VideoEvent::id)
                        .reversed())
                .toList();
        for (VideoEvent event : latestFirst) {
            members.addFirst(event);
            if (fit(step - 1, members)) {
                return true;
            }
            members.removeFirst();
        }
        return false;
    }

    private boolean isStep(int number, VideoEvent event) {
        AlertRule.Step step = rule.steps().get(number);
        return step.rule().equals(event.rule()) && step.holdsFor(event.stream());
    }

    private boolean precedes(VideoEvent event, VideoEvent next) {
        return event.startedAtMillis() < next.startedAtMillis()
                && next.startedAtMillis() <= endedAtMillis(event) + rule.withinMillis();
    }

    private VideoEvent composed(List<VideoEvent> members, long atLeastVersion) {
        VideoEvent last = members.get(members.size() - 1);
        // another stream's video may have begun before this one
        long startMillis = Math.max(0, members.get(0).startedAtMillis() - last.recordedAtMillis());
        return new VideoEvent(
                EventId.composed(rule.name(), last.id()),
                members.stream().mapToLong(VideoEvent::version).reduce(atLeastVersion, Math::max),
                last.stream(),
                last.uri(),
                rule.name(),
                String.join(", then ", members.stream().map(this::words).toList()),
                new TimeSpan(startMillis, last.span().endMillis()),
                last.recordedAtMillis(),
                members.stream().mapToDouble(VideoEvent::confidence).min().orElse(0),
                last.state(),
                last.model(),
                last.framesPerSecond(),
                last.sampling(),
                labels(members));
    }

    /** The sequence's own and those of all steps, whichever of them came last. */
    private List<String> labels(List<VideoEvent> members) {
        return members.stream().map(VideoEvent::labels).reduce(rule.labels(), Labels::together);
    }

    private String words(VideoEvent member) {
        return rule.crossesStreams() ? member.text() + " (" + member.stream() + ")" : member.text();
    }

    private static VideoEvent ended(VideoEvent sequence, VideoEvent last) {
        return sequence.changed(
                Math.max(sequence.version(), last.version()),
                sequence.span().union(last.span()),
                sequence.confidence(),
                last.state());
    }

    private void forget() {
        long newest = steps.values().stream()
                .mapToLong(VideoEvent::startedAtMillis)
                .max()
                .orElse(0);
        steps.values().removeIf(event -> endedAtMillis(event) < newest - rule.withinMillis() - PATIENCE_MILLIS);
        if (steps.size() > MOST) {
            steps.values().stream()
                    .min(Comparator.comparingLong(VideoEvent::startedAtMillis).thenComparing(VideoEvent::id))
                    .ifPresent(oldest -> steps.remove(oldest.id()));
        }
        found.keySet()
                .retainAll(steps.keySet().stream()
                        .map(id -> EventId.composed(rule.name(), id))
                        .toList());
    }

    private static long endedAtMillis(VideoEvent event) {
        return event.recordedAtMillis() + event.span().endMillis();
    }
}
