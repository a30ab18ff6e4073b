// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import java.util.List;

/** Events with labels, for the tests of every module. */
public final class LabelledEvents {

    private LabelledEvents() {}

    /** The same with labels. */
    public static VideoEvent labelled(VideoEvent event, String... labels) {
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
                List.of(labels));
    }
}
