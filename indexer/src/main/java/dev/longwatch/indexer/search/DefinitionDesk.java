// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.schema.DefinitionDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.watchlist.Definition;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where people add, change and remove streams, or rules. Nobody overwrites what they have not seen. Safe for use by several
 * threads; every method throws an {@link IndexException} when Elasticsearch cannot be asked.
 */
public final class DefinitionDesk {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    /** The most that one search answers. */
    private static final int MOST = 10_000;

    private final Elasticsearch elasticsearch;
    private final String index;
    private final String kind;

    private DefinitionDesk(Elasticsearch elasticsearch, String index, String kind) {
        this.elasticsearch = elasticsearch;
        this.index = index;
        this.kind = kind;
    }

    public static DefinitionDesk ofStreams(Elasticsearch elasticsearch, IndexNames names) {
        return new DefinitionDesk(elasticsearch, names.streams(), "stream");
    }

    public static DefinitionDesk ofRules(Elasticsearch elasticsearch, IndexNames names) {
        return new DefinitionDesk(elasticsearch, names.rules(), "rule");
    }

    /** All of them, by name. */
    public List<Definition> all() {
        try {
            return elasticsearch
                    .client()
                    .search(
                            search -> search.index(index)
                                    .ignoreUnavailable(true)
                                    .size(MOST)
                                    .seqNoPrimaryTerm(true)
                                    // an index may be there and have no field yet
                                    .sort(sort -> sort.field(name -> name.field("name")
                                            .order(SortOrder.Asc)
                                            .unmappedType(FieldType.Keyword))),
                            DefinitionDocument.class)
                    .hits()
                    .hits()
                    .stream()
                    .map(DefinitionDesk::definition)
                    .toList();
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /** The one of that name, as it is now. */
    public Optional<Definition> find(String name) {
        try {
            GetResponse<DefinitionDocument> found =
                    elasticsearch.client().get(get -> get.index(index).id(name), DefinitionDocument.class);
            return Optional.ofNullable(found.source())
                    .map(document -> document.toDefinition(revision(found.seqNo(), found.primaryTerm())));
        } catch (ElasticsearchException e) {
            if (e.status() == NOT_FOUND) {
                // the index comes with its first document
                return Optional.empty();
            }
            throw elasticsearch.explain(e);
        } catch (IOException e) {
            throw elasticsearch.explain(e);
        }
    }

    /**
     * Keeps a definition; readers see it from now on.
     *
     * @param definition without a revision it must be new, with one it replaces that revision
     * @param nowMillis milliseconds since 1970 UTC
     * @return it with its new revision
     * @throws IndexException {@link Reason#CHANGED_MEANWHILE} when it is there already, or is not what it was any more
     * @throws IllegalArgumentException when what it says is no JSON object
     */
    public Definition put(Definition definition, long nowMillis) {
        DefinitionDocument document = DefinitionDocument.of(definition, nowMillis);
        @Nullable Revision replaced = Revision.parse(definition.revision());
        try {
            var kept = elasticsearch.client().index(put -> {
                put.index(index).id(definition.name()).document(document).refresh(Refresh.WaitFor);
                return replaced == null
                        ? put.opType(OpType.Create)
                        : put.ifSeqNo(replaced.seqNo()).ifPrimaryTerm(replaced.primaryTerm());
            });
            return document.toDefinition(revision(kept.seqNo(), kept.primaryTerm()));
        } catch (IOException | ElasticsearchException e) {
            throw Elasticsearch.status(e) == CONFLICT ? conflict(definition) : elasticsearch.explain(e);
        }
    }

    /**
     * Removes that revision of a definition; harmless when it is gone.
     *
     * @throws IndexException {@link Reason#CHANGED_MEANWHILE} when it is not what it was any more
     */
    public void remove(Definition definition) {
        Revision removed = Objects.requireNonNull(Revision.parse(definition.revision()), "a revision");
        try {
            elasticsearch.client().delete(delete -> delete.index(index)
                    .id(definition.name())
                    .ifSeqNo(removed.seqNo())
                    .ifPrimaryTerm(removed.primaryTerm())
                    .refresh(Refresh.WaitFor));
        } catch (IOException | ElasticsearchException e) {
            int status = Elasticsearch.status(e);
            if (status == NOT_FOUND
                    || (status == CONFLICT && find(definition.name()).isEmpty())) {
                return;
            }
            throw status == CONFLICT ? conflict(definition) : elasticsearch.explain(e);
        }
    }

    private IndexException conflict(Definition definition) {
        return new IndexException(
                Reason.CHANGED_MEANWHILE,
                definition.revision().isEmpty()
                        ? "there is a " + kind + " called '" + definition.name() + "' already"
                        : kind + " '" + definition.name()
                                + "' was changed by somebody else meanwhile; look at it again");
    }

    private static Definition definition(Hit<DefinitionDocument> hit) {
        return Objects.requireNonNull(hit.source()).toDefinition(revision(hit.seqNo(), hit.primaryTerm()));
    }

    private static String revision(@Nullable Long seqNo, @Nullable Long primaryTerm) {
        return new Revision(Objects.requireNonNull(seqNo), Objects.requireNonNull(primaryTerm)).text();
    }

    /** Elasticsearch's two numbers for a state of a document. */
    private record Revision(long seqNo, long primaryTerm) {

        String text() {
            return seqNo + "-" + primaryTerm;
        }

        /** Null for none. */
        static @Nullable Revision parse(String text) {
            if (text.isEmpty()) {
                return null;
            }
            int dash = text.indexOf('-');
            try {
                return new Revision(
                        Long.parseLong(text.substring(0, Math.max(0, dash))), Long.parseLong(text.substring(dash + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("expected a revision as it was handed out, found '" + text + "'", e);
            }
        }
    }
}
