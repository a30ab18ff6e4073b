// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.longwatch.dashboards.api.http.Json;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What was searched for, as an id that stays good for ever: it is the search itself.
 *
 * @param streams none for all
 */
public record SearchId(String text, List<String> streams) {

    /** To be put into an address. */
    String encoded() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.line(this).getBytes(UTF_8));
    }

    /** Nothing when it is no such id. */
    public static Optional<SearchId> of(String encoded) {
        try {
            SearchId id =
                    Json.MAPPER.readValue(new String(Base64.getUrlDecoder().decode(encoded), UTF_8), SearchId.class);
            return Optional.ofNullable(id).filter(search -> search.text != null && search.streams != null);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
