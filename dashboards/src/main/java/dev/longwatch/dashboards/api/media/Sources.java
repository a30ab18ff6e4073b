// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.media;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.videos.Addresses;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.Recordings;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.VideoCatalog;
import java.util.Optional;

/** Where the footage of what was watched or recorded is. */
public final class Sources implements Footage {

    /** So long before the end a recording surely has a picture. */
    private static final long NEWEST_MILLIS = 1_000;

    private final VideoCatalog catalog;
    private final EventSearch events;
    private final Recordings recordings;

    public Sources(VideoCatalog catalog, EventSearch events, DataFolder data) {
        this.catalog = catalog;
        this.events = events;
        recordings = new Recordings(data.recordings());
    }

    /** As the index says, else where streams are recorded; an address that leads elsewhere is given too. */
    Optional<String> address(String video) {
        Optional<String> known = catalog.find(video).flatMap(found -> Optional.ofNullable(found.uri()));
        return known.isPresent() || recordings.of(video).isEmpty() ? known : Optional.of(recordings.uri());
    }

    @Override
    public Source find(String video) {
        String uri = address(video)
                .filter(address -> Addresses.file(address).isPresent()
                        || Addresses.recordings(address).isPresent())
                .orElseThrow(
                        () -> HttpProblem.notFound("no file or recording of that name was watched on this machine"));
        return new Source(video, uri);
    }

    /** An instant that stands for the whole: the newest of a recording, the first of a file. */
    long shownMillis(Source source) {
        TimeSpan recorded = recorded(source);
        return source.isRecording() ? Math.max(recorded.startMillis(), recorded.endMillis() - NEWEST_MILLIS) : 0;
    }

    @Override
    public TimeSpan recorded(Source source) {
        return Addresses.recordings(source.uri())
                .map(root -> new Recordings(root)
                        .of(source.video())
                        .orElseThrow(() -> HttpProblem.notFound("nothing of that stream is recorded")))
                .orElse(WatchPlan.WHOLE);
    }

    @Override
    public long millis(Source source, TimeInput time) {
        if (!time.dated() || source.isRecording()) {
            return time.millis();
        }
        return events.list(EventFilter.ALL.inStreams(source.video()), 1).stream()
                .findFirst()
                .map(event -> Math.max(0, time.millis() - event.recordedAtMillis()))
                .orElseThrow(() -> new HttpProblem(
                        HttpProblem.Kind.INVALID,
                        "nobody knows when " + source.video() + " was recorded; expected seconds of its own clock"));
    }
}
