// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.ask;

import dev.longwatch.dashboards.local.AskPlan;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.summary.Watched;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what is kept that may answer a question, and says what it cannot be answered from. */
public final class Preparation {

    private static final String RECORDING = "recording:";

    /** Streams whose unwatched seconds are told beside an answer that is about any stream. */
    private static final int MOST_STREAMS = 5;

    private final EventSearch search;
    private final CoverageLedger ledger;
    private final List<Place> places;
    private final TimeSpan within;
    private final boolean wallClock;

    /**
     * Everything that is needed to answer.
     *
     * @param nearest moments by how well they fit, the best first
     * @param neverWatched streams that were named and that nobody ever watched
     * @param watched what was watched of the streams in question, by name
     */
    public record Prepared(
            AskPlan plan, List<VideoEvent> nearest, List<String> neverWatched, Map<String, Watched> watched) {

        /** Whether there is anything to answer from. */
        public boolean tellsNothing() {
            return plan.moments().isEmpty() && plan.parts().isEmpty();
        }
    }

    /**
     * @param places where the answer is looked for; none for everywhere
     * @param within when; ends at {@link Watched#END} for no end
     * @param wallClock whether that is milliseconds since 1970 UTC, and not on each video's clock
     */
    public Preparation(
            EventSearch search, CoverageLedger ledger, List<Place> places, TimeSpan within, boolean wallClock) {
        this.search = search;
        this.ledger = ledger;
        this.places = List.copyOf(places);
        this.within = within;
        this.wallClock = wallClock;
    }

    /**
     * @param look whether the places are looked at as a whole
     * @param model a checkpoint directory; empty for the embedded model
     * @throws Problem when a place is neither known nor a file, or cannot be looked at
     */
    public Prepared of(String question, boolean look, String model) {
        List<String> neverWatched = neverWatched();
        Retrieval.Found found = new Retrieval(search).of(question, filter());
        List<VideoEvent> moments = found.events().stream().map(this::here).toList();
        AskPlan plan =
                new AskPlan(question, moments, found.all(), look ? parts() : List.of(), within, wallClock, model);
        return new Prepared(plan, moments, neverWatched, watched(moments));
    }

    private EventFilter filter() {
        EventFilter filter =
                EventFilter.ALL.inStreams(places.stream().map(Place::stream).toArray(String[]::new));
        if (wallClock) {
            return filter.between(
                    Instant.ofEpochMilli(within.startMillis()),
                    within.endMillis() == Watched.END ? null : Instant.ofEpochMilli(within.endMillis()));
        }
        boolean whole = within.startMillis() == 0 && within.endMillis() == Watched.END;
        // the server's numbers end before Java's
        long end = Math.min(within.endMillis(), Watched.FAR_MILLIS);
        return whole ? filter : filter.within(new TimeSpan(within.startMillis(), Math.max(within.startMillis(), end)));
    }

    private List<String> neverWatched() {
        List<String> never = new ArrayList<>();
        for (Place place : places) {
            boolean known = latest(place.stream()).isPresent()
                    || ledger.clock(place.stream(), 0, Watched.FAR_MILLIS).isPresent();
            if (!known && place.file() == null) {
                throw new Problem(
                        ExitCode.USAGE,
                        "nothing was ever watched under the name '" + place.stream() + "', and there is no such file");
            }
            if (!known) {
                never.add(place.stream());
            }
        }
        return never;
    }

    private Optional<VideoEvent> latest(String stream) {
        return search.list(EventFilter.ALL.inStreams(stream), 1).stream().findFirst();
    }

    /** A moment of a file that was named is looked at in that file, wherever it was watched. */
    private VideoEvent here(VideoEvent event) {
        return places.stream()
                .filter(place -> place.stream().equals(event.stream()))
                .map(Place::file)
                .filter(file -> file != null)
                .findFirst()
                .map(file -> event.at(file.toString()))
                .orElse(event);
    }

    private List<AskPlan.Part> parts() {
        if (places.isEmpty()) {
            throw new Problem(ExitCode.USAGE, "--look: expected --on VIDEO, which is then looked at as a whole");
        }
        return places.stream().map(this::part).toList();
    }

    private AskPlan.Part part(Place place) {
        Path file = place.file();
        Optional<VideoEvent> event = latest(place.stream());
        String uri = file == null ? event.map(VideoEvent::uri).orElse("") : file.toString();
        if (uri.isEmpty()) {
            throw new Problem(
                    ExitCode.USAGE,
                    "--look: nothing tells where the footage of " + place.stream()
                            + " is; expected the path of a file");
        }
        boolean recording = uri.startsWith(RECORDING);
        if (recording && (!wallClock || within.endMillis() == Watched.END)) {
            throw new Problem(
                    ExitCode.USAGE,
                    "--look: the recording of " + place.stream()
                            + " has no end; expected --from and --to, dates of the wall clock");
        }
        if (!recording && wallClock && event.isEmpty()) {
            throw new Problem(
                    ExitCode.USAGE,
                    "--look: nobody knows when " + place.stream()
                            + " was recorded; expected --from and --to in seconds or HH:MM:SS");
        }
        long zero = wallClock ? event.map(VideoEvent::recordedAtMillis).orElse(0L) : 0;
        long start = Math.max(0, within.startMillis() - zero);
        long end = within.endMillis() == Watched.END ? Watched.END : Math.max(start + 1, within.endMillis() - zero);
        return new AskPlan.Part(place.stream(), uri, new TimeSpan(start, end));
    }

    private Map<String, Watched> watched(List<VideoEvent> moments) {
        Map<String, VideoEvent> streams = new LinkedHashMap<>();
        moments.forEach(event -> streams.putIfAbsent(event.stream(), event));
        Map<String, Watched> watched = new LinkedHashMap<>();
        streams.values().stream().limit(MOST_STREAMS).forEach(event -> {
            long zero = wallClock ? event.recordedAtMillis() : 0;
            long start = Math.max(0, within.startMillis() - zero);
            long end = within.endMillis() == Watched.END ? Watched.END : Math.max(start, within.endMillis() - zero);
            watched.put(
                    event.stream(),
                    Watched.of(ledger, event.stream(), event.recordedAtMillis(), new TimeSpan(start, end))
                            .sinceWatched());
        });
        return watched;
    }
}
