// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.alert.Delivery;
import java.time.Instant;
import java.util.Locale;

/**
 * What became of a message, as it is stored; components are the mapping's fields, in its order. The id is the delivery's
 * key. Only one that was given up keeps its body: everybody else has it.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeliveryDocument(
        @JsonProperty("alert") String alert,
        @JsonProperty("stream") String stream,
        @JsonProperty("rule") String rule,
        @JsonProperty("channel") String channel,
        @JsonProperty("state") String state,
        @JsonProperty("attempts") int attempts,
        @JsonProperty("reason") String reason,
        @JsonProperty("created_at") String createdAt,
        @JsonProperty("settled_at") String settledAt,
        @JsonProperty("subject") String subject,
        @JsonProperty("body") String body) {

    public static DeliveryDocument of(Delivery delivery) {
        return new DeliveryDocument(
                delivery.alert(),
                delivery.stream(),
                delivery.rule(),
                delivery.channel(),
                delivery.state().name().toLowerCase(Locale.ROOT),
                delivery.attempts(),
                delivery.reason(),
                Instant.ofEpochMilli(delivery.createdAtMillis()).toString(),
                Instant.ofEpochMilli(delivery.settledAtMillis()).toString(),
                delivery.subject(),
                delivery.state() == Delivery.State.DEAD ? delivery.body() : "");
    }
}
