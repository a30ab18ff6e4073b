// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which videos have something of what was found, counted by the server over all events: the best hundreds of events may all
 * be of one video. A video stands where the newest event of its best wording does.
 */
final class VideoGroups {

    private static final int PAGE = 10_000;

    /** Of a video and a wording. */
    private static final int MOST_PAIRS = 100_000;

    private final Events events;
    private final List<Ranked> ranked;
    private final Map<String, Integer> ranks = new HashMap<>();
    private final List<Video> videos;
    private boolean whole = true;

    /** @param ranked best first; empty when no words were asked for, and all events are meant */
    VideoGroups(Events events, List<Ranked> ranked) throws IOException {
        this.events = events;
        this.ranked = ranked;
        for (int rank = 0; rank < ranked.size(); rank++) {
            ranks.put(ranked.get(rank).id(), rank);
        }
        videos = counted();
    }

    /**
     * A video of which something was found.
     *
     * @param counts how many events it has of each wording
     * @param best rank of its best wording
     * @param newestMillis when the newest event of that one began
     */
    record Video(String stream, Map<String, Long> counts, int best, double newestMillis) {

        long count() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        private Video and(Video other) {
            Map<String, Long> both = new HashMap<>(counts);
            both.putAll(other.counts);
            boolean mine = best < other.best;
            return new Video(stream, both, mine ? best : other.best, mine ? newestMillis : other.newestMillis);
        }
    }

    /** The best first. */
    List<Video> videos() {
        return videos;
    }

    /** Whether these are all. */
    boolean isWhole() {
        return whole;
    }

    /**
     * What stands for a video.
     *
     * @param most how many of its best events, those beside the best one alongside
     * @return nothing when they were all deleted meanwhile
     */
    Optional<Moment> moment(Video video, int most) throws IOException {
        Events its = events.ofStream(video.stream());
        List<Moment> best = new ArrayList<>();
        if (ranked.isEmpty()) {
            its.newest(List.of(), 0, most).forEach(found -> best.add(Moment.ofTheTime(found.event())));
        } else {
            new EventPages(its, ranked, video.counts()).page(0, most).forEach(placed -> best.add(placed.moment()));
        }
        return best.stream()
                .findFirst()
                .map(first -> first.with(
                        best.stream().skip(1).map(Moment::event).toList(), Math.max(video.count(), best.size())));
    }

    private List<Video> counted() throws IOException {
        Map<String, Video> byStream = new HashMap<>();
        Map<String, FieldValue> after = Map.of();
        int pairs = 0;
        do {
            Aggregate page = events.byVideo(ranked.stream().map(Ranked::id).toList(), after, PAGE);
            if (page == null) {
                break;
            }
            List<CompositeBucket> buckets = page.composite().buckets().array();
            for (CompositeBucket bucket : buckets) {
                Video video = video(bucket);
                byStream.merge(video.stream(), video, Video::and);
            }
            after = page.composite().afterKey();
            pairs += buckets.size();
        } while (!after.isEmpty() && pairs < MOST_PAIRS);
        whole = after.isEmpty() || pairs < MOST_PAIRS;
        return byStream.values().stream()
                .sorted(Comparator.comparingInt(Video::best)
                        .thenComparing(
                                Comparator.comparingDouble(Video::newestMillis).reversed())
                        .thenComparing(Video::stream))
                .toList();
    }

    private Video video(CompositeBucket bucket) {
        FieldValue wording = bucket.key().get("wording");
        String said = wording == null ? "" : wording.stringValue();
        return new Video(
                Objects.requireNonNull(bucket.key().get("stream"), "a bucket has its key")
                        .stringValue(),
                Map.of(said, bucket.docCount()),
                ranks.getOrDefault(said, 0),
                Objects.requireNonNull(bucket.aggregations().get("newest"), "asked for")
                        .max()
                        .value());
    }
}
