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
import java.util.List;

/** Puts a clip's questions to a model and its answers on the video's clock. */
final class Asking {

    private static final Sighting.Moment[] NOTHING = {};

    private Asking() {}

    /** One reply for each rule of the clip, in their order, the dense caption last; the model is not asked about no pictures. */
    static List<Reply> ask(VideoModel model, VideoClip clip, Prompt prompt) {
        List<AlertRule> rules = asked(clip);
        if (rules.isEmpty()) {
            return List.of();
        }
        if (clip.frames().length == 0) {
            return rules.stream()
                    .map(rule -> new Reply(sighting(clip, rule, false, 0, NOTHING, ""), 0, "", true))
                    .toList();
        }
        List<Answer> answers = model.answer(
                pictures(clip),
                rules.stream().map(rule -> question(rule, prompt)).toList());
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            AlertRule rule = rules.get(i);
            Answer answer = answers.get(i);
            boolean watched = answer.readable() && clip.problem().isEmpty();
            Sighting.Moment[] moments = onVideoClock(answer, rule, clip);
            replies.add(new Reply(
                    sighting(clip, rule, watched, answer.probability(), moments, model.fingerprint()),
                    answer.probability(),
                    answer.text(),
                    answer.readable()));
        }
        return replies;
    }

    private static Sighting sighting(
            VideoClip clip,
            AlertRule rule,
            boolean watched,
            double probability,
            Sighting.Moment[] moments,
            String fingerprint) {
        return new Sighting(
                clip.stream(),
                clip.uri(),
                clip.recordedAtMillis(),
                rule,
                clip.ordinal(),
                clip.startMillis(),
                clip.endMillis(),
                clip.since(),
                clip.last(),
                watched,
                probability,
                moments,
                fingerprint,
                clip.framesPerSecond(),
                clip.sampling());
    }

    private static List<AlertRule> asked(VideoClip clip) {
        List<AlertRule> rules = new ArrayList<>(List.of(clip.rules()));
        if (clip.describe()) {
            rules.add(Ground.DESCRIBE);
        }
        return rules;
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
