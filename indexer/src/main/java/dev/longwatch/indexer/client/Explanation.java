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
        if (cause instanceof TransportException) {
            return transport(address, (TransportException) cause);
        }
        return unreachable(address, cause);
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

    /** Answers that are no answer of Elasticsearch: a proxy's refusal, another program on that port. */
    private static IndexException transport(ElasticsearchAddress address, TransportException e) {
        int status = e.statusCode();
        if (status == 401 || status == 403) {
            return unauthorised(address, status, e);
        }
        return new IndexException(
                Reason.NOT_ELASTICSEARCH,
                "something at " + address + " answers" + (status > 0 ? " " + status : "")
                        + ", but not as an Elasticsearch",
                e);
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
            why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        return new IndexException(Reason.UNREACHABLE, "no Elasticsearch answers at " + address + ": " + why, cause);
    }
}
