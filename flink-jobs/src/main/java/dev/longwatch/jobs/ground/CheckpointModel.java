// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.model.VideoModel;
import java.nio.file.Path;

/**
 * A Qwen2.5-VL checkpoint in a directory every worker can read, or the embedded one.
 *
 * @param directory a Hugging Face directory; empty for the embedded model
 */
public record CheckpointModel(String directory) implements ModelAddress {

    @Override
    public VideoModel open() {
        return directory.isEmpty() ? VideoModel.embedded() : VideoModel.open(Path.of(directory));
    }
}
