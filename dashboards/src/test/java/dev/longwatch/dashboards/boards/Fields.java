// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.boards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The fields of one kind of document, as its template lays them out.
 *
 * @param types by name
 */
record Fields(String pattern, Map<String, String> types) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CONDITION = Pattern.compile("(\\w+)\\s*:\\s*([$\\w]+)");

    /** What a field is wanted for. */
    enum Use {
        TIME("date"),
        GROUPS("keyword", "boolean"),
        SUMS("long", "integer", "short", "double", "float"),
        WORDS("keyword", "boolean", "text", "date", "long", "integer", "short", "double", "float");

        private final Set<String> types;

        Use(String... types) {
            this.types = Set.of(types);
        }
    }

    /** @param pattern of the names of its indices, such as {@code longwatch-events-*} */
    static Fields of(String pattern) throws IOException {
        for (String kind : new String[] {"events", "alerts", "coverage"}) {
            try (InputStream text = Schema.class.getResourceAsStream(kind + ".json")) {
                JsonNode template = JSON.readTree(Objects.requireNonNull(text, kind));
                String laidOut =
                        template.at("/index_patterns/0").asText().replace("${prefix}", IndexNames.STANDARD.prefix());
                if (laidOut.equals(pattern)) {
                    Map<String, String> types = new HashMap<>();
                    template.at("/template/mappings/properties")
                            .properties()
                            .forEach(field -> types.put(
                                    field.getKey(),
                                    field.getValue().path("type").asText()));
                    return new Fields(pattern, types);
                }
            }
        }
        throw new AssertionError("no index is called " + pattern);
    }

    void require(String field, Use use) {
        assertThat(types).as(pattern).containsKey(field);
        assertThat(use.types).as("%s of %s", field, pattern).contains(types.get(field));
    }

    /** Requires that a query names fields that can be compared as a whole, and states that there are. */
    void requireQuery(String query) {
        Matcher condition = CONDITION.matcher(query);
        while (condition.find()) {
            require(condition.group(1), Use.GROUPS);
            if (condition.group(1).equals("state") && pattern.contains("coverage")) {
                Stream<String> states = Arrays.stream(CoverageSpan.State.values())
                        .map(state -> state.name().toLowerCase(Locale.ROOT));
                assertThat(states).as(query).contains(condition.group(2));
            }
        }
    }
}
