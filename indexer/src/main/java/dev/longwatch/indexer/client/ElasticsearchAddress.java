// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where an Elasticsearch is and how to be let in. Travels inside a Flink job; never shows its secrets.
 *
 * @param url {@code http} or {@code https}, host, port, optional path; no user in it
 * @param user with {@code password}, or null
 * @param password of {@code user}, or null
 * @param apiKey instead of user and password, in the encoded form Elasticsearch hands out, or null
 * @param caFingerprint SHA-256 of the certificate authority to trust, in hexadecimal as Elasticsearch prints at its
 *     first start; null for those Java trusts
 */
public record ElasticsearchAddress(
        String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable String apiKey,
        @Nullable String caFingerprint)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public ElasticsearchAddress {
        requireUrl(url);
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException(
                    "Elasticsearch at " + url + ": expected both user and password, found only "
                            + (user == null ? "a password" : "user '" + user + "'"));
        }
        if (user != null && apiKey != null) {
            throw new IllegalArgumentException(
                    "Elasticsearch at " + url + ": expected a user or an API key, found both");
        }
    }

    /** An address that lets anybody in. */
    public static ElasticsearchAddress of(String url) {
        return new ElasticsearchAddress(url, null, null, null, null);
    }

    public ElasticsearchAddress withUser(String name, String secret) {
        return new ElasticsearchAddress(url, name, secret, null, caFingerprint);
    }

    public ElasticsearchAddress withApiKey(String key) {
        return new ElasticsearchAddress(url, null, null, key, caFingerprint);
    }

    public ElasticsearchAddress withCaFingerprint(String fingerprint) {
        return new ElasticsearchAddress(url, user, password, apiKey, fingerprint);
    }

    /** In words for a person or a log. */
    @Override
    public String toString() {
        if (user != null) {
            return url + " as user '" + user + "'";
        }
        return apiKey != null ? url + " with an API key" : url;
    }

    private static void requireUrl(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "expected an Elasticsearch URL such as http://localhost:9200, found one that cannot be read: "
                            + e.getReason());
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the Elasticsearch URL of host " + uri.getHost()
                    + " holds a user; give user and password apart from it, where they are not shown");
        }
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "expected an Elasticsearch URL such as http://localhost:9200, found '" + url + "'");
        }
    }
}
