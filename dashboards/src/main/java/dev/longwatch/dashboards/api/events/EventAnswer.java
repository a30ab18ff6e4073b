// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.events;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.List;
import java.util.Locale;

/** An event as it is answered. Without the address of the video, which may hold a password. */
public record EventAnswer(
        String id,
        String stream,
        String rule,
        String text,
        ClockTime start,
        ClockTime end,
        double confidence,
        String state,
        long version,
        String model,
        double framesPerSecond,
        String sampling,
        List<String> labels,
        List<Place> boxes) {

    /**
     * Where it is in one picture.
     *
     * @param time of the picture
     * @param label what is there
     * @param left share of the picture's width, as {@code right}
     * @param top share of the picture's height, as {@code bottom}
     */
    public record Place(ClockTime time, String label, double left, double top, double right, double bottom) {}

    public static EventAnswer of(VideoEvent event) {
        return new EventAnswer(
                event.id(),
                event.stream(),
                event.rule(),
                event.text(),
                ClockTime.onVideo(event.recordedAtMillis(), event.span().startMillis()),
                ClockTime.onVideo(event.recordedAtMillis(), event.span().endMillis()),
                event.confidence(),
                event.state().name().toLowerCase(Locale.ROOT),
                event.version(),
                event.model(),
                event.framesPerSecond(),
                event.sampling(),
                event.labels(),
                event.boxes().stream()
                        .map(box -> new Place(
                                ClockTime.onVideo(event.recordedAtMillis(), box.atMillis()),
                                box.label(),
                                box.left(),
                                box.top(),
                                box.right(),
                                box.bottom()))
                        .toList());
    }
}
