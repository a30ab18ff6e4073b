// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pin, or a case without its pins, as it is stored; components are the mapping's fields, in its order. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record PinDocument(
        @JsonProperty("kind") String kind,
        @JsonProperty("stream") @Nullable String stream,
        @JsonProperty("from") @Nullable String from,
        @JsonProperty("to") @Nullable String to,
        @JsonProperty("event") @Nullable String event,
        @JsonProperty("case") String caseName,
        @JsonProperty("note") String note,
        @JsonProperty("by") String by,
        @JsonProperty("at") String at) {

    static final String PIN = "pin";
    static final String CASE = "case";

    static PinDocument of(Pin pin) {
        return new PinDocument(
                PIN,
                pin.stream(),
                Instant.ofEpochMilli(pin.stretch().fromMillis()).toString(),
                Instant.ofEpochMilli(pin.stretch().toMillis()).toString(),
                pin.event(),
                pin.caseName(),
                pin.note(),
                pin.by(),
                Instant.ofEpochMilli(pin.atMillis()).toString());
    }

    static PinDocument ofCase(String name, String note, String by, long nowMillis) {
        return new PinDocument(
                CASE,
                null,
                null,
                null,
                null,
                name,
                note,
                by,
                Instant.ofEpochMilli(nowMillis).toString());
    }

    boolean isPin() {
        return kind.equals(PIN);
    }

    Pin toPin(String id) {
        if (stream == null || from == null || to == null || event == null) {
            throw new IllegalStateException("pin " + id + " lacks its stream, times or event");
        }
        Stretch stretch = new Stretch(
                Instant.parse(from).toEpochMilli(), Instant.parse(to).toEpochMilli());
        return new Pin(
                id,
                stream,
                stretch,
                event,
                caseName,
                note,
                by,
                Instant.parse(at).toEpochMilli());
    }
}
