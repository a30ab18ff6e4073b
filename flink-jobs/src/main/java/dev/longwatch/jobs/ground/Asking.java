// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.model.Answer;
import dev.longwatch.model.Clip;
import dev.longwatch.model.ClipSpan;
import dev.longwatch.model.Frame;
import dev.longwatch.model.Question;
import dev.longwatch.model.VideoModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Puts a clip's questions to a model and its answers on the video's clock. */
final class Asking {

    private static final Sighting.Moment[] NOTHING = {};

    private Asking() {}

    /**
     * One reply for each rule of the clip, in their order, the dense caption last. The model is asked neither about no
     * pictures nor what it cannot be asked.
     */
    static List<Reply> ask(VideoModel model, VideoClip clip, Prompt prompt) {
        List<AlertRule> rules = clip.asked();
        List<Optional<String>> refusals = rules.stream()
                .map(rule -> model.refusal(question(rule, prompt)))
                .toList();
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (refusals.get(i).isEmpty()) {
                questions.add(question(rules.get(i), prompt));
            }
        }
        Iterator<Answer> answers = clip.frames().length == 0 || questions.isEmpty()
                ? Collections.emptyIterator()
                : model.answer(pictures(clip), questions).iterator();
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            boolean asked = answers.hasNext() && refusals.get(i).isEmpty();
            replies.add(
                    asked
                            ? reply(clip, rules.get(i), answers.next(), model.fingerprint())
                            : new Reply(
                                    sighting(clip, rules.get(i), false, 0, NOTHING, ""), 0, "", true, refusals.get(i)));
        }
        return replies;
    }

    private static Reply reply(VideoClip clip, AlertRule rule, Answer answer, String fingerprint) {
        boolean watched = answer.readable() && clip.problem().isEmpty();
        Sighting.Moment[] moments = onVideoClock(answer, rule, clip);
        return new Reply(
                sighting(clip, rule, watched, answer.probability(), moments, fingerprint),
                answer.probability(),
                answer.text(),
                answer.readable(),
                Optional.empty());
    }

    /** What was asked of the clip before and is not any more: its events end here. */
    static Sighting farewell(VideoClip clip, AlertRule rule) {
        return sighting(clip, rule, true, false, 0, NOTHING, "");
    }

    private static Sighting sighting(
            VideoClip clip,
            AlertRule rule,
            boolean watched,
            double probability,
            Sighting.Moment[] moments,
            String fingerprint) {
        return sighting(clip, rule, clip.last(), watched, probability, moments, fingerprint);
    }

    private static Sighting sighting(
            VideoClip clip,
            AlertRule rule,
            boolean last,
            boolean watched,
            double probability,
            Sighting.Moment[] moments,
            String fingerprint) {
        return new Sighting(
                clip.stream(),
                clip.uri(),
                clip.recordedAtMillis(),
                rule,
                stepOf(clip, rule),
                place(clip, clip.ordinal()),
                clip.startMillis(),
                clip.endMillis(),
                clip.overlapMillis(),
                place(clip, clip.since()),
                last,
                watched,
                probability,
                moments,
                fingerprint,
                clip.framesPerSecond(),
                clip.sampling());
    }

    private static long place(VideoClip clip, long ordinal) {
        return clip.recording() ? clip.endMillis() : ordinal;
    }

    private static AlertRule[] stepOf(VideoClip clip, AlertRule rule) {
        return Arrays.stream(clip.sequences())
                .filter(sequence ->
                        sequence.steps().stream().anyMatch(step -> step.rule().equals(rule.name())))
                .toArray(AlertRule[]::new);
    }

    private static Question question(AlertRule rule, Prompt prompt) {
        return rule.equals(Ground.DESCRIBE) ? Question.describe() : prompt.question(rule.when());
    }

    /** The clip as the model takes it: seconds from its start. */
    static Clip pictures(VideoClip clip) {
        List<Frame> frames = new ArrayList<>(clip.frames().length);
        for (SampledFrame frame : clip.frames()) {
            double seconds = (frame.ptsMicros() - clip.startMillis() * 1_000) / 1e6;
            frames.add(new Frame(frame.width(), frame.height(), frame.rgb(), seconds));
        }
        double last = frames.get(frames.size() - 1).seconds();
        return new Clip(frames, Math.max(last, (clip.endMillis() - clip.startMillis()) / 1e3));
    }

    private static Sighting.Moment[] onVideoClock(Answer answer, AlertRule rule, VideoClip clip) {
        return answer.moments().stream()
                .map(moment -> {
                    ClipSpan span = moment.span();
                    String text = rule.equals(Ground.DESCRIBE) ? moment.description() : rule.when();
                    return new Sighting.Moment(
                            onVideoClock(span.start(), clip),
                            onVideoClock(span.end(), clip),
                            text,
                            answer.probability());
                })
                .toArray(Sighting.Moment[]::new);
    }

    private static long onVideoClock(double clipSeconds, VideoClip clip) {
        return Math.min(clip.endMillis(), clip.startMillis() + Math.round(clipSeconds * 1e3));
    }
}
