// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.api.http.Route;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The API as a stranger calls it, over HTTP. Whatever it answers must be what its OpenAPI document says. */
final class TestApi implements AutoCloseable {

    static final String TOKEN = "a token of these tests";

    private static final String DOCUMENT = "https://longwatch.test/openapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Dashboards dashboards;
    private final SchemaRegistry schemas;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    record Answer(int status, HttpHeaders headers, byte[] body) {

        String text() {
            return new String(body, UTF_8);
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(text(), e);
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** The fields that a problem names. */
        List<String> fields() {
            return json().path("errors").findValuesAsText("field");
        }

        @Override
        public String toString() {
            return status + " " + headers.map() + "\n" + text();
        }
    }

    private TestApi(Dashboards dashboards) {
        this.dashboards = dashboards;
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(
                        Map.of(DOCUMENT, dashboards.document().document().toString())));
    }

    static TestApi start(Elasticsearch elasticsearch, IndexNames names, Path data) {
        return start(ApiSettings.onLoopback(0, data.resolve("api")), ApiToken.of(TOKEN), elasticsearch, names);
    }

    static TestApi start(ApiSettings settings, ApiToken token, Elasticsearch elasticsearch, IndexNames names) {
        return start(settings, token, elasticsearch, names, new StandingStill(settings.data(), ConfigFile.none()));
    }

    static TestApi start(Elasticsearch elasticsearch, IndexNames names, StandingStill standing) {
        ApiSettings settings = ApiSettings.onLoopback(0, standing.folder().root());
        return start(settings, ApiToken.of(TOKEN), elasticsearch, names, standing);
    }

    private static TestApi start(
            ApiSettings settings,
            ApiToken token,
            Elasticsearch elasticsearch,
            IndexNames names,
            StandingStill standing) {
        Dashboards dashboards = new Dashboards(settings, token, elasticsearch, names, standing);
        dashboards.start();
        return new TestApi(dashboards);
    }

    int port() {
        return dashboards.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Already with the token. */
    HttpRequest.Builder request(String path) {
        return anonymous(path).header("Authorization", "Bearer " + TOKEN);
    }

    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofMinutes(5));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer head(String path) {
        return send(request(path).method("HEAD", BodyPublishers.noBody()));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String json) {
        return send(json(path).POST(BodyPublishers.ofString(json)));
    }

    Answer put(String path, String json) {
        return send(json(path).PUT(BodyPublishers.ofString(json)));
    }

    Answer patch(String path, String json) {
        return send(json(path).method("PATCH", BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
            requireAsDescribed(request, answer);
            return answer;
        } catch (IOException e) {
            throw new AssertionError(request + " got no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void requireAsDescribed(HttpRequest request, Answer answer) {
        String path = request.uri().getRawPath();
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        String type = answer.header("Content-Type").replaceFirst(";.*", "");
        dashboards.list().stream()
                .filter(route -> route.method().name().equals(method) && matches(route, path))
                .findFirst()
                .ifPresent(route -> {
                    JsonNode document = dashboards.document().document();
                    JsonNode operation =
                            document.path("paths").path(route.path()).path(method.toLowerCase(Locale.ROOT));
                    JsonNode response = operation.path("responses").path(Integer.toString(answer.status()));
                    if (response.has("$ref")) {
                        response = document.at(response.path("$ref").asText().substring(1));
                    }
                    assertThat(response.isMissingNode())
                            .as(method + " " + route.path() + " may not answer " + answer)
                            .isFalse();
                    if (answer.body().length > 0) {
                        JsonNode content = response.path("content");
                        assertThat(content.has(type) || content.has("*/*"))
                                .as(type + " is not described: " + method + " " + route.path())
                                .isTrue();
                        requireValid(
                                content.path(type).path("schema").path("$ref").asText(), answer);
                    }
                });
        if (answer.status() >= 400 && answer.body().length > 0) {
            assertThat(type).isEqualTo("application/problem+json");
            requireValid("#/components/schemas/Problem", answer);
        }
    }

    private void requireValid(String reference, Answer answer) {
        if (!reference.isEmpty()) {
            assertThat(schemas.getSchema(SchemaLocation.of(DOCUMENT + reference))
                            .validate(answer.json()))
                    .as(answer.text())
                    .isEmpty();
        }
    }

    private static boolean matches(Route route, String path) {
        String pattern = Arrays.stream(route.path().split("/"))
                .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                .collect(Collectors.joining("/"));
        return path.matches(pattern);
    }

    Iterator<String> lines(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpResponse<java.util.stream.Stream<String>> response =
                client.send(builder.build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return response.body().iterator();
    }

    @Override
    public void close() {
        dashboards.close();
    }
}
