// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import dev.longwatch.indexer.client.Bulk;
import dev.longwatch.indexer.client.Elasticsearch;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lays out indices as an older Longwatch did; its templates are copies from this repository's history. */
final class OldLayout {

    private static final List<String> KINDS =
            List.of("refused", "handling", "deliveries", "coverage", "alerts", "events");

    private OldLayout() {}

    /**
     * Puts the templates of a version.
     *
     * @param change applied to each template's text
     */
    static void install(Elasticsearch elasticsearch, IndexNames names, int version, UnaryOperator<String> change)
            throws IOException {
        for (String kind : KINDS) {
            try (InputStream text = OldLayout.class.getResourceAsStream("/schema-v" + version + "/" + kind + ".json")) {
                if (text == null) {
                    continue; // that version had none of this kind
                }
                String template = change.apply(new String(text.readAllBytes(), UTF_8)
                        .replace("${prefix}", names.prefix())
                        .replace("\"${replicas}\"", "0")
                        .replace("\"${version}\"", Integer.toString(version)));
                elasticsearch.client().indices().putIndexTemplate(request -> request.name(names.prefix() + "-" + kind)
                        .withJson(new StringReader(template)));
            }
        }
    }

    /** Writes an event as it was stored then. */
    static void event(Elasticsearch elasticsearch, IndexNames names, String id, long version) throws IOException {
        elasticsearch.client().index(request -> request.index(names.prefix() + "-events-2026.11")
                .id(id)
                .version(version)
                .versionType(VersionType.ExternalGte)
                .withJson(new StringReader(json(version))));
    }

    /** Writes as many; the first has version 1. */
    static void events(Elasticsearch elasticsearch, IndexNames names, int count) throws IOException {
        List<BulkOperation> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "event-" + i;
            long version = i + 1;
            BinaryData json = BinaryData.of(json(version).getBytes(UTF_8), ContentType.APPLICATION_JSON);
            writes.add(BulkOperation.of(
                    operation -> operation.index(index -> index.index(names.prefix() + "-events-2026.11")
                            .id(id)
                            .version(version)
                            .versionType(VersionType.ExternalGte)
                            .document(json))));
        }
        new Bulk(elasticsearch).run(writes);
    }

    private static String json(long version) {
        return "{\"version\":" + version + ",\"stream\":\"gate\",\"uri\":\"file:/gate.mp4\",\"rule\":\"a car\","
                + "\"text\":\"a red car\",\"start_ms\":1000,\"end_ms\":2000,\"started_at\":\"2026-11-01T00:00:01Z\","
                + "\"ended_at\":\"2026-11-01T00:00:02Z\",\"recorded_at\":\"2026-11-01T00:00:00Z\",\"confidence\":0.25,"
                + "\"state\":\"closed\",\"model\":\"nano-1\",\"frames_per_second\":2.0}";
    }
}
