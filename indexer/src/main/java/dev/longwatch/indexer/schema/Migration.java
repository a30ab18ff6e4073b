// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.client.Bulk;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.client.Scan;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * Copies every index that cannot be brought up to date where it stands into one that has today's layout and answers to the
 * same name. While an index is copied nothing is written to it: jobs that run wait, as they do for a full disk. The old
 * index goes when count and digest of the copy agree with it; until then a migration that was killed goes on where it was
 * when it is called again.
 */
public final class Migration {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Schema schema;
    private final Bulk bulk;

    /**
     * An index that was copied.
     *
     * @param index the name it is known by
     * @param documents how many
     * @param digest of all of them with their ids and versions
     */
    public record Moved(String index, long documents, String digest) {}

    /** @param replicas copies of each index besides the first */
    public Migration(Elasticsearch elasticsearch, IndexNames names, int replicas) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        schema = new Schema(elasticsearch, names, replicas);
        bulk = new Bulk(elasticsearch);
    }

    /**
     * Brings everything up to date.
     *
     * @param progress told the name of an index and how many of its documents were copied so far
     * @return what had to be copied; empty when nothing had
     * @throws IndexException when it cannot be done; nothing is lost then and the old indices are in use as before
     */
    public List<Moved> run(BiConsumer<String, Long> progress) {
        try {
            schema.require();
            List<Moved> moved = new ArrayList<>();
            for (Schema.Part part : schema.parts()) {
                for (String index : schema.indices(part)) {
                    if (schema.update(part, index, Schema.VERSION).isPresent()) {
                        moved.add(move(part, index, progress));
                    }
                }
            }
            schema.install();
            return moved;
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private Moved move(Schema.Part part, String old, BiConsumer<String, Long> progress) throws IOException {
        String name = knownAs(old);
        // matched by none of our patterns, so that no search finds a document twice
        String copy = names.prefix() + "-s" + Schema.VERSION
                + name.substring(names.prefix().length());
        block(old, true);
        try {
            boolean begun = exists(copy);
            if (!begun) {
                create(part, copy);
            }
            SetDigest there = copy(old, copy, begun, documents -> progress.accept(name, documents));
            SetDigest here = digest(copy);
            if (here.count() != there.count() || !here.hex().equals(there.hex())) {
                throw new IndexException(
                        Reason.FAILED,
                        "the copy of index '" + name + "' is not like it: " + there.count() + " documents with digest "
                                + there.hex() + ", found " + here.count() + " with " + here.hex() + " in '" + copy
                                + "'; delete '" + copy + "' and run: longwatch index migrate");
            }
            exchange(name, old, copy);
            return new Moved(name, there.count(), there.hex());
        } catch (IOException | ElasticsearchException | IndexException e) {
            block(old, false);
            throw e;
        }
    }

    /** An index that was migrated before answers to an alias. */
    private String knownAs(String index) throws IOException {
        return elasticsearch.client().indices().getAlias(request -> request.index(index)).result().values().stream()
                .flatMap(found -> found.aliases().keySet().stream())
                .findFirst()
                .orElse(index);
    }

    private boolean exists(String index) throws IOException {
        return elasticsearch
                .client()
                .indices()
                .exists(request -> request.index(index))
                .value();
    }

    private void create(Schema.Part part, String index) throws IOException {
        JsonNode layout = schema.template(part, Schema.VERSION).path("template");
        elasticsearch.client().indices().create(request -> request.index(index)
                .withJson(new StringReader(layout.toString())));
    }

    /** @param begun whether some of it may be there */
    private SetDigest copy(String from, String to, boolean begun, LongConsumer progress) throws IOException {
        SetDigest digest = new SetDigest();
        everything(from).each(ObjectNode.class, page -> {
            Set<String> there = begun ? there(to, page) : Set.of();
            List<BulkOperation> writes = new ArrayList<>();
            for (Hit<ObjectNode> hit : page) {
                digest.add(text(hit));
                if (!there.contains(hit.id())) {
                    writes.add(write(to, hit));
                }
            }
            bulk.run(writes);
            progress.accept(digest.count());
        });
        return digest;
    }

    private static BulkOperation write(String to, Hit<ObjectNode> hit) {
        return BulkOperation.of(operation -> operation.index(index -> index.index(to)
                .id(hit.id())
                .version(hit.version())
                .versionType(VersionType.ExternalGte)
                .document(hit.source())));
    }

    private Set<String> there(String index, List<Hit<ObjectNode>> page) throws IOException {
        List<String> ids =
                page.stream().map(hit -> Objects.requireNonNull(hit.id())).toList();
        Set<String> there = new HashSet<>();
        new Scan(elasticsearch, List.of(index), Query.of(query -> query.ids(any -> any.values(ids))))
                .each(Void.class, found -> found.forEach(hit -> there.add(hit.id())));
        return there;
    }

    private SetDigest digest(String index) throws IOException {
        SetDigest digest = new SetDigest();
        everything(index).each(ObjectNode.class, page -> page.forEach(hit -> digest.add(text(hit))));
        return digest;
    }

    private Scan everything(String index) {
        return new Scan(elasticsearch, List.of(index), Query.of(query -> query.matchAll(all -> all)));
    }

    /** The same for the same document, however its fields are ordered. */
    private static String text(Hit<ObjectNode> hit) {
        try {
            ObjectNode source = Objects.requireNonNullElseGet(hit.source(), JsonNodeFactory.instance::objectNode);
            return hit.id() + "\n" + hit.version() + "\n"
                    + JSON.writeValueAsString(JSON.convertValue(source, Map.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written", e);
        }
    }

    /** In one step: at no time does the name stand for nothing. */
    private void exchange(String name, String old, String copy) throws IOException {
        elasticsearch.client().indices().updateAliases(request -> request.actions(
                        add -> add.add(alias -> alias.index(copy).alias(name).isWriteIndex(true)))
                .actions(remove -> remove.removeIndex(gone -> gone.index(old))));
    }

    private void block(String index, boolean closed) throws IOException {
        elasticsearch.client().indices().putSettings(request -> request.index(index)
                .settings(settings -> settings.blocks(blocks -> blocks.write(closed))));
    }
}
