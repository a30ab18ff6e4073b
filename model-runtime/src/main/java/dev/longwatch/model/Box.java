// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

/**
 * A part of a picture, as shares of its width and height from the upper left corner.
 *
 * @param label what is there, in the model's words; empty when it says nothing
 * @param left from 0 to less than {@code right}
 * @param top from 0 to less than {@code bottom}
 * @param right at most 1
 * @param bottom at most 1
 */
public record Box(String label, double left, double top, double right, double bottom) {

    public Box {
        if (!(0 <= left && left < right && right <= 1 && 0 <= top && top < bottom && bottom <= 1)) {
            throw new IllegalArgumentException("expected a part of a picture within 0 to 1, found left " + left
                    + ", top " + top + ", right " + right + ", bottom " + bottom);
        }
    }
}
