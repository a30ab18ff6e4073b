// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import java.util.List;

/** Events with labels and boxes, for the tests of every module. */
public final class MarkedEvents {

    private MarkedEvents() {}

    /** The same with these labels. */
    public static VideoEvent labelled(VideoEvent event, String... labels) {
        return event.marked(List.of(labels), event.boxes());
    }

    /** The same with these boxes. */
    public static VideoEvent outlined(VideoEvent event, Box... boxes) {
        return event.marked(event.labels(), List.of(boxes));
    }
}
