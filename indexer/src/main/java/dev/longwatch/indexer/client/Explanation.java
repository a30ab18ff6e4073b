// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.TransportException;
import dev.longwatch.indexer.client.IndexException.Reason;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.http.conn.ConnectTimeoutException;
import org.elasticsearch.client.ResponseException;

/** Turns what the client throws into one sentence about the server. */
final class Explanation {

    private Explanation() {}

    static IndexException of(ElasticsearchAddress address, Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof IndexException already) {
            return already;
        }
        if (cause instanceof ElasticsearchException answered) {
            return answered(address, answered);
        }
        int status = status(cause);
        if (status == 401 || status == 403) {
            return unauthorised(address, status, cause);
        }
        if (status == 429 || status >= 500) {
            return new IndexException(
                    Reason.UNREACHABLE, "Elasticsearch at " + address + " cannot answer now: " + status, cause);
        }
        if (cause instanceof TransportException || status > 0) {
            return new IndexException(
                    Reason.NOT_ELASTICSEARCH,
                    "something at " + address + " answers" + (status > 0 ? " " + status : "")
                            + ", but not as an Elasticsearch",
                    cause);
        }
        return unreachable(address, cause);
    }

    /** @return the HTTP status of an answer that the client could not read as one of Elasticsearch; 0 without an answer */
    static int status(Throwable thrown) {
        if (thrown instanceof TransportException stranger) {
            return Math.max(0, stranger.statusCode());
        }
        if (thrown instanceof ResponseException stranger) {
            return stranger.getResponse().getStatusLine().getStatusCode();
        }
        return 0;
    }

    private static IndexException answered(ElasticsearchAddress address, ElasticsearchException e) {
        if (e.status() == 401 || (e.status() == 403 && isSecurity(e))) {
            return unauthorised(address, e.status(), e);
        }
        ErrorCause root = e.error().rootCause().isEmpty()
                ? e.error()
                : e.error().rootCause().get(0);
        return new IndexException(
                Reason.FAILED,
                "Elasticsearch at " + address + " answered " + e.status() + ": " + root.type() + ", " + root.reason(),
                e);
    }

    private static boolean isSecurity(ElasticsearchException e) {
        return "security_exception".equals(e.error().type());
    }

    private static IndexException unauthorised(ElasticsearchAddress address, int status, Throwable e) {
        String who = address.user() != null
                ? "user '" + address.user() + "' or the password is not accepted"
                : address.apiKey() != null ? "the API key is not accepted" : "it wants a user or an API key";
        return new IndexException(
                Reason.UNAUTHORISED, "Elasticsearch at " + address.url() + " answered " + status + ": " + who, e);
    }

    private static IndexException unreachable(ElasticsearchAddress address, Throwable cause) {
        String why;
        if (cause instanceof UnknownHostException) {
            why = "the host is unknown";
        } else if (cause instanceof SSLException) {
            why = "the encrypted connection failed, " + cause.getMessage();
        } else if (cause instanceof TimeoutException
                || cause instanceof SocketTimeoutException
                || cause instanceof ConnectTimeoutException) {
            why = "no answer in time";
        } else {
            why = cause.getMessage() == null
                    ? cause.getClass().getSimpleName()
                    : cause.getMessage().lines().findFirst().orElse("");
        }
        return new IndexException(Reason.UNREACHABLE, "no Elasticsearch answers at " + address + ": " + why, cause);
    }
}
