// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

/**
 * Which frames of a video the reference looks at: the rule of qwen-vl-utils (spec section 4.5), by which published
 * results were made. Used where results are compared with those; live sampling goes by presentation time instead.
 */
public final class FramePicking {

    /** Frames come in pairs: the model's temporal patch. */
    private static final int FACTOR = 2;

    private static final int MIN_FRAMES = 4;
    private static final int MAX_FRAMES = 768;

    private FramePicking() {}

    /**
     * How many frames are looked at: an even number, 4 to 768, no more than there are.
     *
     * @param total frames in the video, at least 2
     * @param videoFps frames per second of the video
     * @param fps frames per second wanted; 2 in published results
     */
    public static int count(int total, double videoFps, double fps) {
        if (total < FACTOR) {
            throw new IllegalArgumentException("expected a video of at least " + FACTOR + " frames, found " + total);
        }
        double wanted = total / videoFps * fps;
        double most = floorToFactor(Math.min(MAX_FRAMES, total));
        return floorToFactor(Math.min(Math.max(wanted, MIN_FRAMES), most));
    }

    private static int floorToFactor(double frames) {
        return (int) Math.floor(frames / FACTOR) * FACTOR;
    }

    /**
     * Indices of evenly spread frames, the first and the last among them:
     * {@code torch.linspace(0, total - 1, count).round()}. Computed in float32 exactly as torch does, from both ends
     * to the middle: float64 picks other frames in videos of more than some 50,000.
     */
    public static int[] indices(int total, int count) {
        if (count < FACTOR || count > total) {
            throw new IllegalArgumentException(
                    "expected to pick " + FACTOR + " to " + total + " frames, found " + count);
        }
        float end = total - 1;
        float step = end / (count - 1);
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            float place = i < count / 2 ? step * i : Math.fma(-step, count - 1 - i, end);
            indices[i] = (int) Math.rint(place);
        }
        return indices;
    }

    /** Frames per second of what was picked, which is not quite what was wanted. */
    public static double sampledFps(int total, double videoFps, int count) {
        return (double) count / total * videoFps;
    }
}
