// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in one picture of a video, as shares of the picture's width and height from the upper left corner.
 *
 * <p>Travels through Flink and is kept in its state: components stay flat and keep their meaning.
 *
 * @param atMillis when the picture was on screen, on the video's clock
 * @param label what is there, in words
 * @param left from 0 to less than {@code right}
 * @param top from 0 to less than {@code bottom}
 * @param right at most 1
 * @param bottom at most 1
 */
public record Box(long atMillis, String label, double left, double top, double right, double bottom) {

    public Box {
        if (!(0 <= left && left < right && right <= 1 && 0 <= top && top < bottom && bottom <= 1)) {
            throw new IllegalArgumentException("expected a part of a picture within 0 to 1, found left " + left
                    + ", top " + top + ", right " + right + ", bottom " + bottom);
        }
    }

    /** What was written before there were boxes, such as a checkpoint, has none. */
    public static List<Box> orNone(@Nullable List<Box> boxes) {
        return boxes == null ? List.of() : List.copyOf(boxes);
    }
}
