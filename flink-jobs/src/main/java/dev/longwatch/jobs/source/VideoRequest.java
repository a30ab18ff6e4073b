// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.io.Serializable;

/**
 * A video to watch.
 *
 * @param stream its name, as a person filters by it
 * @param uri a path that every worker can read, or a {@code file:} URI
 */
public record VideoRequest(String stream, String uri) implements Serializable {

    public VideoRequest {
        if (stream.isBlank() || uri.isBlank()) {
            throw new IllegalArgumentException(
                    "a video needs a name and a path, found '" + stream + "': '" + uri + "'");
        }
    }
}
