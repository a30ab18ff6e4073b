// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.event.Box;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.model.Answer;
import dev.longwatch.model.Clip;
import dev.longwatch.model.Frame;
import dev.longwatch.model.Question;
import dev.longwatch.model.VideoModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks where in the picture is what was seen in a clip: once for each moment that makes an event, in the picture of the clip
 * that is nearest to the moment's middle.
 */
final class Outline {

    private static final Logger LOG = LoggerFactory.getLogger(Outline.class);

    private Outline() {}

    /** A moment of a reply that is looked for. */
    private record Wanted(int reply, int moment, String text) {}

    /** The same replies, with boxes where the model gives some; what it says and nobody can read is no box. */
    static List<Reply> add(VideoModel model, VideoClip clip, List<Reply> replies) {
        Map<Integer, List<Wanted>> byPicture = new TreeMap<>();
        for (int reply = 0; reply < replies.size(); reply++) {
            Sighting sighting = replies.get(reply).sighting();
            for (int moment = 0; moment < sighting.moments().length; moment++) {
                Sighting.Moment seen = sighting.moments()[moment];
                Wanted wanted = new Wanted(reply, moment, seen.text());
                boolean asked = seen.probability() >= sighting.rule().threshold()
                        && model.refusal(Question.locate(seen.text())).isEmpty();
                if (asked) {
                    byPicture
                            .computeIfAbsent(nearest(clip.frames(), seen), picture -> new ArrayList<>())
                            .add(wanted);
                }
            }
        }
        List<Reply> outlined = new ArrayList<>(replies);
        byPicture.forEach((picture, wanted) -> add(model, clip.frames()[picture], wanted, outlined));
        return outlined;
    }

    private static void add(VideoModel model, SampledFrame frame, List<Wanted> wanted, List<Reply> replies) {
        Clip picture = new Clip(List.of(new Frame(frame.width(), frame.height(), frame.rgb(), 0)), 0);
        List<Answer> answers = model.answer(
                picture,
                wanted.stream().map(each -> Question.locate(each.text())).toList());
        for (int i = 0; i < wanted.size(); i++) {
            Wanted one = wanted.get(i);
            if (!answers.get(i).readable()) {
                LOG.warn(
                        "unreadable boxes of '{}': {}",
                        one.text(),
                        answers.get(i).text());
            }
            Reply reply = replies.get(one.reply());
            Sighting.Moment[] moments = reply.sighting().moments().clone();
            moments[one.moment()] = moments[one.moment()].with(boxes(answers.get(i), frame, one.text()));
            replies.set(one.reply(), reply.with(reply.sighting().with(moments)));
        }
    }

    private static List<Box> boxes(Answer answer, SampledFrame frame, String text) {
        return answer.boxes().stream()
                .map(box -> new Box(
                        frame.ptsMicros() / 1_000,
                        box.label().isEmpty() ? text : box.label(),
                        box.left(),
                        box.top(),
                        box.right(),
                        box.bottom()))
                .toList();
    }

    private static int nearest(SampledFrame[] frames, Sighting.Moment moment) {
        long middle = (moment.startMillis() + moment.endMillis()) * 500;
        int nearest = 0;
        for (int i = 1; i < frames.length; i++) {
            if (Math.abs(frames[i].ptsMicros() - middle) < Math.abs(frames[nearest].ptsMicros() - middle)) {
                nearest = i;
            }
        }
        return nearest;
    }
}
