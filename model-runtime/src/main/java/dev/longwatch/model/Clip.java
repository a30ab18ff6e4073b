// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import java.util.List;

/**
 * Some seconds of video, as pictures of one size in the order they were on screen.
 *
 * @param frames at least one, instants strictly increasing
 * @param seconds the clip's length: the last instant an answer may name
 */
public record Clip(List<Frame> frames, double seconds) {

    public Clip {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("a clip needs at least one frame, found none");
        }
        Frame first = frames.get(0);
        double previous = -1;
        for (Frame frame : frames) {
            if (frame.width() != first.width() || frame.height() != first.height()) {
                throw new IllegalArgumentException("a clip has frames of one size, found " + first.width() + "x"
                        + first.height() + " and " + frame.width() + "x" + frame.height());
            }
            if (frame.seconds() <= previous) {
                throw new IllegalArgumentException(
                        "frames in order of time, found " + frame.seconds() + " s after " + previous + " s");
            }
            previous = frame.seconds();
        }
        if (!(seconds >= previous)) {
            throw new IllegalArgumentException("a clip of " + seconds + " s cannot hold a frame at " + previous + " s");
        }
    }

    public int width() {
        return frames.get(0).width();
    }

    public int height() {
        return frames.get(0).height();
    }
}
