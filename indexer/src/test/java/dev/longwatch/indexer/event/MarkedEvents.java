// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import java.util.List;

/** Events with labels and boxes, for the tests of every module. */
public final class MarkedEvents {

    private MarkedEvents() {}

    /** The same with these labels. */
    public static VideoEvent labelled(VideoEvent event, String... labels) {
        return marked(event, List.of(labels), event.boxes());
    }

    /** The same with these boxes. */
    public static VideoEvent outlined(VideoEvent event, Box... boxes) {
        return marked(event, event.labels(), List.of(boxes));
    }

    private static VideoEvent marked(VideoEvent event, List<String> labels, List<Box> boxes) {
        return new VideoEvent(
                event.id(),
                event.version(),
                event.stream(),
                event.uri(),
                event.rule(),
                event.text(),
                event.span(),
                event.recordedAtMillis(),
                event.confidence(),
                event.state(),
                event.model(),
                event.framesPerSecond(),
                event.sampling(),
                labels,
                boxes);
    }
}
