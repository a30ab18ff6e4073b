// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.api.http.Json;
import dev.longwatch.dashboards.api.http.Route;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/**
 * The description of the API for programs, OpenAPI 3.1: the pages that stand beside the resources put into one document.
 * What every route may answer is written once and added to all.
 */
final class OpenApi {

    static final String ADDRESS = "/openapi.json";

    /** {@code api.yaml} is the frame. */
    private static final List<String> PAGES = List.of(
            "api.yaml",
            "videos/videos.yaml",
            "events/events.yaml",
            "search/search.yaml",
            "alerts/alerts.yaml",
            "streams/streams.yaml",
            "rules/rules.yaml",
            "coverage/coverage.yaml",
            "media/media.yaml",
            "trials/trials.yaml",
            "uploads/uploads.yaml",
            "questions/questions.yaml",
            "auth/session.yaml");

    private static final List<String> ALWAYS = List.of("400", "401", "414", "421", "429", "431", "500", "503");

    private final ObjectNode document;
    private final byte[] bytes;

    /** @param routes that must be described, each of them */
    OpenApi(List<Route> routes) {
        document = pages();
        routes.forEach(this::addWhatIsAlwaysPossible);
        bytes = Json.line(document).getBytes(UTF_8);
    }

    /** All pages in one, without what is always possible. */
    static ObjectNode pages() {
        ObjectNode document = new ObjectMapper().createObjectNode();
        PAGES.forEach(page -> merge(document, YamlPage.read(OpenApi.class, page)));
        return document;
    }

    void get(Context context) {
        context.contentType("application/json").result(bytes);
    }

    JsonNode document() {
        return document;
    }

    private void addWhatIsAlwaysPossible(Route route) {
        JsonNode operation = document.path("paths")
                .path(route.path())
                .path(route.method().name().toLowerCase(Locale.ROOT));
        if (operation.path("responses") instanceof ObjectNode responses) {
            for (String status : ALWAYS) {
                if (!responses.has(status)) {
                    responses.putObject(status).put("$ref", "#/components/responses/" + status);
                }
            }
        }
    }

    private static void merge(ObjectNode into, JsonNode page) {
        page.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode there
                    && entry.getValue().isObject()) {
                merge(there, entry.getValue());
            } else if (into.has(entry.getKey())) {
                throw new IllegalStateException("the pages of the OpenAPI document say twice: " + entry.getKey());
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
