// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;

/** The official client, opened on an address; close it to give back its threads and connections. Thread-safe. */
public final class Elasticsearch implements AutoCloseable {

    /** A connection not made in this time is a refusal. */
    static final int CONNECT_MILLIS = 4_000;

    /** An answer not given in this time is a failure that may be tried again. */
    static final int ANSWER_MILLIS = 30_000;

    /** {@link #open} says no within this. */
    static final int PROBE_MILLIS = 8_000;

    private final ElasticsearchAddress address;
    private final ElasticsearchTransport transport;

    private Elasticsearch(ElasticsearchAddress address, ElasticsearchTransport transport) {
        this.address = address;
        this.transport = transport;
    }

    /**
     * Opens the client and asks the cluster for its health, which every distribution of Elasticsearch answers.
     *
     * @throws IndexException within 10 seconds when nobody answers there, or lets us in
     */
    public static Elasticsearch open(ElasticsearchAddress address) {
        Elasticsearch elasticsearch = unprobed(address);
        try {
            elasticsearch.probe();
            return elasticsearch;
        } catch (RuntimeException e) {
            elasticsearch.close();
            throw e;
        }
    }

    /** Opens the client without asking anything, for callers that can wait for a server to come back. */
    public static Elasticsearch unprobed(ElasticsearchAddress address) {
        return new Elasticsearch(
                address, new RestClientTransport(builder(address).build(), new JacksonJsonpMapper()));
    }

    public ElasticsearchAddress address() {
        return address;
    }

    public ElasticsearchClient client() {
        return new ElasticsearchClient(transport);
    }

    public ElasticsearchAsyncClient asyncClient() {
        return new ElasticsearchAsyncClient(transport);
    }

    /**
     * How the cluster says it is: {@code green}, {@code yellow} or {@code red}.
     *
     * @throws IndexException within 10 seconds unless it answers
     */
    public String health() {
        try {
            return asyncClient()
                    .cluster()
                    .health()
                    .get(PROBE_MILLIS, TimeUnit.MILLISECONDS)
                    .status()
                    .jsonValue();
        } catch (ExecutionException | TimeoutException e) {
            throw explain(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw explain(e);
        }
    }

    /** @throws IndexException within 10 seconds unless the cluster answers with its health */
    public void probe() {
        try {
            asyncClient().cluster().health().get(PROBE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw explain(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw explain(e);
        }
    }

    /** One sentence for whatever the client has thrown, with the address in it and no secret. */
    public IndexException explain(Throwable thrown) {
        return Explanation.of(address, thrown);
    }

    /** @return the HTTP status of the answer inside what the client has thrown; 0 when there was none */
    public static int status(Throwable thrown) {
        return thrown instanceof ElasticsearchException answered ? answered.status() : Explanation.status(thrown);
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RestClientBuilder builder(ElasticsearchAddress address) {
        URI url = URI.create(address.url());
        RestClientBuilder builder = RestClient.builder(new HttpHost(url.getHost(), url.getPort(), url.getScheme()))
                .setRequestConfigCallback(
                        request -> request.setConnectTimeout(CONNECT_MILLIS).setSocketTimeout(ANSWER_MILLIS));
        String path = url.getPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            builder.setPathPrefix(path);
        }
        String authorization = authorization(address);
        if (!authorization.isEmpty()) {
            builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", authorization)});
        }
        String fingerprint = address.caFingerprint();
        if (fingerprint != null) {
            builder.setHttpClientConfigCallback(http -> http.setSSLContext(PinnedAuthority.context(fingerprint)));
        }
        return builder;
    }

    private static String authorization(ElasticsearchAddress address) {
        if (address.apiKey() != null) {
            return "ApiKey " + address.apiKey();
        }
        if (address.user() != null) {
            String pair = address.user() + ":" + address.password();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        }
        return "";
    }
}
