// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.Json;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.keep.Deletion;
import dev.longwatch.indexer.keep.DeletionRequest;
import dev.longwatch.indexer.keep.Receipt;
import dev.longwatch.indexer.schema.IndexNames;

/** Deletes all that is kept of a video or stream, but what is pinned, and leaves a receipt. */
public final class Receipted {

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Standing standing;

    public Receipted(Elasticsearch elasticsearch, IndexNames names, Standing standing) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.standing = standing;
    }

    /** @return the receipt with its sentence, to be answered */
    public JsonNode delete(String stream) {
        Receipt receipt = new Deletion(elasticsearch, names, standing.pictures())
                .run(DeletionRequest.ofStreams(stream), System.currentTimeMillis());
        ObjectNode answer = Json.MAPPER.valueToTree(receipt);
        return answer.put("sentence", receipt.sentence(false));
    }
}
