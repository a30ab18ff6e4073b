// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.schema.IndexNames;
import java.time.Instant;
import java.util.UUID;

/**
 * A document that Elasticsearch will not take, kept with the reason; components are the mapping's fields. The document
 * itself is kept as text, cut where even that would be too long.
 */
record RefusedDocument(
        @JsonProperty("refused_at") String refusedAt,
        @JsonProperty("index") String index,
        @JsonProperty("stream") String stream,
        @JsonProperty("rule") String rule,
        @JsonProperty("id") String id,
        @JsonProperty("version") long version,
        @JsonProperty("status") int status,
        @JsonProperty("cause") String cause,
        @JsonProperty("document") String document) {

    private static final int LONGEST_DOCUMENT = 100_000;
    private static final int LONGEST_WORD = 1_000;

    /** The write that keeps it: the same refusal, seen again after a restore, is the same document. */
    static DocumentWrite write(DocumentWrite refused, BulkOutcome outcome, IndexNames names, Instant now) {
        RefusedDocument document = new RefusedDocument(
                now.toString(),
                cut(refused.index(), LONGEST_WORD),
                cut(refused.field("stream"), LONGEST_WORD),
                cut(refused.field("rule"), LONGEST_WORD),
                cut(refused.id(), LONGEST_WORD),
                refused.version(),
                outcome.status(),
                cut(outcome.cause(), LONGEST_WORD),
                cut(refused.json(), LONGEST_DOCUMENT));
        String identity = refused.index() + "/" + refused.id() + "/" + refused.version();
        String id = UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString();
        return new DocumentWrite(names.refused(), id, DocumentWrite.UNVERSIONED, DocumentWrite.json(document));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
