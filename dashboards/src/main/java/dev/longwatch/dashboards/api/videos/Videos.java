// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.VideoCatalog;
import dev.longwatch.indexer.search.VideoCatalog.Video;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /videos}: what was watched, files and streams; a video can be forgotten with all that is kept about it. */
public final class Videos {

    private static final int LIMIT = 50;
    private static final int LONGEST_CURSOR = 4_000;

    /**
     * @param uri without what may be secret in it; null when it is not known
     * @param live whether it is a recording, whose clock is the wall's
     * @param coverage which part was looked at, of a recording that of its last day; null when nobody wrote about it
     */
    private record VideoAnswer(
            String name,
            @Nullable String uri,
            boolean live,
            long events,
            ClockTime from,
            ClockTime to,
            @Nullable Double coverage) {

        static VideoAnswer of(Video video, Looked looked) {
            return new VideoAnswer(
                    video.name(),
                    Addresses.shown(video.uri()),
                    looked.live(),
                    video.events(),
                    ClockTime.wall(video.fromMillis()),
                    ClockTime.wall(video.toMillis()),
                    looked.share());
        }
    }

    /** @param next null on the last page */
    private record Page(List<VideoAnswer> videos, @Nullable String next) {}

    private final VideoCatalog catalog;
    private final Receipted deletion;
    private final CoverageLedger ledger;

    public Videos(VideoCatalog catalog, Receipted deletion, CoverageLedger ledger) {
        this.catalog = catalog;
        this.deletion = deletion;
        this.ledger = ledger;
    }

    public void list(Context context) {
        Input query = Input.ofQuery(context);
        int limit = query.number("limit", 1, VideoCatalog.HIGHEST_LIMIT, LIMIT);
        @Nullable String cursor = query.has("cursor") ? query.text("cursor", LONGEST_CURSOR) : null;
        query.done();
        VideoCatalog.Page page = page(cursor, limit);
        context.json(new Page(page.videos().stream().map(this::answer).toList(), page.next()));
    }

    public void get(Context context) {
        Input.ofQuery(context).done();
        context.json(answer(known(context)));
    }

    /** Answers the receipt. The watched file itself stays. */
    public void delete(Context context) {
        Input.ofQuery(context).done();
        Video video = known(context);
        context.json(deletion.delete(video.name()));
    }

    private VideoAnswer answer(Video video) {
        return VideoAnswer.of(video, Looked.at(video, ledger));
    }

    private Video known(Context context) {
        return catalog.find(context.pathParam("video"))
                .orElseThrow(() -> HttpProblem.notFound("nothing of that name was watched"));
    }

    private VideoCatalog.Page page(@Nullable String cursor, int limit) {
        try {
            return catalog.page(cursor, limit);
        } catch (IndexException e) {
            if (e.reason() == IndexException.Reason.BAD_REQUEST) {
                throw HttpProblem.invalid("cursor", String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
