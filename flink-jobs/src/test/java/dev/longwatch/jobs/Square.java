// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.jobs.decode.FrameNumber;
import dev.longwatch.model.Answer;
import dev.longwatch.model.Clip;
import dev.longwatch.model.ClipSpan;
import dev.longwatch.model.Frame;
import dev.longwatch.model.Question;
import java.util.ArrayList;
import java.util.List;

/** A square that is to be seen in the numbered test videos in pictures 130 to 269 and 500 to 899, 25 a second. */
public final class Square {

    private Square() {}

    /** What a perfect model says of the square. */
    public static Answer in(Clip clip, Question question) {
        return in(clip, question, 0);
    }

    /** @param late by how many pictures the model is behind what it sees */
    public static Answer in(Clip clip, Question question, int late) {
        List<Answer.Moment> moments = new ArrayList<>();
        double start = -1;
        for (Frame frame : clip.frames()) {
            int number = FrameNumber.read(frame.rgb(), frame.width(), frame.height()) - late;
            boolean seen = (number >= 130 && number < 270) || (number >= 500 && number < 900);
            if (seen && start < 0) {
                start = frame.seconds();
            } else if (!seen && start >= 0) {
                moments.add(new Answer.Moment(new ClipSpan(start, frame.seconds()), question.text()));
                start = -1;
            }
        }
        if (start >= 0) {
            moments.add(new Answer.Moment(new ClipSpan(start, clip.seconds()), question.text()));
        }
        return new Answer(question, moments, moments.isEmpty() ? 0.1 : 0.9, "scripted", true);
    }
}
