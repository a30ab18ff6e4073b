// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.model.VideoModel;

/**
 * Pictures at the size the model wants them.
 *
 * @param address the model that will look at them
 */
public record ModelFit(ModelAddress address) implements PictureFit {

    @Override
    public PictureSize fit(int width, int height) {
        VideoModel model = SharedModels.acquire(address);
        try {
            VideoModel.PictureSize size = model.fit(width, height);
            return new PictureSize(size.width(), size.height());
        } finally {
            SharedModels.release(address);
        }
    }
}
