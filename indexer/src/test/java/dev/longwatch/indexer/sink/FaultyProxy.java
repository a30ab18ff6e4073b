// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the real server and spoils bulk requests as it is told. */
final class FaultyProxy implements AutoCloseable {

    /** What to do with a bulk request. */
    enum Fault {
        NONE,
        TOO_MANY_REQUESTS,
        UNAVAILABLE,
        BAD_GATEWAY,
        TOO_LARGE,
        /** Every other item is answered 429, the rest is done. */
        HALF_BUSY,
        /** Done after five seconds. */
        SLOW,
        /** The connection ends before the request reaches the server. */
        CUT_BEFORE,
        /** The server has done it but the answer is lost. */
        CUT_AFTER
    }

    /** Chooses the fault. */
    interface Plan {
        /**
         * @param ordinal of the bulk request, from 0
         * @param body its lines
         */
        Fault choose(int ordinal, String body);
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicInteger bulks = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Plan plan;
    private HttpServer server;
    private volatile ElasticsearchAddress real;

    FaultyProxy(ElasticsearchAddress real, Plan plan) throws IOException {
        this.real = real;
        this.plan = plan;
        this.server = listening(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listening(int onPort) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        listening.setExecutor(Executors.newCachedThreadPool());
        listening.createContext("/", this::handle);
        listening.start();
        return listening;
    }

    /** From now on connections are refused, and those that stand are cut. */
    void down() {
        server.stop(0);
    }

    /** Listens again, at the same port. */
    void up() throws IOException {
        server = listening(port);
    }

    /** The same, before another server. */
    void up(ElasticsearchAddress other) throws IOException {
        real = other;
        up();
    }

    ElasticsearchAddress address() {
        return ElasticsearchAddress.of("http://127.0.0.1:" + port);
    }

    /** How many bulk requests have come, spoilt or not. */
    int bulks() {
        return bulks.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean bulk = exchange.getRequestURI().getPath().endsWith("/_bulk");
        Fault fault = bulk ? plan.choose(bulks.getAndIncrement(), new String(body, UTF_8)) : Fault.NONE;
        switch (fault) {
            case NONE -> forward(exchange, body, true);
            case CUT_AFTER -> forward(exchange, body, false);
            case HALF_BUSY -> forwardHalf(exchange, new String(body, UTF_8));
            case SLOW -> {
                sleep(5_000);
                forward(exchange, body, true);
            }
            case CUT_BEFORE -> exchange.close();
            case TOO_MANY_REQUESTS -> answer(exchange, 429, "es_rejected_execution_exception");
            case UNAVAILABLE -> answer(exchange, 503, "cluster_block_exception");
            case BAD_GATEWAY -> respond(exchange, 502, "text/html", "<h1>Bad gateway</h1>".getBytes(UTF_8));
            case TOO_LARGE -> respond(exchange, 413, "text/plain", new byte[0]);
        }
    }

    private void forward(HttpExchange exchange, byte[] body, boolean answer) throws IOException {
        HttpResponse<byte[]> response = send(exchange, body);
        if (!answer) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().add("X-elastic-product", "Elasticsearch");
        respond(
                exchange,
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("application/json"),
                response.body());
    }

    /** Lines come in pairs, an action and its document; a pair of an odd number does not reach the server. */
    private void forwardHalf(HttpExchange exchange, String body) throws IOException {
        String[] lines = body.split("\n");
        StringBuilder passed = new StringBuilder();
        for (int i = 0; i < lines.length; i += 4) {
            passed.append(lines[i]).append('\n').append(lines[i + 1]).append('\n');
        }
        HttpResponse<byte[]> response = send(exchange, passed.toString().getBytes(UTF_8));
        ObjectNode answer = (ObjectNode) JSON.readTree(response.body());
        ArrayNode done = answer.withArray("items");
        ArrayNode woven = JSON.createArrayNode();
        for (int pair = 0; 2 * pair < lines.length; pair++) {
            woven.add(pair % 2 == 0 ? done.get(pair / 2) : busy(JSON.readTree(lines[2 * pair])));
        }
        answer.put("errors", true).set("items", woven);
        exchange.getResponseHeaders().add("X-elastic-product", "Elasticsearch");
        respond(
                exchange,
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("application/json"),
                JSON.writeValueAsBytes(answer));
    }

    private static ObjectNode busy(JsonNode action) {
        ObjectNode item = JSON.createObjectNode();
        ObjectNode index = item.putObject("index")
                .put("_index", action.at("/index/_index").asText())
                .put("_id", action.at("/index/_id").asText())
                .put("status", 429);
        index.putObject("error").put("type", "es_rejected_execution_exception").put("reason", "spoilt");
        return item;
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(real.url() + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        request.header("Accept", exchange.getRequestHeaders().getFirst("Accept"));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void sleep(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String type) throws IOException {
        exchange.getResponseHeaders().add("X-elastic-product", "Elasticsearch");
        String json = "{\"error\":{\"type\":\"" + type + "\",\"reason\":\"spoilt\",\"root_cause\":[]},\"status\":"
                + status + "}";
        respond(exchange, status, "application/json", json.getBytes(UTF_8));
    }

    private static void respond(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
