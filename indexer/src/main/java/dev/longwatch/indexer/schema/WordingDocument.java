// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.event.Wording;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What events say, as it is stored; components are the mapping's fields, in its order. The id is the wording's.
 *
 * @param id the document's own once more, as a value by columns: to read hundreds of them no document is opened
 * @param rule the wording's
 * @param text the wording's
 * @param meaning the text's vector under the name of the model it is of; searched by and not kept in the source, so that
 *     it is absent in what is read. A newer model is another field of the mapping.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WordingDocument(
        @JsonProperty("id") String id,
        @JsonProperty("rule") String rule,
        @JsonProperty("text") String text,
        @JsonProperty("meaning") @Nullable Map<String, float[]> meaning) {

    public static WordingDocument of(Wording wording, @Nullable Map<String, float[]> meaning) {
        return new WordingDocument(wording.id(), wording.rule(), wording.text(), meaning);
    }

    public Wording toWording() {
        return new Wording(rule, text);
    }

    /** The mapping's field of a model's vectors. */
    public static String meaningOf(String model) {
        return "meaning." + model;
    }
}
