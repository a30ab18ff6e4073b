// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.elasticsearch._types.FieldValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended, as a word that people hand back to get the next one. It holds what the last hit was sorted by, so that
 * it stays good for ever and on every server; what is handed back is believed only in the form that was given out.
 */
final class PageCursor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 4_000;

    private PageCursor() {}

    /**
     * @param list which list in which order it is a place in
     * @param place what the last hit was sorted by
     */
    static String of(String list, List<FieldValue> place) {
        ArrayNode written = JSON.createArrayNode().add(list);
        for (FieldValue value : place) {
            if (value.isLong()) {
                written.add(value.longValue());
            } else {
                written.add(value.stringValue());
            }
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(written.toString().getBytes(UTF_8));
    }

    /**
     * @param list which list in which order it must be a place in
     * @param form what the hits are sorted by, one letter each: {@code n} for a number, {@code w} for a word
     * @throws IndexException when that list has given out no such word
     */
    static List<FieldValue> read(String list, String form, String cursor) {
        try {
            if (cursor.length() > LONGEST) {
                throw unknown();
            }
            JsonNode written = JSON.readTree(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
            if (written == null
                    || written.size() != form.length() + 1
                    || !written.get(0).asText().equals(list)) {
                throw unknown();
            }
            List<FieldValue> place = new ArrayList<>();
            for (int i = 0; i < form.length(); i++) {
                JsonNode value = written.get(i + 1);
                boolean number = form.charAt(i) == 'n';
                if (number ? !value.canConvertToLong() || !value.isIntegralNumber() : !value.isTextual()) {
                    throw unknown();
                }
                place.add(number ? FieldValue.of(value.longValue()) : FieldValue.of(value.textValue()));
            }
            return place;
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw unknown();
        }
    }

    static IndexException unknown() {
        return new IndexException(
                Reason.BAD_REQUEST, "expected a cursor as the page before has given it, of the same list and order");
    }
}
