// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.watchlist.Definition;
import java.time.Instant;

/** A stream or rule as it is stored; components are the mapping's fields, in its order. The id is the name. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DefinitionDocument(
        @JsonProperty("name") String name,
        @JsonProperty("definition") JsonNode definition,
        @JsonProperty("changed_at") String changedAt) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param nowMillis milliseconds since 1970 UTC
     * @throws IllegalArgumentException when what it says is no JSON object
     */
    public static DefinitionDocument of(Definition definition, long nowMillis) {
        try {
            JsonNode keys = JSON.readTree(definition.json());
            if (!keys.isObject()) {
                throw new IllegalArgumentException(
                        "'" + definition.name() + "': expected a JSON object, found " + keys.getNodeType());
            }
            return new DefinitionDocument(
                    definition.name(), keys, Instant.ofEpochMilli(nowMillis).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'" + definition.name() + "': expected a JSON object", e);
        }
    }

    public Definition toDefinition(String revision) {
        return new Definition(name, definition.toString(), revision);
    }
}
