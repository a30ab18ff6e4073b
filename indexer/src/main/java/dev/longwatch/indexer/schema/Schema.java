// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.indices.get_index_template.IndexTemplateItem;
import co.elastic.clients.json.JsonData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Lays out our indices: a template each, with a version that the template itself carries in {@code _meta}.
 *
 * <p>Later versions only ever add fields, so an older layout is brought up to date where it stands.
 */
public final class Schema {

    /** The layout that this Longwatch writes; raised with every change of the templates. */
    public static final int VERSION = 5;

    private static final String META = "longwatch_schema";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What {@link #install} has found and done. */
    public enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final int replicas;

    /** @param replicas copies of each index besides the first, for indices created from now on */
    public Schema(Elasticsearch elasticsearch, IndexNames names, int replicas) {
        if (replicas < 0) {
            throw new IllegalArgumentException("expected zero replicas or more, found " + replicas);
        }
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.replicas = replicas;
    }

    /**
     * Puts the templates where they are missing or older. Harmless to call again and from several places at once.
     *
     * @throws IndexException {@link Reason#NEWER_SCHEMA} when a newer Longwatch has been here
     */
    public Outcome install() {
        return install(VERSION);
    }

    Outcome install(int version) {
        try {
            OptionalInt found = installed();
            if (found.isPresent() && found.getAsInt() > version) {
                throw new IndexException(
                        Reason.NEWER_SCHEMA,
                        "the indices '" + names.prefix() + "-…' at " + elasticsearch.address()
                                + " were laid out by a newer Longwatch (schema " + found.getAsInt()
                                + ", this one knows " + version + "); upgrade this Longwatch or choose another prefix");
            }
            if (found.isPresent() && found.getAsInt() == version) {
                return Outcome.UNCHANGED;
            }
            // events last: their template's version says that the layout is whole
            put(names.refusedTemplate(), template("refused.json", version), names.refused());
            put(names.wordingsTemplate(), template("wordings.json", version), names.wordings());
            put(names.handlingTemplate(), template("handling.json", version), names.handling());
            put(names.deliveriesTemplate(), template("deliveries.json", version), names.everyDelivery());
            put(names.coverageTemplate(), template("coverage.json", version), names.everyCoverage());
            put(names.alertsTemplate(), template("alerts.json", version), names.everyAlert());
            put(names.eventsTemplate(), template("events.json", version), names.everyEvent());
            return found.isPresent() ? Outcome.UPDATED : Outcome.CREATED;
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /** @return the version of the layout that is there, if one is */
    OptionalInt installed() throws IOException {
        try {
            List<IndexTemplateItem> found = elasticsearch
                    .client()
                    .indices()
                    .getIndexTemplate(request -> request.name(names.eventsTemplate()))
                    .indexTemplates();
            JsonData version =
                    found.isEmpty() ? null : found.get(0).indexTemplate().meta().get(META);
            return version == null ? OptionalInt.empty() : OptionalInt.of(version.to(Integer.class));
        } catch (ElasticsearchException e) {
            if (e.status() == 404) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    private void put(String name, JsonNode template, String indices) throws IOException {
        elasticsearch.client().indices().putIndexTemplate(request -> request.name(name)
                .withJson(new StringReader(template.toString())));
        elasticsearch.client().indices().putMapping(request -> request.index(indices)
                .allowNoIndices(true)
                .ignoreUnavailable(true)
                .withJson(new StringReader(template.at("/template/mappings").toString())));
    }

    private JsonNode template(String resource, int version) {
        try (InputStream text = Schema.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException("the resource " + resource + " of the schema is not in this jar");
            }
            return JSON.readTree(new String(text.readAllBytes(), UTF_8)
                    .replace("${prefix}", names.prefix())
                    .replace("\"${replicas}\"", Integer.toString(replicas))
                    .replace("\"${version}\"", Integer.toString(version)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
