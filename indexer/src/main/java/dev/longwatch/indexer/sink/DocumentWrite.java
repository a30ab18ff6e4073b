// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;

/**
 * One document on its way. Kept in Flink's state by {@link DocumentWriteSerializer}.
 *
 * @param index where to
 * @param id the document's id
 * @param version an older one is not written over a newer one; {@value #UNVERSIONED} to write in any case
 * @param json the document
 */
record DocumentWrite(String index, String id, long version, String json) implements Serializable {

    static final long UNVERSIONED = -1;

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    int bytes() {
        return json.getBytes(UTF_8).length;
    }

    /** What the document says in one of its fields. */
    String field(String name) {
        try {
            return JSON.readTree(json).path(name).asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the document was written here", e);
        }
    }

    static String json(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and strings can be written as JSON", e);
        }
    }
}
