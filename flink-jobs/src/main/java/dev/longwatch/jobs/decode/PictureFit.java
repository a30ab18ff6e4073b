// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import java.io.Serializable;

/** To which size pictures are scaled while they are decoded: whoever looks at them says. */
@FunctionalInterface
public interface PictureFit extends Serializable {

    /**
     * @param width of the picture as shown, after rotation
     * @param height of the picture as shown, after rotation
     * @return the size to scale to
     */
    PictureSize fit(int width, int height);

    /** Width and height in pixels. */
    record PictureSize(int width, int height) {}
}
