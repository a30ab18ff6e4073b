// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.api.http.Route;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.IndexNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is described is there, and what is there is described. */
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");

    @TempDir
    static Path data;

    private static Elasticsearch nowhere;
    private static Dashboards dashboards;

    @BeforeAll
    static void make() {
        nowhere = Elasticsearch.unprobed(ElasticsearchAddress.of("http://127.0.0.1:1"));
        dashboards = new Dashboards(
                ApiSettings.onLoopback(0, data.resolve("api")),
                ApiToken.of("for no one"),
                nowhere,
                IndexNames.STANDARD,
                new StandingStill(data, ConfigFile.none()));
    }

    @AfterAll
    static void close() {
        dashboards.close();
        nowhere.close();
    }

    @Test
    void routesAndDocumentNameTheSame() {
        List<String> described = new ArrayList<>();
        document().path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        described.add(method + " " + path.getKey());
                    }
                }));
        List<String> routes = dashboards.list().stream()
                .map(route -> route.method().name().toLowerCase(Locale.ROOT) + " " + route.path())
                .toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void exactlyTheOpenRoutesNeedNoToken() {
        for (Route route : dashboards.list()) {
            JsonNode security = operation(route).path("security");
            assertThat(security.isArray() && security.isEmpty())
                    .as(route.path())
                    .isEqualTo(route.open());
        }
    }

    @Test
    void everyOperationHasANameOfItsOwnAndTellsItsPathParameters() {
        Set<String> ids = new HashSet<>();
        for (Route route : dashboards.list()) {
            JsonNode operation = operation(route);
            assertThat(ids.add(operation.path("operationId").asText()))
                    .as(route.path())
                    .isTrue();
            List<String> told = new ArrayList<>();
            for (JsonNode parameters : List.of(
                    operation.path("parameters"),
                    document().path("paths").path(route.path()).path("parameters"))) {
                parameters.forEach(parameter -> {
                    JsonNode whole = parameter.has("$ref")
                            ? document().at(parameter.path("$ref").asText().substring(1))
                            : parameter;
                    if (whole.path("in").asText().equals("path")) {
                        told.add("{" + whole.path("name").asText() + "}");
                    }
                });
            }
            assertThat(told)
                    .as(route.path())
                    .containsExactlyInAnyOrder(
                            java.util.Arrays.stream(route.path().split("/"))
                                    .filter(part -> part.startsWith("{"))
                                    .toArray(String[]::new));
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document().findValuesAsText("$ref").forEach(reference -> assertThat(
                        document().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    private static JsonNode operation(Route route) {
        return document()
                .path("paths")
                .path(route.path())
                .path(route.method().name().toLowerCase(Locale.ROOT));
    }

    private static JsonNode document() {
        return dashboards.document().document();
    }
}
