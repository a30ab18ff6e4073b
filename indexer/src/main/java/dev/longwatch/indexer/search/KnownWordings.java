// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.WordingDocument;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Wordings by their ids, remembered: an id stands for the same words for ever, and reading hundreds of them anew is what a
 * search would spend most of its time on. Thread-safe.
 */
final class KnownWordings {

    /** A few megabytes. */
    private static final int REMEMBERED = 20_000;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Map<String, Wording> remembered = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wording> eldest) {
            return size() > REMEMBERED;
        }
    };

    KnownWordings(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** Those that are there; one that was deleted a moment ago may be missing. */
    Map<String, Wording> of(List<String> ids) throws IOException {
        Map<String, Wording> known = new HashMap<>();
        synchronized (remembered) {
            ids.forEach(id -> {
                Wording wording = remembered.get(id);
                if (wording != null) {
                    known.put(id, wording);
                }
            });
        }
        List<String> missing = ids.stream().filter(id -> !known.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            Map<String, Wording> read = read(missing);
            known.putAll(read);
            synchronized (remembered) {
                remembered.putAll(read);
            }
        }
        return known;
    }

    private Map<String, Wording> read(List<String> ids) throws IOException {
        Map<String, Wording> read = new HashMap<>();
        for (MultiGetResponseItem<WordingDocument> item : elasticsearch
                .client()
                .mget(get -> get.index(names.wordings()).ids(ids), WordingDocument.class)
                .docs()) {
            WordingDocument document = item.isResult() ? item.result().source() : null;
            if (document != null) {
                read.put(item.result().id(), document.toWording());
            }
        }
        return read;
    }
}
