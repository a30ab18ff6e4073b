// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    private final AtomicInteger bulks = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final ElasticsearchAddress real;
    private final Plan plan;

    FaultyProxy(ElasticsearchAddress real, Plan plan) throws IOException {
        this.real = real;
        this.plan = plan;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    ElasticsearchAddress address() {
        return ElasticsearchAddress.of("http://127.0.0.1:" + server.getAddress().getPort());
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
            case CUT_BEFORE -> exchange.close();
            case TOO_MANY_REQUESTS -> answer(exchange, 429, "es_rejected_execution_exception");
            case UNAVAILABLE -> answer(exchange, 503, "cluster_block_exception");
            case BAD_GATEWAY -> respond(exchange, 502, "text/html", "<h1>Bad gateway</h1>".getBytes(UTF_8));
            case TOO_LARGE -> respond(exchange, 413, "text/plain", new byte[0]);
        }
    }

    private void forward(HttpExchange exchange, byte[] body, boolean answer) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(real.url() + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        request.header("Accept", exchange.getRequestHeaders().getFirst("Accept"));
        HttpResponse<byte[]> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
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
