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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Lays out our indices: a template each, with a version that the template itself carries in {@code _meta}.
 *
 * <p>Fields that a later version adds are added to the indices that are there. What cannot be changed where it stands (the
 * type of a field, an analyser) is for {@link Migration}.
 */
public final class Schema {

    /** The layout that this Longwatch writes; raised with every change of the templates. */
    public static final int VERSION = 8;

    private static final String META = "longwatch_schema";
    private static final String META_PROGRAM = "longwatch";

    /** As the jar says; empty where there is none, as in tests. */
    private static final String PROGRAM =
            Objects.requireNonNullElse(Schema.class.getPackage().getImplementationVersion(), "");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    /** What {@link #install} has found and done. */
    public enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /**
     * One kind of document.
     *
     * @param template its name
     * @param resource its text
     * @param indices matches those that are laid out by it
     */
    record Part(String template, String resource, String indices) {}

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
     * Puts the templates where they are missing or older, and adds what is new to the indices that are there. Harmless to
     * call again and from several places at once.
     *
     * @throws IndexException {@link Reason#NEWER_SCHEMA} when a newer Longwatch has been here, {@link Reason#OLDER_SCHEMA}
     *     when an index has to be migrated first; nothing was changed that matters to anybody
     */
    public Outcome install() {
        return install(VERSION);
    }

    /**
     * Refuses what this Longwatch cannot read, and changes nothing.
     *
     * @throws IndexException {@link Reason#NEWER_SCHEMA} when a newer Longwatch has been here
     */
    public void require() {
        try {
            refuseNewer(installed(), VERSION);
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    Outcome install(int version) {
        try {
            OptionalInt found = installed();
            refuseNewer(found, version);
            if (found.isPresent() && found.getAsInt() == version) {
                return Outcome.UNCHANGED;
            }
            updateAll(version);
            for (Part part : parts()) {
                JsonNode template = template(part, version);
                elasticsearch.client().indices().putIndexTemplate(request -> request.name(part.template())
                        .withJson(new StringReader(template.toString())));
            }
            // an index that came into being meanwhile has the older layout
            updateAll(version);
            return found.isPresent() ? Outcome.UPDATED : Outcome.CREATED;
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private void updateAll(int version) throws IOException {
        for (Part part : parts()) {
            for (String index : indices(part)) {
                Optional<String> refusal = update(part, index, version);
                if (refusal.isPresent()) {
                    throw new IndexException(
                            Reason.OLDER_SCHEMA,
                            "the index '" + index + "' at " + elasticsearch.address()
                                    + " was laid out by an older Longwatch and cannot be changed where it stands ("
                                    + refusal.get() + "); run: longwatch index migrate");
                }
            }
        }
    }

    /** Events are the last: their template's version says that the layout is whole. */
    List<Part> parts() {
        return List.of(
                new Part(names.refusedTemplate(), "refused.json", names.refused()),
                new Part(names.wordingsTemplate(), "wordings.json", names.wordings()),
                // one template for both
                new Part(names.definitionsTemplate(), "definitions.json", names.streams()),
                new Part(names.definitionsTemplate(), "definitions.json", names.rules()),
                new Part(names.pins(), "pins.json", names.pins()),
                new Part(names.receipts(), "receipts.json", names.receipts()),
                new Part(names.handlingTemplate(), "handling.json", names.handling()),
                new Part(names.deliveriesTemplate(), "deliveries.json", names.everyDelivery()),
                new Part(names.coverageTemplate(), "coverage.json", names.everyCoverage()),
                new Part(names.evidenceTemplate(), "evidence.json", names.everyEvidence()),
                new Part(names.alertsTemplate(), "alerts.json", names.everyAlert()),
                new Part(names.eventsTemplate(), "events.json", names.everyEvent()));
    }

    /** Those that are there, by their own names, in order. */
    List<String> indices(Part part) throws IOException {
        return elasticsearch
                .client()
                .indices()
                .get(request ->
                        request.index(part.indices()).allowNoIndices(true).ignoreUnavailable(true))
                .result()
                .keySet()
                .stream()
                .sorted()
                .toList();
    }

    /**
     * Adds to an index what it lacks.
     *
     * @return why it cannot be done where the index stands, if it cannot
     */
    Optional<String> update(Part part, String index, int version) throws IOException {
        try {
            elasticsearch.client().indices().putMapping(request -> request.index(index)
                    .withJson(new StringReader(
                            template(part, version).at("/template/mappings").toString())));
            return Optional.empty();
        } catch (ElasticsearchException e) {
            if (e.status() == BAD_REQUEST) {
                return Optional.of(String.valueOf(e.error().reason()));
            }
            throw e;
        }
    }

    private void refuseNewer(OptionalInt found, int version) throws IOException {
        if (found.isPresent() && found.getAsInt() > version) {
            String program = meta(META_PROGRAM, String.class).orElse("");
            throw new IndexException(
                    Reason.NEWER_SCHEMA,
                    "the indices '" + names.prefix() + "-…' at " + elasticsearch.address()
                            + " were laid out by a newer Longwatch (schema " + found.getAsInt()
                            + ", this one knows " + version + "); install Longwatch "
                            + (program.isEmpty() ? "of that schema" : program)
                            + " or a later one, or choose another prefix");
        }
    }

    /** @return the version of the layout that is there, if one is */
    OptionalInt installed() throws IOException {
        return meta(META, Integer.class).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private <T> Optional<T> meta(String key, Class<T> type) throws IOException {
        try {
            List<IndexTemplateItem> found = elasticsearch
                    .client()
                    .indices()
                    .getIndexTemplate(request -> request.name(names.eventsTemplate()))
                    .indexTemplates();
            JsonData value =
                    found.isEmpty() ? null : found.get(0).indexTemplate().meta().get(key);
            return Optional.ofNullable(value).map(said -> said.to(type));
        } catch (ElasticsearchException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    JsonNode template(Part part, int version) {
        try (InputStream text = Schema.class.getResourceAsStream(part.resource())) {
            if (text == null) {
                throw new IllegalStateException(
                        "the resource " + part.resource() + " of the schema is not in this jar");
            }
            JsonNode template = JSON.readTree(new String(text.readAllBytes(), UTF_8)
                    .replace("${prefix}", names.prefix())
                    .replace("\"${replicas}\"", Integer.toString(replicas))
                    .replace("\"${version}\"", Integer.toString(version)));
            template.withObject("/_meta").put(META_PROGRAM, PROGRAM);
            return template;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
