// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The test videos, made by make_videos.sh beside them. */
public final class Videos {

    /** Scales to 160 pixels of width, enough to read the frame number. */
    public static final PictureFit SMALL = (width, height) -> new PictureFit.PictureSize(160, 160 * height / width);

    private Videos() {}

    public static String uri(String name) {
        URL found = Objects.requireNonNull(Videos.class.getResource("/videos/" + name), name);
        try {
            return Path.of(found.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
