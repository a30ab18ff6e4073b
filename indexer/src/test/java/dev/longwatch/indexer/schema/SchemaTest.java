// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.indices.IndexState;
import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static Elasticsearch elasticsearch;

    @BeforeAll
    static void open() {
        elasticsearch = Elasticsearch.open(SERVER.address());
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @Test
    void theSecondInstallationChangesNothing() {
        Schema schema = new Schema(elasticsearch, names("twice"), 0);

        assertThat(schema.install()).isEqualTo(Schema.Outcome.CREATED);
        assertThat(schema.install()).isEqualTo(Schema.Outcome.UNCHANGED);
    }

    @Test
    void anOlderLayoutIsUpdatedAndANewerOneRefused() throws Exception {
        Schema schema = new Schema(elasticsearch, names("versions"), 0);
        schema.install(Schema.VERSION - 1);
        assertThat(schema.install()).isEqualTo(Schema.Outcome.UPDATED);

        assertThat(schema.install(Schema.VERSION + 1)).isEqualTo(Schema.Outcome.UPDATED);
        assertThat(schema.installed()).hasValue(Schema.VERSION + 1);
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(schema::install)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(IndexException.Reason.NEWER_SCHEMA))
                .withMessageContaining("schema " + (Schema.VERSION + 1) + ", this one knows " + Schema.VERSION)
                .withMessageContaining("install Longwatch of that schema or a later one");
        assertThatExceptionOfType(IndexException.class).isThrownBy(schema::require);
    }

    @Test
    void anEventComesBackFromTheServerFieldForField() throws Exception {
        IndexNames names = names("fields");
        new Schema(elasticsearch, names, 0).install();
        VideoEvent event = new VideoEvent(
                "ab",
                3,
                "gate",
                "file:/videos/gate.mp4",
                "a red car",
                "a red car stops at the gate",
                new TimeSpan(1_500, 2_250),
                1_796_000_000_123L,
                0.123456789012345,
                VideoEvent.State.CLOSED,
                "nano-1",
                1 / 3.0,
                "2 a second");

        elasticsearch.client().index(request -> request.index(names.ofEvent(event))
                .id(event.id())
                .document(EventDocument.of(event))
                .refresh(Refresh.True));

        EventDocument stored = elasticsearch
                .client()
                .get(request -> request.index(names.ofEvent(event)).id(event.id()), EventDocument.class)
                .source();
        assertThat(stored.toEvent("ab")).isEqualTo(event);
        IndexState index = elasticsearch
                .client()
                .indices()
                .get(request -> request.index(names.ofEvent(event)))
                .get(names.ofEvent(event));
        assertThat(index.settings().index().numberOfReplicas()).isEqualTo("0");
    }

    @Test
    void aFieldThatTheMappingDoesNotKnowIsRefused() {
        IndexNames names = names("strict");
        new Schema(elasticsearch, names, 0).install();

        assertThatExceptionOfType(ElasticsearchException.class)
                .isThrownBy(
                        () -> elasticsearch.client().index(request -> request.index(names.prefix() + "-events-2026.11")
                                .document(Map.of("mood", "calm"))))
                .withMessageContaining("strict_dynamic_mapping_exception");
    }

    @Test
    void noKindOfDocumentTakesAFieldThatTheMappingDoesNotKnow() {
        IndexNames names = names("kinds");
        Schema schema = new Schema(elasticsearch, names, 0);

        assertThat(schema.parts()).hasSizeGreaterThanOrEqualTo(8).allSatisfy(part -> {
            JsonNode template = schema.template(part, Schema.VERSION);
            assertThat(template.at("/template/mappings/dynamic").asText())
                    .as(part.resource())
                    .isEqualTo("strict");
            assertThat(template.findValuesAsText("dynamic")).as(part.resource()).containsOnly("strict");
        });
    }

    /** An index that has this version already is not looked at again: what is added to it unsaid would be refused. */
    @Test
    void aChangeOfTheLayoutRaisesItsVersion() {
        Schema schema = new Schema(elasticsearch, new IndexNames("any"), 0);
        SetDigest digest = new SetDigest();
        schema.parts()
                .forEach(part -> digest.add(
                        part.resource() + schema.template(part, Schema.VERSION).path("template")));

        assertThat(Schema.VERSION + " " + digest.hex().substring(0, 16))
                .as("raise Schema.VERSION, then write both here")
                .isEqualTo("8 5ecc7c650410d0a3");
    }

    @Test
    void anIndexWithoutATemplateDoesNotComeIntoBeing() {
        assertThatExceptionOfType(ElasticsearchException.class)
                .isThrownBy(() -> elasticsearch.client().index(request -> request.index(SERVER.prefix() + "-typo")
                        .document(Map.of("a", "b"))))
                .withMessageContaining("index_not_found_exception");
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }
}
