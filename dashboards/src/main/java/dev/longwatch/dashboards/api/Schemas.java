// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The schemas of the OpenAPI document, for other descriptions that speak of the same things. */
public final class Schemas {

    private static final String REFERENCE = "$ref";

    private final ObjectNode document = OpenApi.pages();

    /**
     * A schema that stands for itself: whatever it refers to in the OpenAPI document is put in its place; what is said beside
     * a reference outweighs it.
     */
    public ObjectNode inlined(ObjectNode schema) {
        ObjectNode whole = new ObjectMapper().createObjectNode();
        if (schema.has(REFERENCE)) {
            whole.setAll(inlined(referred(schema.path(REFERENCE).asText())));
        }
        schema.properties().forEach(part -> {
            if (!part.getKey().equals(REFERENCE)) {
                whole.set(part.getKey(), any(part.getValue()));
            }
        });
        return whole;
    }

    private JsonNode any(JsonNode part) {
        if (part instanceof ObjectNode schema) {
            return inlined(schema);
        }
        if (part instanceof ArrayNode list) {
            ArrayNode each = new ObjectMapper().createArrayNode();
            list.forEach(one -> each.add(any(one)));
            return each;
        }
        return part;
    }

    private ObjectNode referred(String reference) {
        if (reference.startsWith("#") && document.at(reference.substring(1)) instanceof ObjectNode schema) {
            return schema;
        }
        throw new IllegalStateException("the OpenAPI document has no " + reference);
    }
}
