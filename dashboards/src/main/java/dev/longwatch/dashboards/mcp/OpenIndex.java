// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.mcp;

import dev.longwatch.dashboards.api.coverage.CoverageRoute;
import dev.longwatch.dashboards.api.events.Events;
import dev.longwatch.dashboards.api.events.Filters;
import dev.longwatch.dashboards.api.media.Sources;
import dev.longwatch.dashboards.api.search.Search;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.KeptIndex;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventListing;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.VideoCatalog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is kept, as the REST API answers it. Opened at the first question, and looked after at each: an Elasticsearch on this
 * machine that is gone is started again, one elsewhere is found when it is back. Thread-safe.
 */
final class OpenIndex implements AutoCloseable {

    private final Supplier<KeptIndex> keep;
    private final IndexNames names;
    private final DataFolder data;
    private @Nullable KeptIndex index;
    private @Nullable Answers answers;

    /** The parts of the REST API that the tools share. */
    record Answers(Elasticsearch elasticsearch, Search search, Events events, CoverageRoute coverage, Sources sources) {

        static Answers of(Elasticsearch elasticsearch, IndexNames names, DataFolder data) {
            VideoCatalog catalog = new VideoCatalog(elasticsearch, names);
            EventSearch search = new EventSearch(elasticsearch, names);
            Filters filters = new Filters(catalog);
            return new Answers(
                    elasticsearch,
                    new Search(search, filters),
                    new Events(new EventListing(elasticsearch, names), filters),
                    new CoverageRoute(new CoverageLedger(elasticsearch, names), catalog),
                    new Sources(catalog, search, data));
        }
    }

    /** @param keep gets an Elasticsearch, or throws what a command would end with */
    OpenIndex(Supplier<KeptIndex> keep, IndexNames names, DataFolder data) {
        this.keep = keep;
        this.names = names;
        this.data = data;
    }

    /** @throws IndexException when Elasticsearch cannot be asked now */
    synchronized Answers answers() {
        if (index == null) {
            index = keep.get();
        }
        if (answers == null) {
            return open(index);
        }
        try {
            answers.elasticsearch().probe();
            return answers;
        } catch (IndexException e) {
            if (!index.isOurs()) {
                throw e;
            }
            if (!index.revive()) {
                return answers;
            }
            answers.elasticsearch().close();
            answers = null;
            return open(index);
        }
    }

    private Answers open(KeptIndex kept) {
        Elasticsearch elasticsearch = Elasticsearch.open(kept.address());
        try {
            new Schema(elasticsearch, names, 0).require();
        } catch (RuntimeException e) {
            elasticsearch.close();
            throw e;
        }
        Answers opened = Answers.of(elasticsearch, names, data);
        answers = opened;
        return opened;
    }

    @Override
    public synchronized void close() {
        if (answers != null) {
            answers.elasticsearch().close();
            answers = null;
        }
        if (index != null) {
            index.close();
            index = null;
        }
    }
}
