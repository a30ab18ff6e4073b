// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.boards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where the panels of a dashboard lie; Kibana and Grafana write it alike. */
final class Grid {

    private Grid() {}

    /** Requires that no panel lies on another one or reaches over the edge. */
    static void requireOrder(List<JsonNode> places, int columns) {
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode place : places) {
            int right = place.path("x").asInt() + place.path("w").asInt();
            int bottom = place.path("y").asInt() + place.path("h").asInt();
            assertThat(right).as(place.toString()).isLessThanOrEqualTo(columns);
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = place.path("y").asInt(); y < bottom; y++) {
                    assertThat(taken.add(List.of(x, y))).as(place.toString()).isTrue();
                }
            }
        }
    }
}
