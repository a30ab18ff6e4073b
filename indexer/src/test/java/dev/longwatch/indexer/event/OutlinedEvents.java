// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import java.util.List;

/** Events with boxes, for the tests of every module. */
public final class OutlinedEvents {

    private OutlinedEvents() {}

    /** The same with boxes. */
    public static VideoEvent outlined(VideoEvent event, Box... boxes) {
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
                event.labels(),
                List.of(boxes));
    }
}
