// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.streams.Watched;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.watchlist.WatchedStream;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /status}: how everything stands, in a few figures. Answers without Elasticsearch too. */
final class Status {

    /** The ledger of a day is not read for everybody who looks. */
    private static final long FRESH_MILLIS = Duration.ofSeconds(30).toMillis();

    private static final String AWAY = "away";

    /**
     * @param lagSeconds how far watching is behind recording, of the stream where it is most; null while nobody knows
     * @param coverageToday which part of what happened since midnight was looked at, 0 to 1; null when nothing is known
     * @param governed whether {@code longwatch up} runs
     */
    private record Answer(
            int streams,
            long streamsUp,
            @Nullable BigDecimal lagSeconds,
            @Nullable Double coverageToday,
            String model,
            String elasticsearch,
            boolean governed) {}

    private record Share(long atMillis, @Nullable Double today) {}

    private final Elasticsearch elasticsearch;
    private final Watched watched;
    private final Standing standing;
    private final CoverageLedger ledger;
    private final Clock clock;
    private volatile Share share = new Share(0, null);

    /** @param clock with the zone in which a day begins */
    Status(Elasticsearch elasticsearch, Watched watched, Standing standing, CoverageLedger ledger, Clock clock) {
        this.elasticsearch = elasticsearch;
        this.watched = watched;
        this.standing = standing;
        this.ledger = ledger;
        this.clock = clock;
    }

    void get(Context context) {
        Input.ofQuery(context).done();
        LongwatchConfig config = standing.file().alone();
        String health = AWAY;
        @Nullable Double today = null;
        try {
            health = elasticsearch.health();
            config = watched.now();
            today = today(config.streams());
        } catch (IndexException e) {
            health = e.reason() == IndexException.Reason.FAILED ? health : AWAY;
        }
        List<StreamCondition> conditions = config.streams().stream()
                .map(stream -> standing.condition(stream.name()))
                .toList();
        context.json(new Answer(
                conditions.size(),
                conditions.stream().filter(StreamCondition::recording).count(),
                conditions.stream()
                        .filter(StreamCondition::knowsLag)
                        .map(condition -> ClockTime.seconds(condition.lagMillis()))
                        .max(BigDecimal::compareTo)
                        .orElse(null),
                today,
                config.model().isEmpty()
                        ? "embedded"
                        : String.valueOf(Path.of(config.model()).getFileName()),
                health,
                standing.governed()));
    }

    private @Nullable Double today(List<WatchedStream> streams) {
        Share known = share;
        long now = clock.millis();
        if (now - known.atMillis() < FRESH_MILLIS) {
            return known.today();
        }
        long midnight =
                LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant().toEpochMilli();
        long looked = 0;
        long meant = 0;
        for (WatchedStream stream : streams) {
            Coverage coverage = ledger.of(stream.name(), midnight, Math.max(now, midnight + 1));
            looked += coverage.millis(State.ANALYSED);
            meant += coverage.toMillis()
                    - coverage.fromMillis()
                    - coverage.unknownMillis()
                    - coverage.millis(State.DELETED);
        }
        Share fresh = new Share(now, meant == 0 ? null : (double) looked / meant);
        share = fresh;
        return fresh.today();
    }
}
