// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.model.VideoModel;
import java.io.Serializable;

/** Where a model comes from, so that the place can travel to the workers and the model need not. */
@FunctionalInterface
public interface ModelAddress extends Serializable {

    /** Opens the model. Called once per process and address. */
    VideoModel open();
}
